# SPDX-License-Identifier: EUPL-1.2
"""Where the council only advises: its advice moves nothing, and an official grants, refuses or takes back."""

from datetime import timedelta

import pytest

from wijkbudget.council import queries as council
from wijkbudget.initiatives import by_law, service
from wijkbudget.initiatives.by_law import ConditionNotMet
from wijkbudget.initiatives.rules import Side, State, Verdict
from wijkbudget.initiatives.schemas import AssessInitiative, AwardOutcome, GiveUpInitiative, WithdrawGrant
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods.rules import Body
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.grants.rules import DecisionKind, Ground, GroundMissing, HeardTooLate

POT = 10_500_000
AWARD = AwardOutcome(motivation="Het college volgt het advies van de wijkraad.")


def only_advise(hood):
    """Let the council advise about outcomes, from today on."""
    hood.let_the_council_advise()


@pytest.fixture
def town(hood):
    """Anna's plan won and Bart's did not, where the council advises and nothing was decided yet."""
    only_advise(hood)
    hood.won, hood.lost, hood.round_id = hood.voted()
    return hood


def award(town, command=AWARD, by=Role.OFFICIAL):
    return town.by(by).once(town.desk.entropy(8).hex()).act(service.award, "oost", town.round_id, command)


def letters(town, plan):
    return town.by(Role.OFFICIAL).ask(grants.grant_decisions, "oost", str(plan))


class TestAdvice:
    def test_moves_nothing_and_waits_for_an_official(self, town):
        adopted = town.adopt(town.round_id)
        assert (adopted.is_advice, town.money()) == (True, {"pot": POT, "reserved": 0, "vouchers": 0})
        assert (town.view(town.won).state, town.view(town.lost).state) == (State.ON_BALLOT, State.ON_BALLOT)
        assert town.desk.ask(council.decision, "oost", adopted.decision_id).kind == "advice"
        assert town.recorded().count("initiatives.OutcomeAdvised") == 1
        assert (letters(town, town.won), town.faults()) == ([], [])


class TestAward:
    def test_grants_what_was_advised_in_the_name_of_the_executive(self, town):
        town.adopt(town.round_id)
        assert award(town).is_awarded
        assert town.money() == {"pot": POT - 550_000, "reserved": 0, "vouchers": 550_000}
        [granted], [refused] = letters(town, town.won), letters(town, town.lost)
        assert (granted.kind, granted.body, granted.amount_cents) == (DecisionKind.GRANT, Body.EXECUTIVE, 550_000)
        assert granted.motivation == "Het college volgt het advies van de wijkraad."
        assert (refused.kind, refused.ground, refused.known_on) == (DecisionKind.REFUSAL, Ground.CEILING, None)
        assert town.faults() == []

    def test_does_otherwise_with_its_reason(self, town):
        town.adopt(town.round_id)
        why = {"initiative_id": town.won, "reason": "Onder het veld ligt een gasleiding."}
        award(town, AwardOutcome(motivation="Zo is besloten.", refused=[why]))
        assert town.money() == {"pot": POT, "reserved": 0, "vouchers": 0}
        plan, [refused] = town.view(town.won), letters(town, town.won)
        assert (plan.state, plan.not_awarded) == (State.NOT_CHOSEN, "Onder het veld ligt een gasleiding.")
        assert (refused.ground, refused.article) == (
            Ground.ADVICE_NOT_FOLLOWED,
            "Algemene wet bestuursrecht, art. 3:50",
        )
        assert town.faults() == []

    def test_gives_what_moved_up_after_the_advice(self, hood):
        only_advise(hood)
        makers = {hood.feasible().id: hood.anna, hood.feasible(hood.residents[7], title="Muziek").id: hood.residents[7]}
        hood.round_id = hood.prepare(budget_cents=600_000)
        hood.put_on_ballot(hood.round_id)
        # There is money for one of them; which one is drawn.
        hood.hold(hood.round_id, "1", "2")
        [won] = [plan.id for plan in hood.adopt(hood.round_id).winners]
        [lost] = makers.keys() - {won}
        desk = hood.by(makers[won]).once("stop")
        desk.act(service.give_up, "oost", won, GiveUpInitiative(reason="Ik verhuis."))
        assert [plan.id for plan in award(hood).winners] == [lost]
        assert (hood.view(won).state, hood.view(lost).state) == (State.STOPPED, State.GRANTED)
        assert letters(hood, won) == []
        assert (hood.money()["vouchers"], hood.faults()) == (550_000, [])

    def test_is_refused_before_the_advice_and_twice(self, town):
        before = town.state()
        with pytest.raises(by_law.NoAdvice):
            award(town)
        assert town.state() == before
        town.adopt(town.round_id)
        award(town)
        before = town.state()
        with pytest.raises(by_law.AwardedBefore):
            award(town)
        assert town.state() == before

    def test_refuses_by_name_only_what_won(self, town):
        town.adopt(town.round_id)
        before = town.state()
        with pytest.raises(by_law.NotAWinner):
            award(town, AwardOutcome(motivation="Nee.", refused=[{"initiative_id": town.lost, "reason": "Nee."}]))
        assert town.state() == before

    def test_is_not_for_the_council_and_not_where_the_council_decides(self, hood):
        _anna, _bart, round_id = hood.voted()
        hood.round_id = round_id
        before = hood.state()
        with pytest.raises(by_law.CouncilDecides) as refusal:
            award(hood)
        assert refusal.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 9"
        with pytest.raises(DoorClosed):
            award(hood, by=Role.CHAIR)
        assert hood.state() == before


class TestWithdrawGrant:
    def withdraw(self, town, ground=Ground.WRONG_FACTS, heard_on=None):
        heard = {"heard_on": heard_on or town.clock.now.date(), "heard_note": "De groep zei niets."}
        command = WithdrawGrant(ground=ground, reason="Het veld is niet van de groep.", **heard)
        desk = town.by(Role.OFFICIAL).once(town.desk.entropy(8).hex())
        return desk.act(service.withdraw_grant, "oost", town.won, command)

    def test_lets_the_money_go_back_and_says_on_which_ground(self, town):
        town.adopt(town.round_id)
        award(town)
        plan = self.withdraw(town)
        assert (plan.state, plan.stopped.stopped_by, plan.stopped.freed_cents) == (
            State.STOPPED,
            Side.EXECUTIVE,
            550_000,
        )
        stopped = next(each for each in letters(town, town.won) if each.kind is DecisionKind.WITHDRAWAL)
        assert stopped.article == "Algemene wet bestuursrecht, art. 4:48 lid 1 sub c"
        assert (stopped.heard_on, stopped.heard_note) == (town.clock.now.date(), "De groep zei niets.")
        assert town.faults() == []

    def test_needs_a_ground_that_the_law_knows_for_it(self, town):
        town.adopt(town.round_id)
        award(town)
        before = town.state()
        with pytest.raises(GroundMissing):
            self.withdraw(town, Ground.NEW_FACTS)
        with pytest.raises(HeardTooLate, match="before the decision"):
            self.withdraw(town, heard_on=town.clock.now.date() + timedelta(days=1))
        assert town.state() == before


class TestRefusal:
    def test_of_what_cannot_be_done_is_a_letter_with_what_would_help(self, hood):
        plan = hood.supported()
        no = AssessInitiative(
            verdict=Verdict.INFEASIBLE, reason="Hier liggen kabels.", what_would_help="Een andere plek."
        )
        hood.by(Role.OFFICIAL).act(service.assess, "oost", plan.id, no)
        [refused] = hood.by(hood.anna).ask(grants.grant_decisions, "oost")
        assert (refused.ground, refused.body) == (Ground.NOT_FEASIBLE, Body.EXECUTIVE)
        assert refused.motivation == "Hier liggen kabels.\nEen andere plek."
        assert hood.by(hood.residents[8]).ask(grants.grant_decisions, "oost") == []


class TestPages:
    def test_let_an_official_follow_the_advice_but_for_one_plan(self, client, town):
        town.adopt(town.round_id)
        client.log_in(town.staff[Role.OFFICIAL])
        path = f"/wijken/oost/stemrondes/{town.round_id}/toekennen"
        assert path in client.get("/wijken/oost/initiatieven").text
        asked = client.get(path).text
        assert ("Pluktuin" in asked, f'name="refused.{town.won}"' in asked) == (True, True)
        told = {"motivation": "Zo is besloten.", f"refused.{town.won}": "Er ligt een gasleiding."}
        assert client.post(path, told).status_code == 303
        assert "Er ligt een gasleiding." in client.get(f"/wijken/oost/initiatieven/{town.won}").text

    def test_say_to_the_chair_that_it_is_advice(self, client, town):
        client.log_in(town.staff[Role.CHAIR])
        asked = client.get(f"/wijken/oost/stemrondes/{town.round_id}/vaststellen").text
        assert "Je geeft advies" in asked


class TestConditions:
    def test_refuse_a_plan_by_what_its_applicant_asked_before_and_change_nothing(self, hood):
        for number in (1, 2):
            hood.propose(title=f"Plan {number}", cost_lines=[{"what": "Alles", "amount_cents": 2_000_000}])
        before = hood.state()
        with pytest.raises(ConditionNotMet, match=r"at most €40,000\.00 together") as refusal:
            hood.propose(title="Plan 3", cost_lines=[{"what": "Alles", "amount_cents": 1}])
        assert refusal.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 4 lid 3"
        assert hood.state() == before
        hood.propose(hood.bart, title="Plan 3")

    def test_refuse_the_plan_that_had_money_last_year(self, hood):
        _anna, _bart, round_id = hood.voted()
        hood.adopt(round_id)
        with pytest.raises(ConditionNotMet, match=r"It can have money again from 2028 on\."):
            hood.propose(title="pluktuin!")
