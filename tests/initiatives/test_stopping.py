# SPDX-License-Identifier: EUPL-1.2
"""A plan that has money stops: what it did not spend goes to the next on the reserve list, in the same act."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.initiatives.conftest import HOUSE
from tests.initiatives.test_rounds import POT, run
from wijkbudget.council import queries as council
from wijkbudget.council.rules import InterestNotRecused
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.rules import Side, State
from wijkbudget.initiatives.schemas import GiveUpInitiative, RevokeInitiative, Step
from wijkbudget.kit.actor import GUEST, SYSTEM, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import HandBack
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, NotYours, question
from wijkbudget.voting import queries as voting
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers import seed as bought
from wijkbudget.vouchers.grants.rules import Ground
from wijkbudget.vouchers.rules import ClaimsOpen, NothingLeft

WHY = "De beheerder van het park gaf geen sleutel."
HEARD = {"heard_on": date(2026, 3, 15), "heard_note": "De groep wil zelf ook stoppen."}


@question(HOUSE)
def successions(look: Look, place: str, round_id: object) -> list[tuple[str, int, int, list[str]]]:
    found = voting.successions(look, place, round_id)
    return [(each.title, each.kept_cents, each.freed_cents, [up.title for up in each.promoted]) for each in found]


@pytest.fixture
def town(counted):
    """Return Oost when the council adopted that outcome."""
    counted.adopt(counted.round_id)
    return counted


def give_up(town, title="Pluktuin", actor=None, key="stop"):
    desk = town.by(actor or town.anna).once(key)
    return desk.act(service.give_up, "oost", town.plans[title], GiveUpInitiative(reason=WHY))


def revoke(town, **changed):
    command = {"ground": Ground.NOT_DONE, **HEARD, **town.outcome(**{"motivation": WHY, **changed}).model_dump()}
    chair = town.by(Role.CHAIR).once(town.desk.entropy(8).hex())
    return chair.act(service.revoke, "oost", town.plans["Pluktuin"], RevokeInitiative(**command))


def spend(town, amount_cents, *, pay=True):
    """Let Anna's group claim an amount, and pay it."""
    voucher = town.view(town.plans["Pluktuin"]).voucher_id
    some = bought.Bought(
        supplier="Kwekerij",
        number=str(amount_cents),
        bought_on=town.clock.now.date(),
        amount_cents=amount_cents,
        payee="Kwekerij",
    )
    if not pay:
        return bought.claim(town.desk, "oost", voucher, town.anna, some)
    hands = bought.Hands(
        claimant=town.anna,
        approvers=[town.staff[Role.CHAIR], town.staff[Role.OFFICIAL]],
        cashier=town.staff[Role.CASHIER],
    )
    return bought.spend(town.desk, "oost", voucher, [some], hands)


class TestGivingUp:
    def test_moves_the_money_to_the_next_plan_once(self, town):
        assert town.money() == {"pot": POT - 550_000, "reserved": 0, "vouchers": 550_000}
        stopped = give_up(town)
        assert (stopped.state, stopped.stopped.stopped_by, stopped.stopped.reason) == (State.STOPPED, Side.GROUP, WHY)
        assert (stopped.stopped.kept_cents, stopped.stopped.freed_cents) == (0, 550_000)
        assert town.money() == {"pot": POT - 560_000, "reserved": 0, "vouchers": 560_000}
        states = {title: town.view(id_).state for title, id_ in town.plans.items()}
        assert states == {
            "Pluktuin": State.STOPPED,
            "Duur": State.GRANTED,
            "Muziek": State.NOT_CHOSEN,
            "Bankje": State.NOT_CHOSEN,
        }
        view = town.view(town.plans["Duur"])
        voucher = town.desk.ask(vouchers.voucher, "oost", view.voucher_id)
        assert (voucher.value_cents, voucher.left_cents, voucher.decision_id) == (560_000, 560_000, view.decision_id)
        assert (view.moved_up.after_title, view.moved_up.granted_cents) == ("Pluktuin", 560_000)
        letters = [each.payload for each in town.desk.ask(errands.waiting) if each.kind == "grant decision"]
        assert [letter["kind"] for letter in letters if letter["title"] == "Duur"] == ["refusal", "grant"]
        assert town.recorded().count("initiatives.InitiativeStopped") == 1
        before = town.state()
        assert give_up(town) == stopped
        with pytest.raises(WrongState, match="stopped"):
            give_up(town, key="another")
        assert (town.state(), town.faults()) == (before, [])

    def test_divides_what_was_not_spent_and_shows_where_it_went(self, town):
        spend(town, 20_000)
        stopped = give_up(town)
        assert (stopped.stopped.kept_cents, stopped.stopped.freed_cents) == (20_000, 530_000)
        # The first on the list costs more than what is left, and is passed over.
        assert town.desk.by(SYSTEM).ask(successions, "oost", town.round_id) == [
            ("Pluktuin", 20_000, 530_000, ["Muziek", "Bankje"])
        ]
        assert town.money() == {"pot": POT - 520_000, "reserved": 0, "vouchers": 500_000}
        reserve = town.desk.ask(voting.reserve, "oost", town.round_id)
        assert [(line.title, line.lacking_cents) for line in reserve.lines] == [("Duur", 520_000)]
        assert reserve.left_cents == 40_000
        chain = town.desk.ask(queries.chain, "oost", town.plans["Pluktuin"])
        assert [(link.step, link.amount_cents) for link in chain.links[-4:]] == [
            (Step.RETURN, 530_000),
            (Step.STOP, 530_000),
            (Step.MOVING_UP, 300_000),
            (Step.MOVING_UP, 200_000),
        ]
        assert (chain.granted_cents, chain.paid_cents, chain.returned_cents) == (550_000, 20_000, 530_000)
        music = town.desk.ask(queries.chain, "oost", town.plans["Muziek"])
        steps = [link.step for link in music.links]
        assert steps[-4:] == [Step.DECISION, Step.MOVING_UP, Step.RESERVATION, Step.COMMITMENT]
        # What moved up can stop too; nobody is on the list twice, and what fits nothing stays in the pot.
        assert give_up(town, "Muziek", town.residents[7], key="again").stopped.promoted == []
        assert town.money() == {"pot": POT - 220_000, "reserved": 0, "vouchers": 200_000}
        assert town.faults() == []

    def test_is_refused_to_others_while_a_claim_waits_and_when_all_was_spent(self, town):
        before = town.state()
        with pytest.raises(NotYours):
            give_up(town, actor=town.bart)
        with pytest.raises(DoorClosed):
            give_up(town, actor=GUEST)
        with pytest.raises(WrongState, match="not chosen"):
            give_up(town, "Muziek", town.residents[7])
        assert town.state() == before
        spend(town, 549_000)
        spend(town, 1_000, pay=False)
        before = town.state()
        with pytest.raises(ClaimsOpen):
            give_up(town)
        assert town.state() == before

    def test_is_refused_when_nothing_is_left(self, town):
        spend(town, 550_000)
        before = town.state()
        with pytest.raises(NothingLeft):
            give_up(town)
        assert town.state() == before

    def test_moves_nothing_up_where_the_pot_holds_less_than_the_round(self, town):
        back = HandBack(year=2026, amount_cents=POT - 550_000, reason="Bezuiniging")
        town.by(Role.CASHIER).once("back").act(neighbourhoods.hand_back, "oost", back)
        assert give_up(town).stopped.promoted == []
        assert town.money() == {"pot": 550_000, "reserved": 0, "vouchers": 0}
        assert town.faults() == []
        for table in ("stopped_initiative", "voting_stopped"):
            with pytest.raises(IntegrityError):
                town.desk.act(run, "oost", f"DELETE FROM {table}")
        plan = town.plans["Pluktuin"]
        town.desk.act(run, "oost", f"UPDATE voucher SET stopped_on = NULL WHERE about = '{plan}'")
        shows = "its voucher ended, and nobody stopped it, or the other way round"
        assert town.faults() == [f"initiatives: initiative {plan}: {shows}"]


class TestRevoking:
    def test_is_a_decision_of_the_council_without_who_would_gain(self, town):
        plan = town.plans["Pluktuin"]
        asked = town.by(Role.CHAIR).ask(queries.revoking, "oost", plan)
        assert [member.id for member in asked.members if member.is_interested] == [town.bart.id]
        before = town.state()
        with pytest.raises(InterestNotRecused):
            revoke(town)
        with pytest.raises(DoorClosed):
            town.by(Role.COUNCIL).ask(queries.revoking, "oost", plan)
        assert town.state() == before
        stopped = revoke(town, against=[], recused=[town.bart.id])
        assert (stopped.state, stopped.stopped.stopped_by) == (State.STOPPED, Side.COUNCIL)
        decision = town.desk.ask(council.decision, "oost", stopped.stopped.decision_id)
        assert (decision.kind, decision.title, decision.motivation) == ("outcome", "Pluktuin", WHY)
        assert set(decision.about) == {str(town.round_id), str(plan), str(town.plans["Duur"])}
        assert town.money() == {"pot": POT - 560_000, "reserved": 0, "vouchers": 560_000}
        assert town.faults() == []


class TestPages:
    def test_let_a_group_stop_and_show_who_is_next(self, client, town):
        client.log_in(town.anna)
        path = f"/wijken/oost/initiatieven/{town.plans['Pluktuin']}"
        assert f"{path}/stoppen" in client.get(path).text
        assert "Duur, € 5.600" in client.get(f"{path}/stoppen").text.replace("\xa0", " ")
        told = client.get(f"/api/v1/neighbourhoods/oost/initiatives/{town.plans['Pluktuin']}/stop").json()
        assert (told["leftCents"], [plan["title"] for plan in told["promoted"]]) == (550_000, ["Duur"])
        assert client.post(f"{path}/stoppen", {"reason": ""}).status_code == 400
        assert client.post(f"{path}/stoppen", {"reason": WHY}).headers["location"].startswith(path)
        client.log_out()
        assert WHY in client.get(path).text
        for page in ("", "/uitslag", "/waarom"):
            shown = client.get(f"/wijken/oost/stemrondes/{town.round_id}{page}").text
            assert "Opgeschoven vanaf de reservelijst" in shown

    def test_let_the_chair_record_what_the_council_decided(self, client, town):
        client.log_in(town.staff[Role.CHAIR])
        path = f"/wijken/oost/initiatieven/{town.plans['Pluktuin']}"
        assert f"{path}/stopzetten" in client.get(path).text
        stances = {f"stance.{town.staff[role].id}": "for" for role in (Role.CHAIR, Role.COUNCIL)}
        told = {
            "decided_on": "2026-03-16",
            "heard_on": "2026-03-15",
            "heard_note": "De groep wil zelf ook stoppen.",
            "ground": "not_done",
            "motivation": WHY,
            f"stance.{town.bart.id}": "recused",
            **stances,
        }
        assert client.post(f"{path}/stopzetten", told).status_code == 303
        assert "De wijkraad heeft dit plan" in client.get(path).text
