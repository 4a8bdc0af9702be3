# SPDX-License-Identifier: EUPL-1.2
"""Deciding about a bid, making the decision known, and the public list of it."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.challenges.conftest import refused, run
from tests.challenges.histories import DRIVERS, brought
from tests.challenges.histories_decisions import NO, PARTLY, YES
from wijkbudget.challenges.assessment.rules import StillHearing
from wijkbudget.challenges.decisions import queries, service
from wijkbudget.challenges.decisions.rules import DecisionNotFound, GroundNotTold
from wijkbudget.challenges.decisions.schemas import Award, MakeDecisionKnown, Refuse
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.officials import CaseWorkerDecides
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.actor import SYSTEM, Role, may
from wijkbudget.kit.period import day_of
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, NotYours, question
from wijkbudget.vouchers.grants.rules import KnownBefore, KnownTooEarly, Way


@question(may(Role.SYSTEM), municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the proof of decisions finds."""
    return [str(fault) for fault in queries.check(look)]


@question(may(Role.SYSTEM))
def objectable(look: Look, _place: str, challenge_id: object) -> date | None:
    """Return until when somebody can object."""
    return queries.objectable_until(look, challenge_id)


def decided(hood, case, actor=None):
    """Return what was decided about a bid."""
    return hood.by(actor or hood.carla).ask(queries.decisions_of, "oost", case.id)


class TestAnAward:
    def test_says_who_decided_on_what_power_and_for_how_much(self, hood, ready_bid):
        DRIVERS[Move.AWARD](ready_bid)
        assert hood.view(ready_bid.id).state is State.AWARDED
        [said] = decided(hood, ready_bid)
        assert (said.move, said.body, said.granted_cents) == (Move.AWARD, Decider.EXECUTIVE, 800_000)
        assert (said.motivation, said.article) == (YES.reason, "Algemene wet bestuursrecht, art. 3:46")
        assert said.power_article == "Participatieverordening Meerwijk 2025, art. 9"
        assert (said.legal_character, said.grounds, said.part) == (LegalCharacter.SUBSIDY, [], "")
        assert hood.recorded().count("challenges.ChallengeAwarded") == 1
        assert hood.faults() + hood.desk.by(SYSTEM).ask(faults) == []

    def test_can_be_of_part_of_the_task_on_grounds(self, hood, ready_bid):
        DRIVERS[Move.AWARD_PARTLY](ready_bid)
        [said] = decided(hood, ready_bid)
        assert (said.part, said.granted_cents) == ("Alleen het gras", 500_000)
        assert [(each.ground, str(each.name)) for each in said.grounds] == [
            (Ground.W07, "Quality, continuity or safety is in doubt")
        ]

    def test_is_not_for_who_worked_on_it_nor_for_its_group_nor_twice(self, hood, ready_bid):
        refused(hood, CaseWorkerDecides, Role.OFFICIAL, service.award, ready_bid.id, YES)
        refused(hood, DoorClosed, hood.anna, service.award, ready_bid.id, YES)
        refused(hood, WrongState, hood.decider, service.refuse, ready_bid.id, NO)
        hood.by(hood.decider).act(service.award, "oost", ready_bid.id, YES)
        refused(hood, WrongState, hood.other_decider, service.award_partly, ready_bid.id, PARTLY)

    def test_of_two_at_the_same_moment_is_one(self, hood, ready_bid):
        both = [
            hood.by(hood.decider).submit(service.award, "oost", ready_bid.id, YES),
            hood.by(hood.other_decider).submit(service.award_partly, "oost", ready_bid.id, PARTLY),
        ]
        assert sorted(type(each.exception()).__name__ for each in both) == ["NoneType", "WrongState"]
        assert len(decided(hood, ready_bid)) == 1
        assert hood.desk.by(SYSTEM).ask(faults) == []


class TestARefusal:
    def test_waits_until_the_group_had_its_time(self, hood, meant_bid):
        refused(hood, StillHearing, hood.decider, service.refuse, meant_bid.id, NO)
        brought_on = hood.clock()
        hood.clock.forward(days=15)
        hood.by(hood.decider).act(service.refuse, "oost", meant_bid.id, NO)
        [said] = decided(hood, meant_bid)
        assert (said.move, said.granted_cents, said.decided_on > day_of(brought_on)) == (Move.REFUSE, 0, True)
        assert hood.recorded().count("challenges.ChallengeRefused") == 1
        assert hood.desk.by(SYSTEM).ask(faults) == []

    def test_rests_only_on_grounds_that_the_group_was_told_of(self, hood, meant_bid):
        hood.clock.forward(days=15)
        other = Refuse(reason="Er is te weinig steun.", grounds=[Ground.W05, Ground.W06])
        caught = refused(hood, GroundNotTold, hood.decider, service.refuse, meant_bid.id, other)
        assert set(caught.fields) == {"grounds"}

    def test_for_what_is_missing_is_a_decision_too(self, hood):
        case = brought(hood, Move.ASK_TO_COMPLETE, Move.PUT_ASIDE)
        [said] = decided(hood, case)
        assert (said.move, [each.ground for each in said.grounds]) == (Move.PUT_ASIDE, [Ground.W13])
        assert said.article == "Algemene wet bestuursrecht, art. 4:5"


class TestMakingKnown:
    def test_starts_the_time_to_object_where_it_is_a_subsidy(self, hood, ready_bid):
        DRIVERS[Move.AWARD](ready_bid)
        number = decided(hood, ready_bid)[0].number
        assert hood.desk.by(SYSTEM).ask(objectable, "oost", ready_bid.id) is None
        hood.clock.forward(days=2)
        sent = MakeDecisionKnown(known_on=day_of(hood.clock()))
        known = hood.by(Role.OFFICIAL).act(service.make_decision_known, "oost", ready_bid.id, number, sent)
        assert (known.known_way, known.may_make_known) == (Way.SENT, False)
        assert hood.desk.by(SYSTEM).ask(objectable, "oost", ready_bid.id) == known.objection_until
        assert (known.objection_until - known.known_on).days >= 42
        refused(hood, KnownBefore, Role.OFFICIAL, service.make_decision_known, ready_bid.id, number, sent)
        refused(hood, KnownBefore, hood.anna, service.collect_decision, ready_bid.id, number)

    def test_starts_none_where_the_law_lets_nobody_object(self, hood, ready_bid):
        private = Award(reason="Wij sluiten een overeenkomst.", legal_character=LegalCharacter.PRIVATE_LAW)
        hood.by(hood.decider).act(service.award, "oost", ready_bid.id, private)
        number = decided(hood, ready_bid)[0].number
        taken = hood.by(hood.anna).act(service.collect_decision, "oost", ready_bid.id, number)
        assert (taken.known_way, taken.objection_until) == (Way.COLLECTED, None)
        assert hood.desk.by(SYSTEM).ask(objectable, "oost", ready_bid.id) is None

    def test_is_for_the_group_and_for_officials_on_a_day_that_can_be(self, hood, ready_bid):
        DRIVERS[Move.AWARD](ready_bid)
        [said] = decided(hood, ready_bid, hood.anna)
        assert (said.may_collect, said.may_make_known) == (True, False)
        refused(hood, NotYours, hood.carla, service.collect_decision, ready_bid.id, said.number)
        refused(hood, DecisionNotFound, hood.anna, service.collect_decision, ready_bid.id, 99)
        for day in ("2026-01-01", "2099-01-01"):
            wrong = MakeDecisionKnown(known_on=day)
            refused(hood, KnownTooEarly, Role.OFFICIAL, service.make_decision_known, ready_bid.id, said.number, wrong)


class TestTheList:
    def test_shows_everybody_what_was_decided_in_a_year(self, hood, ready_bid, meant_bid):
        DRIVERS[Move.REFUSE](meant_bid)
        hood.clock.forward(days=1)
        DRIVERS[Move.AWARD](ready_bid)
        found = hood.by(hood.carla).ask(queries.decision_list, "oost")
        assert (found.year, found.years) == (2026, [2026])
        assert [(line.challenge_id, line.outcome, [each.ground for each in line.grounds]) for line in found.lines] == [
            (ready_bid.id, Move.AWARD, []),
            (meant_bid.id, Move.REFUSE, [Ground.W06]),
        ]
        hood.clock.forward(days=365)
        later = hood.by(hood.carla).ask(queries.decision_list, "oost")
        assert (later.lines, later.years) == ([], [2027, 2026])
        assert hood.by(hood.carla).ask(queries.decision_list, "oost", 2026).lines == found.lines
        assert hood.by(hood.carla).ask(queries.decision_list, "oost", 999_999) == later


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("UPDATE challenge_decision SET granted_cents = 5", "refuse grants 5 cents"),
            ("UPDATE challenge_decision SET part = 'Alles'", "refuse is about the part “Alles”"),
            (
                "UPDATE challenge_decision SET known_on = '2026-01-01', known_way = 'sent', known_by = 'x'",
                "was known on 2026-01-01, before it was taken",
            ),
        ],
    )
    def test_finds_what_no_verb_would_do(self, hood, meant_bid, statement, shows):
        DRIVERS[Move.REFUSE](meant_bid)
        hood.desk.by(SYSTEM).act(run, "oost", statement)
        assert [shows in fault for fault in hood.desk.by(SYSTEM).ask(faults)] == [True]

    def test_keeps_grounds_as_they_were(self, hood, meant_bid):
        DRIVERS[Move.REFUSE](meant_bid)
        with pytest.raises(IntegrityError, match="append-only"):
            hood.desk.act(run, "oost", "DELETE FROM decision_ground")
