# SPDX-License-Identifier: EUPL-1.2
"""From the proposal to the assessment, at the desk."""

from concurrent.futures import Future

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.initiatives.conftest import HOUSE, drafted
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.initiatives import queries, rules, service
from wijkbudget.initiatives.rules import State, Verdict
from wijkbudget.initiatives.schemas import AssessInitiative
from wijkbudget.kit.actor import GUEST, SYSTEM, Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.reciprocity.rules.rights import RightClosed
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours, Work, verb

NO = AssessInitiative(verdict=Verdict.INFEASIBLE, reason="Hier liggen kabels.", what_would_help="Een andere plek.")


@verb(HOUSE, silent="a test")
def run(work: Work, place: str, statement: str) -> None:
    """Run a statement that no verb would."""
    work.session.connection().execute(text(statement))


class TestPropose:
    def test_makes_a_plan_that_looks_for_support(self, hood):
        plan = hood.propose()
        assert (plan.state, plan.asked_cents, plan.support_count, plan.support_min) == (State.PROPOSED, 550_000, 0, 5)
        assert [(line.what, line.amount_cents) for line in plan.cost_lines] == [("Bomen", 320_000), ("Grond", 230_000)]
        assert (plan.year, plan.quarter, plan.is_mine) == (2026, "Havenkwartier", True)
        assert hood.recorded() == ["initiatives.InitiativeProposed"]
        assert hood.faults() == []

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"theme": "sport"}, rules.UnknownTheme),
            ({"quarter": "BU99010201"}, rules.UnknownQuarter),
            ({"cost_lines": [{"what": "Alles", "amount_cents": 2_500_001}]}, rules.TooMuchAsked),
            ({"cost_lines": [{"what": "Iets", "amount_cents": 1}] * 21}, rules.TooManyCostLines),
        ],
    )
    def test_is_refused_outside_the_policy(self, hood, changed, refusal):
        before = hood.state()
        with pytest.raises(refusal):
            hood.propose(**changed)
        assert hood.state() == before

    @pytest.mark.parametrize("right", ["propose", "seat"])
    def test_waits_for_time_where_the_policy_says_so(self, hood, right):
        """A seat in the group of a plan is what somebody takes who makes it in the name of an organisation."""
        group = people.start_organisation(hood.desk, "oost", "Groen Oost", [hood.anna])
        hood.open_by_time(right)
        if right == "seat":
            hood.propose()
        before = hood.state()
        with pytest.raises(RightClosed) as refused:
            hood.propose(organisation_id=str(group))
        assert str(refused.value).endswith("You gave 0:00 hours, and finished so many tasks: 0.")
        assert (refused.value.article, hood.state()) == ("Verordening, art. 8a", before)

    def test_is_only_for_residents_of_the_place(self, hood):
        for actor in (GUEST, hood.staff[Role.OFFICIAL]):
            with pytest.raises(DoorClosed):
                hood.by(actor).act(service.propose, "oost", drafted())
        with pytest.raises(DoorClosed):
            hood.by(hood.anna).act(service.propose, "west", drafted())

    def test_can_be_in_the_name_of_a_group(self, hood):
        group = people.start_organisation(hood.desk, "oost", "De Tuiners", [hood.anna, hood.bart])
        plan = hood.propose(organisation_id=group)
        assert plan.organisation == "De Tuiners"
        assert len(plan.initiators) == 2
        with pytest.raises(rules.OwnPlan):
            hood.by(hood.bart).act(service.support, "oost", plan.id)

    def test_is_refused_in_the_name_of_a_group_of_others(self, hood):
        group = people.start_organisation(hood.desk, "oost", "De Tuiners", [hood.bart])
        before = hood.state()
        with pytest.raises(rules.NotOfThisGroup):
            hood.propose(organisation_id=group)
        assert hood.state() == before


class TestSupport:
    def test_counts_up_and_goes_on_by_itself_with_enough(self, hood):
        plan = hood.propose()
        seen = [hood.by(each).act(service.support, "oost", plan.id) for each in hood.neighbours]
        assert [(view.support_count, view.state) for view in seen] == [
            *((count, State.PROPOSED) for count in range(1, 5)),
            (5, State.SUPPORTED),
        ]
        assert hood.recorded().count("initiatives.InitiativeSupported") == 5
        assert hood.faults() == []

    def test_is_refused_twice_by_the_same_person(self, hood):
        plan = hood.propose()
        hood.by(hood.bart).act(service.support, "oost", plan.id)
        before = hood.state()
        with pytest.raises(rules.SupportedBefore):
            hood.by(hood.bart).act(service.support, "oost", plan.id)
        assert hood.state() == before

    def test_is_refused_for_the_own_plan_and_when_there_is_enough(self, hood):
        plan = hood.supported()
        before = hood.state()
        with pytest.raises(rules.OwnPlan):
            hood.by(hood.anna).act(service.support, "oost", plan.id)
        with pytest.raises(WrongState):
            hood.by(hood.residents[8]).act(service.support, "oost", plan.id)
        assert hood.state() == before

    def test_is_refused_below_the_age_of_the_policy(self, hood):
        plan = hood.propose()
        young = people.settle(hood.desk, "oost", 40, age_min=0)
        child = next(each for each in young if self._age(hood, each) < 12)
        before = hood.state()
        with pytest.raises(rules.TooYoung):
            hood.by(child).act(service.support, "oost", plan.id)
        assert hood.state() == before

    def test_of_many_at_once_stops_exactly_at_enough(self, hood):
        plan = hood.propose()
        waiting: list[Future] = [hood.by(each).submit(service.support, "oost", plan.id) for each in hood.residents[1:]]
        refused = [future.exception() for future in waiting if future.exception()]
        assert (len(refused), {type(each) for each in refused}) == (6, {WrongState})
        assert (hood.view(plan.id).support_count, hood.view(plan.id).state) == (5, State.SUPPORTED)
        assert hood.faults() == []

    def test_of_one_person_sent_twice_at_once_counts_once(self, hood):
        plan = hood.propose()
        waiting = [hood.by(hood.bart).submit(service.support, "oost", plan.id) for _again in range(4)]
        assert sum(future.exception() is None for future in waiting) == 1
        assert hood.view(plan.id).support_count == 1

    def test_is_not_for_residents_of_another_place(self, hood):
        plan = hood.propose()
        elsewhere = Actor(id=hood.bart.id, roles=frozenset({(Role.RESIDENT, "west")}))
        with pytest.raises(DoorClosed):
            hood.by(elsewhere).act(service.support, "oost", plan.id)
        with pytest.raises(rules.InitiativeNotFound):
            hood.by(elsewhere).act(service.support, "west", plan.id)

    @staticmethod
    def _age(hood, actor) -> int:
        everybody = hood.desk.by(SYSTEM).ask(identity.residents, "oost", hood.clock.now.date(), 0)
        return 2026 - next(each.birth_year for each in everybody if each.person_id == actor.id)


class TestWithdraw:
    def test_is_for_the_initiators(self, hood):
        plan = hood.supported()
        before = hood.state()
        with pytest.raises(NotYours):
            hood.by(hood.bart).act(service.withdraw, "oost", plan.id)
        assert hood.state() == before
        assert hood.by(hood.anna).act(service.withdraw, "oost", plan.id).state is State.WITHDRAWN
        assert hood.faults() == []

    def test_is_refused_on_the_ballot(self, hood):
        plan = hood.feasible()
        hood.put_on_ballot(hood.prepare())
        before = hood.state()
        with pytest.raises(WrongState):
            hood.by(hood.anna).act(service.withdraw, "oost", plan.id)
        assert hood.state() == before


class TestAssess:
    def test_says_for_everybody_why_not_and_what_would_help(self, hood):
        plan = hood.supported()
        hood.by(Role.OFFICIAL).act(service.assess, "oost", plan.id, NO)
        seen = hood.desk.by(GUEST).ask(queries.initiative, "oost", plan.id)
        assert seen.state is State.INFEASIBLE
        assert (seen.assessment.reason, seen.assessment.what_would_help) == ("Hier liggen kabels.", "Een andere plek.")
        assert hood.faults() == []

    def test_is_refused_before_there_is_enough_support_and_twice(self, hood):
        plan, other = hood.propose(), hood.feasible()
        before = hood.state()
        for each in (plan, other):
            with pytest.raises(WrongState):
                hood.by(Role.OFFICIAL).act(service.assess, "oost", each.id, NO)
        assert hood.state() == before

    def test_is_refused_for_an_official_with_an_interest(self, hood):
        plan = hood.supported()
        both = Actor(id=hood.anna.id, roles=frozenset({(Role.OFFICIAL, None)}))
        before = hood.state()
        with pytest.raises(rules.OwnPlan) as refused:
            hood.by(both).act(service.assess, "oost", plan.id, NO)
        assert refused.value.article == "Algemene wet bestuursrecht, art. 2:4"
        assert hood.state() == before

    def test_is_refused_without_what_would_help(self, hood):
        plan = hood.supported()
        before = hood.state()
        with pytest.raises(rules.HelpMissing):
            hood.by(Role.OFFICIAL).act(
                service.assess, "oost", plan.id, AssessInitiative(verdict=Verdict.INFEASIBLE, reason="Nee.")
            )
        assert hood.state() == before


class TestReading:
    def test_shows_no_names_to_guests(self, hood):
        plan = hood.propose()
        assert hood.desk.by(GUEST).ask(queries.initiative, "oost", plan.id).initiators == []
        assert len(hood.by(hood.bart).ask(queries.initiative, "oost", plan.id).initiators) == 1

    def test_stays_within_the_neighbourhood(self, hood):
        plan = hood.propose()
        for query in (queries.initiative, queries.chain):
            with pytest.raises(rules.InitiativeNotFound):
                hood.desk.ask(query, "west", plan.id)
        assert hood.desk.ask(queries.initiatives, "west") == []

    def test_can_be_of_one_theme(self, hood):
        hood.propose()
        play = hood.propose(theme="jeugd")
        assert [line.id for line in hood.desk.ask(queries.initiatives, "oost", "jeugd")] == [play.id]
        assert len(hood.desk.ask(queries.initiatives, "oost")) == 2


class TestTheDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE initiative SET state = 'granted'",
            "UPDATE initiative SET state = 'supported'",
            "UPDATE initiative SET support_count = 5",
            "UPDATE initiative SET asked_cents = 0",
            "UPDATE initiative SET quarter = 'BU99010201'",
            "UPDATE cost_line SET amount_cents = 1",
            "INSERT INTO support SELECT initiative_id, person, place FROM support",
        ],
    )
    def test_refuses_what_must_never_be(self, hood, statement):
        plan = hood.propose()
        hood.by(hood.bart).act(service.support, "oost", plan.id)
        with pytest.raises(IntegrityError):
            hood.desk.act(run, "oost", statement)

    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("UPDATE initiative SET support_count = 4", "says 4 supporters, there are 1"),
            ("UPDATE initiative SET asked_cents = 1", "asks 1 cents, its lines say 550000"),
        ],
    )
    def test_is_proved(self, hood, statement, shows):
        plan = hood.propose()
        hood.by(hood.bart).act(service.support, "oost", plan.id)
        hood.desk.act(run, "oost", statement)
        assert hood.faults() == [f"initiatives: initiative {plan.id}: {shows}"]
