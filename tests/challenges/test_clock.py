# SPDX-License-Identifier: EUPL-1.2
"""The time to decide: read, standing still, put off and said to be over; and concepts on which nobody writes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.challenges.conftest import ASK, BACK, refused, run
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules import timing
from wijkbudget.challenges.rules.clock import DECISION, Adjournment, Pause, PauseKind, decision_term, read_clock
from wijkbudget.challenges.rules.paging import NoSuchPage, PageKey, read_key
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.schemas import AdjournDecision, GiveNotice, PauseTime, UnpauseTime
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.kit.holidays import is_ordinary
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.terms import TermSource
from wijkbudget.neighbourhoods.rules import ChallengesPolicy
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours

POLICY = ChallengesPolicy(article="art. 9", challengers="residents", group_min=2, completion_days=14)
DAY = timedelta(days=1)
ASKED = Pause(kind=PauseKind.COMPLETION, asked_on=date(2026, 3, 9), last_on=date(2026, 3, 23))
WAIT = PauseTime(cause="force_majeure", last_on="2026-03-20", reason="Het archief staat onder water.")
LATER = AdjournDecision(decide_on="2026-05-20", reason="De raad vergadert pas in mei.")
LATE = GiveNotice(reason="Wij wachten al lang.")
ON = UnpauseTime(reason="Het water is weg.")


def read(pauses=(), adjournment=None, today=date(2026, 3, 12), received=date(2026, 3, 2), term=DECISION):
    return read_clock(received, term, pauses, adjournment, today)


class TestClock:
    def test_is_eight_weeks_and_runs_over_ascension_day(self):
        found = read(received=date(2026, 3, 19), today=date(2026, 3, 20))
        assert (found.decide_on, found.suspended_days, found.stands_still, found.left_days) == (
            date(2026, 5, 18), 0, False, 59,
        )  # fmt: skip

    def test_stands_still_from_the_day_after_the_request_until_the_bid_is_complete(self):
        found = read([replace(ASKED, ended_on=date(2026, 3, 12))])
        assert (found.suspended_days, found.still_until, found.decide_on) == (2, None, date(2026, 4, 29))

    def test_stands_still_for_the_whole_term_if_nothing_comes(self):
        for today, still in ((date(2026, 3, 9), None), (date(2026, 3, 10), 23), (date(2026, 3, 23), 23)):
            assert read([ASKED], today=today).still_until == (still and date(2026, 3, still))
        found = read([ASKED], today=date(2026, 3, 24))
        assert (found.suspended_days, found.stands_still, found.decide_on) == (14, False, date(2026, 5, 11))

    def test_does_not_begin_again_when_something_is_asked_too_late(self):
        for asked, days in ((date(2026, 4, 26), 14), (date(2026, 4, 27), 0)):
            late = Pause(kind=PauseKind.COMPLETION, asked_on=asked, last_on=asked + 14 * DAY)
            found = read([late], today=asked + DAY)
            assert (found.suspended_days, found.stands_still) == (days, days > 0)

    def test_of_the_by_law_runs_on_only_if_the_by_law_says_so(self):
        assert decision_term(None) is decision_term(POLICY) is DECISION
        ten = decision_term(replace(POLICY, decision_weeks=10))
        assert (ten.source, read(term=ten, received=date(2026, 3, 14)).decide_on) == (
            TermSource.BY_LAW, date(2026, 5, 23),
        )  # fmt: skip
        rolls = decision_term(replace(POLICY, decision_weeks=10, terms_roll_over=True))
        assert read(term=rolls, received=date(2026, 3, 14)).decide_on == date(2026, 5, 26)

    def test_stands_still_after_it_was_put_off_only_for_a_new_reason(self):
        put_off = Adjournment(adjourned_on=date(2026, 3, 12), decide_on=date(2026, 5, 20))
        assert read([ASKED], put_off).decide_on == date(2026, 5, 20)
        again = Pause(kind=PauseKind.GROUP, asked_on=date(2026, 4, 1), last_on=date(2026, 4, 11))
        assert read([ASKED, again], put_off).decide_on == date(2026, 5, 30)

    @pytest.mark.parametrize(
        ("passed", "percent", "alarm"),
        [(0, 0, None), (27, 47, None), (29, 50, 50), (43, 75, 75), (56, 98, 75), (57, 100, 100), (90, 100, 100)],
    )
    def test_reminds_at_half_three_quarters_and_the_end(self, passed, percent, alarm):
        found = read(today=date(2026, 3, 2) + passed * DAY)
        assert (found.passed_percent, found.alarm) == (percent, alarm)

    @given(
        received=st.dates(date(2024, 1, 1), date(2053, 12, 31)),
        begun=st.lists(st.tuples(st.integers(0, 90), st.integers(1, 56), st.none() | st.integers(0, 90)), max_size=4),
    )
    @example(received=date(2026, 3, 2), begun=[(7, 14, 30), (10, 14, None)])
    def test_counts_the_days_that_a_slow_walk_counts(self, received, begun):
        pauses = []
        for before, length, ended in begun:
            asked = received + before * DAY
            ended_on = None if ended is None else asked + ended * DAY
            last_on = asked + length * DAY
            pauses.append(Pause(kind=PauseKind.GROUP, asked_on=asked, last_on=last_on, ended_on=ended_on))
        counted, day, still = 0, received, 0
        while counted < 56:
            day += DAY
            stands = any(
                each.asked_on < day <= each.last_on and (each.ended_on is None or day < each.ended_on)
                for each in pauses
            )
            still += stands
            counted += not stands
        while not is_ordinary(day):
            day += DAY
        found = read(pauses, received=received, today=received)
        assert (found.suspended_days, found.decide_on) == (still, day)


class TestPausing:
    def test_lets_time_stand_still_until_it_runs_again(self, hood):
        challenge_id = hood.submitted()
        seen = hood.by(Role.OFFICIAL).act(service.pause, "oost", challenge_id, WAIT)
        assert (seen.clock.decide_on, seen.is_my_case, seen.state) == (date(2026, 5, 18), True, State.SUBMITTED)
        refused(hood, timing.StandsStill, Role.OFFICIAL, service.pause, challenge_id, WAIT)
        hood.clock.forward(days=5)
        seen = hood.view(challenge_id, Role.OFFICIAL)
        assert (seen.clock.still_until, Move.UNPAUSE in seen.may, Move.PAUSE in seen.may) == (
            date(2026, 3, 20), True, False,
        )  # fmt: skip
        seen = hood.by(Role.OFFICIAL).act(service.unpause, "oost", challenge_id, ON)
        assert (seen.clock.suspended_days, seen.clock.decide_on) == (4, date(2026, 5, 1))
        refused(hood, timing.RunsAlready, Role.OFFICIAL, service.unpause, challenge_id, ON)
        assert hood.faults() == []

    @pytest.mark.parametrize("last_on", ["2026-03-02", "2026-09-01"])
    def test_names_a_day_that_comes_and_is_not_too_far(self, hood, last_on):
        wait = PauseTime(cause="group", last_on=last_on, reason="Anna is op reis.")
        refused(hood, timing.BadLastDay, Role.OFFICIAL, service.pause, hood.submitted(), wait)

    def test_is_for_the_case_worker_while_there_is_time(self, hood):
        challenge_id = hood.submitted()
        refused(hood, DoorClosed, hood.anna, service.pause, challenge_id, WAIT)
        hood.clock.forward(days=58)
        late = PauseTime(cause="group", last_on="2026-05-20", reason="Te laat.")
        assert Move.PAUSE not in hood.view(challenge_id, Role.OFFICIAL).may
        refused(hood, timing.TimeOver, Role.OFFICIAL, service.pause, challenge_id, late)


class TestPuttingOff:
    def test_names_the_new_day_once(self, hood):
        challenge_id = hood.submitted()
        seen = hood.by(Role.OFFICIAL).act(service.adjourn, "oost", challenge_id, LATER)
        assert (seen.clock.decide_on, seen.clock.was_put_off) == (date(2026, 5, 20), True)
        assert seen.moves[-1].base == "Algemene wet bestuursrecht, art. 4:14"
        again = AdjournDecision(decide_on="2026-06-01", reason="Nog eens.")
        refused(hood, timing.PutOffBefore, Role.OFFICIAL, service.adjourn, challenge_id, again)
        assert Move.ADJOURN not in hood.view(challenge_id, Role.OFFICIAL).may
        assert hood.faults() == []

    @pytest.mark.parametrize("day", ["2026-04-28", "2026-06-24"])
    def test_is_later_than_the_last_day_and_no_later_than_the_policy_says(self, hood, day):
        wrong = AdjournDecision(decide_on=day, reason="Zomaar.")
        refused(hood, timing.BadLastDay, Role.OFFICIAL, service.adjourn, hood.submitted(), wrong)

    def test_is_too_late_after_the_last_day(self, hood):
        challenge_id = hood.submitted()
        hood.clock.forward(days=58)
        refused(hood, timing.TimeOver, Role.OFFICIAL, service.adjourn, challenge_id, LATER)


class TestNotice:
    def test_of_default_costs_the_municipality_each_day_until_it_decides(self, hood):
        challenge_id = hood.submitted()
        hood.clock.forward(days=57)
        refused(hood, timing.TimeNotOver, hood.anna, service.give_notice, challenge_id, LATE)
        hood.clock.forward(days=1)
        assert Move.GIVE_NOTICE in hood.view(challenge_id).may
        refused(hood, NotYours, hood.carla, service.give_notice, challenge_id, LATE)
        seen = hood.by(hood.anna).act(service.give_notice, "oost", challenge_id, LATE)
        assert (seen.penalty.told_on, seen.penalty.first_on, seen.penalty.owed_cents) == (
            date(2026, 4, 29), date(2026, 5, 14), 0,
        )  # fmt: skip
        refused(hood, timing.ToldBefore, hood.bart, service.give_notice, challenge_id, LATE)
        hood.clock.forward(days=25)
        assert hood.view(challenge_id).penalty.owed_cents == 230_00
        hood.by(hood.anna).act(service.withdraw, "oost", challenge_id, BACK)
        hood.clock.forward(days=25)
        seen = hood.view(challenge_id)
        assert (seen.penalty.owed_cents, seen.clock) == (230_00, None)
        assert hood.faults() == []


class TestConcepts:
    def test_expire_when_nobody_wrote_for_a_year_and_are_warned_a_month_before(self, hood):
        challenge_id = hood.concept()
        hood.clock.forward(days=338)
        assert hood.view(challenge_id).expires_on is not None
        hood.code(challenge_id)
        assert hood.view(challenge_id).expires_on is None
        house = hood.desk.by(SYSTEM)
        hood.clock.forward(days=365)
        assert (house.act(service.expire_concepts, "oost"), hood.view(challenge_id).expires_on) == (
            0, date(2028, 2, 3),
        )  # fmt: skip
        hood.clock.forward(days=1)
        assert (house.act(service.expire_concepts, "oost"), house.act(service.expire_concepts, "oost")) == (1, 0)
        assert hood.view(challenge_id).state is State.EXPIRED
        refused(hood, WrongState, hood.anna, service.submit, challenge_id)
        assert hood.faults() == []


class TestPages:
    def test_go_on_after_the_last_line_that_was_seen(self, hood, monkeypatch):
        monkeypatch.setattr("wijkbudget.challenges.rows.PAGE_LENGTH", 2)
        ids = [hood.submitted() for _each in range(3)]
        hood.by(Role.OFFICIAL).act(service.ask_to_complete, "oost", ids[0], ASK)
        official = hood.by(Role.OFFICIAL)
        first = official.ask(queries.cases, "oost")
        rest = official.ask(queries.cases, "oost", first.next)
        assert {line.id for line in first.cases} == set(ids[1:])
        assert ([line.id for line in rest.cases], rest.next) == ([ids[0]], None)
        guest = hood.by(hood.carla)
        newest = guest.ask(queries.challenges, "oost")
        older = guest.ask(queries.challenges, "oost", newest.next)
        assert [line.id for line in (*newest.bids, *older.bids)] == sorted(ids, reverse=True)
        assert (older.next, older.mine) == (None, [])
        assert len(hood.by(hood.anna).ask(queries.challenges, "oost").mine) == 3

    @pytest.mark.parametrize("written", ["2026-03-02", "gisteren_8d27ba37-c5d8-4010-ab55-f3fd6cdb3584", "_"])
    def test_are_found_by_their_key_only(self, written):
        with pytest.raises(NoSuchPage):
            read_key(written)

    def test_have_a_key_that_can_be_read_back(self, hood):
        key = PageKey(date(2026, 3, 2), hood.task_id)
        assert (read_key(str(key)), read_key("")) == (key, None)


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            (
                "UPDATE challenge SET decide_on = '2026-06-01'",
                "is to be decided by 2026-06-01, its moves say 2026-05-20",
            ),
            (
                "INSERT INTO pause SELECT id, 2, place, 'group', '2026-03-02', '2026-03-09' FROM challenge",
                "has a row of time that move 2 did not make",
            ),
        ],
    )
    def test_finds_what_no_verb_would_do(self, hood, statement, shows):
        hood.by(Role.OFFICIAL).act(service.adjourn, "oost", hood.submitted(), LATER)
        hood.desk.by(SYSTEM).act(run, "oost", statement)
        assert any(shows in fault for fault in hood.faults())
