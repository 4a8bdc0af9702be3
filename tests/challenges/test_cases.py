# SPDX-License-Identifier: EUPL-1.2
"""What officials do with a bid that was sent in, by when, and the proof of it."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.challenges.conftest import ASIDE, ASK, BACK, refused, run
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules import completion, officials
from wijkbudget.challenges.rules.bids import Part
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.schemas import AskToComplete, TakeOver, WriteQuality
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


class TestAskingToComplete:
    def test_stops_the_clock_from_the_next_day(self, hood):
        challenge_id = hood.incomplete()
        seen = hood.view(challenge_id)
        assert (seen.state, seen.completion.missing) == (State.INCOMPLETE, [Part.SAFETY, Part.HARM])
        assert (seen.completion.last_on, seen.completion.reason) == (date(2026, 3, 16), "Wie let op het verkeer?")
        assert (seen.clock.stands_still, seen.clock.decide_on) == (False, date(2026, 5, 11))
        hood.clock.forward(days=1)
        assert hood.view(challenge_id).clock.stands_still is True
        assert seen.moves[-1].base == "Algemene wet bestuursrecht, art. 4:5"
        assert hood.faults() == []

    def test_gives_at_least_the_days_of_the_policy(self, hood):
        challenge_id = hood.submitted()
        short = AskToComplete(missing=[Part.SAFETY], reason="Snel.", days=13)
        refused(hood, completion.CompletionTooShort, Role.OFFICIAL, service.ask_to_complete, challenge_id, short)

    def test_is_refused_twice_by_the_group_and_by_who_belongs_to_it(self, hood):
        challenge_id = hood.incomplete()
        refused(hood, WrongState, hood.other_official, service.ask_to_complete, challenge_id, ASK)
        refused(hood, DoorClosed, hood.anna, service.ask_to_complete, challenge_id, ASK)
        both = people.grant(hood.desk, "oost", hood.bart, Role.OFFICIAL)
        other = hood.submitted()
        mine = refused(hood, officials.OwnBid, both, service.ask_to_complete, other, ASK)
        assert mine.article == "Algemene wet bestuursrecht, art. 2:4"
        refused(hood, officials.OwnBid, both, service.take_on, other)
        assert Move.TAKE_ON not in hood.view(other, both).may


class TestComplete:
    def test_lets_the_clock_run_again_and_goes_to_who_asked(self, hood):
        challenge_id = hood.incomplete()
        hood.clock.forward(days=4)
        hood.by(hood.anna).act(service.write_quality, "oost", challenge_id, WriteQuality(safety="Helmen.", harm="Nee."))
        seen = hood.by(hood.bart).act(service.complete, "oost", challenge_id)
        assert (seen.state, seen.clock.suspended_days) == (State.BEING_HANDLED, 3)
        assert (seen.clock.decide_on, seen.moves[-1].move) == (date(2026, 4, 30), Move.COMPLETE)
        assert hood.view(challenge_id, Role.OFFICIAL).is_my_case is True
        assert hood.faults() == []

    def test_is_possible_after_the_term_until_the_bid_is_put_aside(self, hood):
        challenge_id = hood.incomplete()
        hood.clock.forward(days=15)
        seen = hood.by(hood.anna).act(service.complete, "oost", challenge_id)
        assert (seen.clock.suspended_days, seen.clock.decide_on) == (14, date(2026, 5, 11))

    def test_is_refused_when_nothing_was_asked(self, hood):
        challenge_id = hood.submitted()
        refused(hood, WrongState, hood.anna, service.complete, challenge_id)
        refused(hood, NotYours, hood.carla, service.complete, challenge_id)


class TestTakingOn:
    def test_makes_an_official_the_case_worker(self, hood):
        challenge_id = hood.submitted()
        seen = hood.by(Role.OFFICIAL).act(service.take_on, "oost", challenge_id)
        assert (seen.state, seen.is_my_case, seen.clock.decide_on) == (State.BEING_HANDLED, True, date(2026, 4, 28))
        assert hood.view(challenge_id, hood.other_official).is_my_case is False
        assert hood.faults() == []

    def test_of_two_officials_at_once_is_for_one(self, hood):
        challenge_id = hood.submitted()
        officials = [hood.staff[Role.OFFICIAL], hood.other_official]
        waiting = [hood.by(each).submit(service.take_on, "oost", challenge_id) for each in officials]
        failed = [future.exception() for future in waiting]
        assert sorted(type(each).__name__ for each in failed) == ["NoneType", "WrongState"]
        assert str(next(each for each in failed if each)) == "This cannot be done now. This bid: being looked at."
        mine = [hood.view(challenge_id, each).is_my_case for each in officials]
        assert mine == [failure is None for failure in failed]
        assert hood.recorded().count("challenges.ChallengeTakenOn") == 1

    def test_can_end_the_wait_for_what_is_missing(self, hood):
        challenge_id = hood.incomplete()
        hood.clock.forward(days=2)
        seen = hood.by(hood.other_official).act(service.take_on, "oost", challenge_id)
        assert (seen.state, seen.clock.suspended_days, seen.is_my_case) == (State.BEING_HANDLED, 1, True)

    def test_is_no_part_of_the_group(self, hood):
        refused(hood, DoorClosed, hood.anna, service.take_on, hood.submitted())


class TestTakingOver:
    def test_makes_another_official_the_case_worker(self, hood):
        challenge_id = hood.incomplete()
        refused(hood, officials.YourCase, Role.OFFICIAL, service.take_over, challenge_id, TakeOver())
        seen = hood.by(hood.other_official).act(service.take_over, "oost", challenge_id, TakeOver(reason="Vakantie."))
        assert (seen.state, seen.is_my_case, seen.moves[-1].reason) == (State.INCOMPLETE, True, "Vakantie.")
        assert hood.view(challenge_id, Role.OFFICIAL).is_my_case is False
        hood.clock.forward(days=15)
        for official in (Role.OFFICIAL, hood.other_official):
            refused(hood, officials.CaseWorkerDecides, official, service.put_aside, challenge_id, ASIDE)
        assert hood.faults() == []


class TestPuttingAside:
    def test_ends_a_bid_that_was_not_completed_in_time(self, hood):
        challenge_id = hood.incomplete()
        refused(hood, completion.CompletionNotOver, hood.other_official, service.put_aside, challenge_id, ASIDE)
        hood.clock.forward(days=14)
        refused(hood, completion.CompletionNotOver, hood.other_official, service.put_aside, challenge_id, ASIDE)
        hood.clock.forward(days=1)
        assert Move.PUT_ASIDE in hood.view(challenge_id, hood.other_official).may
        refused(hood, officials.CaseWorkerDecides, Role.OFFICIAL, service.put_aside, challenge_id, ASIDE)
        assert Move.PUT_ASIDE not in hood.view(challenge_id, Role.OFFICIAL).may
        seen = hood.by(hood.other_official).act(service.put_aside, "oost", challenge_id, ASIDE)
        assert (seen.state, seen.clock, seen.moves[-1].reason) == (State.NOT_HANDLED, None, "Er kwam niets.")
        assert seen.moves[-1].base == "Algemene wet bestuursrecht, art. 4:5"
        refused(hood, WrongState, hood.anna, service.complete, challenge_id)
        refused(hood, WrongState, hood.anna, service.withdraw, challenge_id, BACK)
        assert hood.faults() == []

    def test_is_too_late_after_four_weeks(self, hood):
        challenge_id = hood.incomplete()
        hood.clock.forward(days=14 + 29)
        late = refused(hood, completion.PutAsideTooLate, hood.other_official, service.put_aside, challenge_id, ASIDE)
        assert late.article == "Algemene wet bestuursrecht, art. 4:5"
        assert Move.PUT_ASIDE not in hood.view(challenge_id, hood.other_official).may
        assert hood.by(Role.OFFICIAL).act(service.take_on, "oost", challenge_id).state is State.BEING_HANDLED

    def test_is_refused_while_nothing_was_asked(self, hood):
        refused(hood, WrongState, Role.OFFICIAL, service.put_aside, hood.submitted(), ASIDE)


class TestTheCases:
    def test_stand_in_the_order_of_their_clock(self, hood):
        first = hood.submitted()
        hood.clock.forward(days=1)
        second = hood.submitted()
        hood.by(Role.OFFICIAL).act(service.ask_to_complete, "oost", first, ASK)
        hood.by(hood.other_official).act(service.take_on, "oost", second)
        hood.concept()
        seen = hood.by(Role.OFFICIAL).ask(queries.cases, "oost").cases
        assert [(line.id, line.clock.decide_on, line.is_my_case) for line in seen] == [
            (second, date(2026, 4, 28), False),
            (first, date(2026, 5, 11), True),
        ]
        with pytest.raises(DoorClosed):
            hood.by(hood.anna).ask(queries.cases, "oost")


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("UPDATE challenge SET state = 'submitted'", "is submitted after 3 moves"),
            (
                "UPDATE challenge SET received_on = '2026-03-01'",
                "was received on 2026-03-01, and sent in on 2026-03-02",
            ),
            (
                "UPDATE group_member SET person = NULL, consent = 'left'",
                "was sent in by 0 people, and the policy asks 2",
            ),
            ("UPDATE challenge SET case_worker = (SELECT person FROM group_member LIMIT 1)", "somebody of its group"),
        ],
    )
    def test_finds_what_no_verb_would_do(self, hood, statement, shows):
        hood.incomplete()
        hood.desk.by(SYSTEM).act(run, "oost", statement)
        assert [shows in fault for fault in hood.faults()] == [True]

    def test_keeps_moves_and_requests_as_they_were(self, hood):
        hood.incomplete()
        for table in ("challenge_move", "completion_request", "missing_part"):
            with pytest.raises(IntegrityError, match="append-only"):
                hood.desk.act(run, "oost", f"DELETE FROM {table}")
