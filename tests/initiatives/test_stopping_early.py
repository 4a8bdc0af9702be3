# SPDX-License-Identifier: EUPL-1.2
"""A plan that won stops before the council decided: the outcome stays as counted, and the reserve list moves."""

import pytest

from tests.initiatives.test_rounds import POT
from tests.initiatives.test_stopping import WHY, give_up
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.rules import NothingToAdopt, State
from wijkbudget.initiatives.schemas import GiveUpInitiative, Step
from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.work import NotYours
from wijkbudget.voting import queries as voting


class TestGivingUp:
    def test_lets_the_council_decide_about_what_moved_up(self, counted):
        stopped = give_up(counted)
        assert (stopped.state, stopped.stopped.freed_cents, stopped.voucher_id) == (State.STOPPED, 550_000, None)
        assert [plan.title for plan in stopped.stopped.promoted] == ["Duur"]
        assert (stopped.result.won, stopped.may_give_up) == (True, False)
        assert counted.money() == {"pot": POT, "reserved": 0, "vouchers": 0}
        assert counted.faults() == []
        # The outcome stays as it was counted.
        assert [option.title for option in counted.desk.ask(voting.outcome, "oost", counted.round_id).winners] == [
            "Pluktuin"
        ]
        asked = counted.by(Role.CHAIR).ask(queries.adoption, "oost", counted.round_id)
        assert [(plan.title, plan.cost_cents) for plan in asked.winners] == [("Duur", 560_000)]
        assert [plan.title for plan in asked.not_chosen] == ["Muziek", "Bankje"]
        assert [member.id for member in asked.members if member.is_interested] == [counted.bart.id]
        counted.adopt(counted.round_id, against=[], recused=[counted.bart.id])
        states = {title: counted.view(id_).state for title, id_ in counted.plans.items()}
        assert states == {
            "Pluktuin": State.STOPPED,
            "Duur": State.GRANTED,
            "Muziek": State.NOT_CHOSEN,
            "Bankje": State.NOT_CHOSEN,
        }
        assert counted.money() == {"pot": POT - 560_000, "reserved": 0, "vouchers": 560_000}
        chain = counted.desk.ask(queries.chain, "oost", counted.plans["Pluktuin"])
        assert [link.step for link in chain.links[-2:]] == [Step.STOP, Step.MOVING_UP]
        # What moved up can stop too, once it has its money.
        again = give_up(counted, "Duur", counted.bart, key="again")
        assert [plan.title for plan in again.stopped.promoted] == ["Muziek", "Bankje"]
        assert counted.money() == {"pot": POT - 500_000, "reserved": 0, "vouchers": 500_000}
        assert counted.faults() == []

    def test_is_open_to_what_moved_up_and_to_nobody_else(self, counted):
        before = counted.state()
        with pytest.raises(NotYours):
            give_up(counted, actor=counted.bart)
        with pytest.raises(WrongState, match="on the ballot"):
            give_up(counted, "Muziek", counted.residents[7])
        with pytest.raises(WrongState, match="on the ballot"):
            counted.by(Role.CHAIR).ask(queries.revoking, "oost", counted.plans["Pluktuin"])
        assert counted.state() == before
        give_up(counted)
        give_up(counted, "Duur", counted.bart, key="second")
        asked = counted.by(Role.CHAIR).ask(queries.adoption, "oost", counted.round_id)
        assert [plan.title for plan in asked.winners] == ["Muziek", "Bankje"]
        with pytest.raises(WrongState, match="stopped"):
            give_up(counted, key="again")
        for title, initiator in (("Muziek", counted.residents[7]), ("Bankje", counted.residents[8])):
            give_up(counted, title, initiator, key=title)
        with pytest.raises(NothingToAdopt, match="Every plan on this ballot stopped"):
            counted.adopt(counted.round_id)
        assert counted.faults() == []

    def test_is_refused_while_people_vote(self, hood):
        plan = hood.feasible()
        hood.feasible(hood.bart, title="Muziek")
        round_id = hood.prepare()
        hood.put_on_ballot(round_id)
        hood.open(round_id)
        before = hood.state()
        with pytest.raises(WrongState, match="on the ballot"):
            hood.by(hood.anna).once("stop").act(service.give_up, "oost", plan.id, GiveUpInitiative(reason=WHY))
        assert hood.state() == before


class TestPages:
    def test_let_a_group_stop_before_the_council_decided(self, client, counted):
        client.log_in(counted.anna)
        path = f"/wijken/oost/initiatieven/{counted.plans['Pluktuin']}"
        assert f"{path}/stoppen" in client.get(path).text
        asked = client.get(f"{path}/stoppen").text.replace("\xa0", " ")
        assert "Het plan zou € 5.500,00 krijgen." in asked
        assert client.post(f"{path}/stoppen", {"reason": WHY}).status_code == 303
        client.log_out()
        client.log_in(counted.staff[Role.CHAIR])
        adopting = client.get(f"/wijken/oost/stemrondes/{counted.round_id}/vaststellen").text
        assert "Opgeschoven vanaf de reservelijst" in adopting
