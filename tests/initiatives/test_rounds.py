# SPDX-License-Identifier: EUPL-1.2
"""On the ballot, and what the council makes of the outcome: decision, reserve and voucher in one act."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.initiatives.conftest import DECIDED, HOUSE
from wijkbudget.council import queries as council
from wijkbudget.council.rules import BIAS, InterestNotRecused, NoMajority, NotDecidedYet, TooFewVoted
from wijkbudget.identity import seed as people
from wijkbudget.initiatives import queries, rules, service
from wijkbudget.initiatives.rules import State
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.rules import NoSuchPot, OtherPot
from wijkbudget.neighbourhoods.schemas import GrantBudget, HandBack
from wijkbudget.trail.desk import DoorClosed, KeyReused
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import queries as voting
from wijkbudget.voting.phases import NotThere, RoundNotFound
from wijkbudget.vouchers import queries as vouchers

POT = 10_500_000


@verb(HOUSE, silent="a test")
def run(work: Work, place: str, statement: str) -> None:
    """Run a statement that no verb would."""
    work.session.connection().execute(text(statement))


class TestPutOnBallot:
    def test_makes_an_option_of_every_plan_that_waits(self, hood):
        anna, bart = hood.feasible(), hood.feasible(hood.bart, title="Muziek")
        hood.propose(title="Nog geen steun")
        round_id = hood.prepare()
        ballot = hood.put_on_ballot(round_id)
        options = hood.desk.ask(voting.round_, "oost", round_id).options
        assert [(each.about, each.title, each.cost_cents) for each in options] == [
            (str(anna.id), "Pluktuin", 550_000),
            (str(bart.id), "Muziek", 550_000),
        ]
        assert ([plan.id for plan in ballot.on_ballot], ballot.waiting) == ([anna.id, bart.id], [])
        assert {hood.view(plan.id).state for plan in (anna, bart)} == {State.ON_BALLOT}
        assert hood.recorded()[-1] == "initiatives.InitiativesPutOnBallot"
        assert hood.faults() == []

    def test_takes_a_later_plan_along_while_the_round_is_prepared(self, hood):
        hood.feasible()
        round_id = hood.prepare()
        hood.put_on_ballot(round_id)
        hood.feasible(title="Later")
        assert [plan.title for plan in hood.put_on_ballot(round_id).on_ballot] == ["Pluktuin", "Later"]

    def test_is_refused_when_nothing_waits(self, hood):
        round_id = hood.prepare()
        before = hood.state()
        with pytest.raises(rules.NothingWaits):
            hood.put_on_ballot(round_id)
        assert hood.state() == before

    def test_is_refused_when_the_vote_began(self, hood):
        hood.feasible()
        hood.feasible(title="Muziek")
        round_id = hood.prepare()
        hood.put_on_ballot(round_id)
        hood.feasible(title="Te laat")
        hood.open(round_id)
        before = hood.state()
        with pytest.raises(WrongState):
            hood.put_on_ballot(round_id)
        assert hood.state() == before

    def test_stays_within_the_neighbourhood(self, hood):
        hood.feasible()
        round_id = hood.prepare()
        with pytest.raises(DoorClosed):
            hood.by(Role.OFFICIAL).act(service.put_on_ballot, "west", round_id)
        with pytest.raises(RoundNotFound):
            hood.desk.act(service.put_on_ballot, "west", round_id)

    def test_takes_the_plans_of_one_pot(self, hood):
        green, warm = hood.feasible(), hood.feasible(hood.bart, title="Warmtepomp", theme="energie")
        round_id = hood.prepare()
        waiting = hood.by(Role.OFFICIAL).ask(queries.ballot, "oost", round_id).pots
        assert [(pot.theme, pot.plan_count, pot.free_cents) for pot in waiting] == [(None, 1, POT), ("energie", 1, 0)]
        ballot = hood.by(Role.OFFICIAL).act(service.put_on_ballot, "oost", round_id, "energie")
        assert ([plan.id for plan in ballot.on_ballot], ballot.pot) == ([warm.id], "energie")
        before = hood.state()
        with pytest.raises(OtherPot):
            hood.put_on_ballot(round_id)
        with pytest.raises(NoSuchPot):
            hood.by(Role.OFFICIAL).act(service.put_on_ballot, "oost", round_id, "groen")
        assert (hood.state(), hood.view(green.id).state) == (before, State.FEASIBLE)


class TestAdopt:
    def test_pays_a_plan_from_the_pot_of_its_theme(self, hood):
        hood.feasible(theme="energie")
        hood.feasible(hood.bart, title="Warmtepomp", theme="energie")
        round_id = hood.prepare(550_000)
        hood.by(Role.OFFICIAL).act(service.put_on_ballot, "oost", round_id, "energie")
        hood.hold(round_id, "1")
        before = hood.state()
        with pytest.raises(NotEnough):
            hood.adopt(round_id)
        assert hood.state() == before
        grant = GrantBudget(year=2026, theme="energie", amount_cents=600_000, decision="Begroting 2026")
        hood.by(Role.OFFICIAL).once("theme").act(neighbourhoods.grant, "oost", grant)
        assert hood.adopt(round_id).pot_cents == 50_000
        assert hood.money() == {"pot": POT, "reserved": 0, "vouchers": 550_000}
        assert hood.faults() == []

    def test_grants_what_won_in_one_act(self, hood):
        anna, bart, round_id = hood.voted()
        adopted = hood.adopt(round_id)
        assert ([plan.id for plan in adopted.winners], [plan.id for plan in adopted.not_chosen]) == ([anna], [bart])
        assert hood.money() == {"pot": POT - 550_000, "reserved": 0, "vouchers": 550_000}
        assert (hood.view(anna).state, hood.view(bart).state) == (State.GRANTED, State.NOT_CHOSEN)
        decision = hood.desk.ask(council.decision, "oost", adopted.decision_id)
        assert (decision.kind, decision.decided_on, decision.article) == (
            "outcome",
            DECIDED,
            "Verordening wijkbudgetten Meerwijk 2024, art. 9",
        )
        assert set(decision.about) == {str(anna), str(round_id)}
        voucher = hood.desk.ask(vouchers.voucher, "oost", hood.view(anna).voucher_id)
        assert (voucher.value_cents, voucher.about, voucher.decision_id) == (550_000, str(anna), decision.id)
        seen = hood.by(hood.anna).ask(vouchers.voucher, "oost", voucher.id)
        assert (seen.known_on, seen.may_collect, seen.may_claim) == (None, True, False)
        assert hood.recorded().count("initiatives.OutcomeAdopted") == 1
        assert hood.faults() == []

    def test_grants_a_part_of_what_a_plan_asked_where_the_rule_says_so(self, hood):
        hood.count_with("greedy", too_dear="part")
        anna, bart = hood.feasible(), hood.feasible(hood.bart, title="Muziek")
        round_id = hood.prepare(budget_cents=700_000)
        hood.put_on_ballot(round_id)
        hood.hold(round_id, "1", "2")
        # Who goes first among equals is drawn.
        first, second = hood.desk.ask(voting.outcome, "oost", round_id).winners
        assert (first.paid_cents, second.paid_cents, second.cost_cents) == (550_000, 150_000, 550_000)
        adopted = hood.adopt(round_id, recused=[hood.bart.id], against=[])
        assert [plan.cost_cents for plan in adopted.winners] == [550_000, 150_000]
        assert adopted.granted_cents == 700_000
        assert {hood.view(plan.id).state for plan in (anna, bart)} == {State.GRANTED}
        assert hood.money() == {"pot": POT - 700_000, "reserved": 0, "vouchers": 700_000}
        assert hood.faults() == []

    def test_tells_why_a_plan_won_or_not_before_anybody_decides(self, hood):
        anna, bart, _round_id = hood.voted()
        won, lost = hood.view(anna), hood.view(bart)
        assert (won.state, won.result.won, won.result.votes_hundredths) == (State.ON_BALLOT, True, 1_000)
        assert (lost.state, lost.result.won, lost.result.votes_hundredths) == (State.ON_BALLOT, False, 0)
        assert str(lost.result.why)

    def test_happens_once(self, hood):
        _anna, _bart, round_id = hood.voted()
        hood.adopt(round_id)
        before = hood.state()
        with pytest.raises(rules.AdoptedBefore):
            hood.adopt(round_id)
        assert hood.state() == before

    def test_gives_the_first_answer_to_the_same_command_sent_twice(self, hood):
        _anna, _bart, round_id = hood.voted()
        chair = hood.by(Role.CHAIR).once("one form")
        first = chair.act(service.adopt, "oost", round_id, hood.outcome())
        assert chair.act(service.adopt, "oost", round_id, hood.outcome()) == first
        with pytest.raises(KeyReused):
            chair.act(service.adopt, "oost", round_id, hood.outcome(motivation="Anders."))
        assert hood.money()["vouchers"] == 550_000

    def test_keeps_a_member_who_gets_money_from_deciding(self, hood):
        hood.feasible(hood.bart, title="Muziek")
        hood.feasible()
        round_id = hood.prepare()
        hood.put_on_ballot(round_id)
        hood.hold(round_id, "1")
        asked = hood.by(Role.CHAIR).ask(queries.adoption, "oost", round_id)
        assert [member.id for member in asked.members if member.is_interested] == [hood.bart.id]
        before = hood.state()
        with pytest.raises(InterestNotRecused) as refused:
            hood.adopt(round_id)
        assert (refused.value.article, hood.state()) == (BIAS, before)
        hood.adopt(round_id, against=[], recused=[hood.bart.id])
        assert hood.money()["vouchers"] == 550_000
        assert hood.faults() == []

    def test_counts_a_member_of_the_group_as_interested(self, hood):
        group = people.start_organisation(hood.desk, "oost", "De Tuiners", [hood.anna, hood.bart])
        hood.feasible(organisation_id=group)
        hood.feasible(title="Muziek")
        round_id = hood.prepare()
        hood.put_on_ballot(round_id)
        hood.hold(round_id, "1")
        with pytest.raises(InterestNotRecused):
            hood.adopt(round_id)

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"for_": [], "against": []}, TooFewVoted),
            ({"decided_on": date(2026, 3, 15)}, rules.DecidedTooEarly),
            ({"decided_on": date(2026, 3, 17)}, NotDecidedYet),
        ],
    )
    def test_is_refused_whole_when_the_decision_does_not_stand(self, hood, changed, refusal):
        _anna, _bart, round_id = hood.voted()
        before = hood.state()
        with pytest.raises(refusal):
            hood.adopt(round_id, **changed)
        assert hood.state() == before

    def test_is_refused_without_a_majority(self, hood):
        _anna, _bart, round_id = hood.voted()
        chair, member = hood.staff[Role.CHAIR].id, hood.staff[Role.COUNCIL].id
        before = hood.state()
        with pytest.raises(NoMajority):
            hood.adopt(round_id, for_=[chair], against=[member, hood.bart.id])
        assert hood.state() == before

    def test_is_refused_whole_when_the_pot_holds_too_little(self, hood):
        _anna, _bart, round_id = hood.voted()
        back = HandBack(year=2026, amount_cents=POT - 549_999, reason="Bezuiniging")
        hood.by(Role.CASHIER).once("back").act(neighbourhoods.hand_back, "oost", back)
        before = hood.state()
        with pytest.raises(NotEnough, match="The pot of 2026"):
            hood.adopt(round_id)
        assert hood.state() == before

    def test_is_refused_before_the_count(self, hood):
        hood.feasible()
        hood.feasible(title="Muziek")
        round_id = hood.prepare()
        hood.put_on_ballot(round_id)
        hood.open(round_id)
        with pytest.raises(NotThere):
            hood.adopt(round_id)

    def test_is_for_the_chair_alone(self, hood):
        _anna, _bart, round_id = hood.voted()
        for role in (Role.COUNCIL, Role.OFFICIAL, Role.CASHIER, Role.ADMINISTRATOR):
            with pytest.raises(DoorClosed):
                hood.by(role).once("key").act(service.adopt, "oost", round_id, hood.outcome())
        with pytest.raises(DoorClosed):
            hood.desk.by(GUEST).once("key").act(service.adopt, "oost", round_id, hood.outcome())

    def test_cannot_be_undone_below_the_verbs(self, hood):
        _anna, _bart, round_id = hood.voted()
        hood.adopt(round_id)
        for statement in ("DELETE FROM adoption", "UPDATE adoption SET adopted_at = adopted_at"):
            with pytest.raises(IntegrityError):
                hood.desk.act(run, "oost", statement)


class TestTheProof:
    def test_misses_no_plan_that_moved_without_a_decision(self, hood):
        anna, bart, round_id = hood.voted()
        hood.adopt(round_id)
        hood.desk.act(run, "oost", f"UPDATE initiative SET state = 'granted' WHERE id = '{bart.hex}'")
        assert hood.faults() == [
            f"initiatives: initiative {bart}: its state, the outcome and the decision differ",
        ]
        hood.desk.act(run, "oost", f"UPDATE initiative SET state = 'not_chosen' WHERE id = '{bart.hex}'")
        hood.desk.act(run, "oost", f"UPDATE voucher SET value_cents = 550001 WHERE about = '{anna}'")
        shows = "was granted 550000 cents, 550000 were set apart, its voucher says 550001"
        assert f"initiatives: initiative {anna}: {shows}" in hood.faults()

    def test_sees_a_plan_on_the_ballot_that_nobody_found_feasible(self, hood):
        plan = hood.supported()
        hood.desk.act(run, "oost", f"UPDATE initiative SET state = 'feasible' WHERE id = '{plan.id.hex}'")
        assert hood.faults() == [f"initiatives: initiative {plan.id}: went on without being found feasible"]
