# SPDX-License-Identifier: EUPL-1.2
"""Which time may be logged, and who may confirm, dispute, rule and exempt."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.period import NETHERLANDS
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity.attendance import rules as attendance
from wijkbudget.reciprocity.attendance.rules import Hours, ListState
from wijkbudget.reciprocity.rules import corrections, entries, limits
from wijkbudget.reciprocity.rules.entries import ENTRY_STATES, EntryState, TaskState
from wijkbudget.reciprocity.rules.limits import GivenTime

POLICY = read_policy(demo_toml("oost")).reciprocity
TODAY = date(2026, 3, 2)


def loggable(*beside: GivenTime, start_minutes=None, minutes=60, given_on=TODAY):
    """Ask whether time can be logged beside other time."""
    given = GivenTime(given_on=given_on, minutes=minutes, start_minutes=start_minutes)
    limits.demand_loggable(POLICY, given, beside, TODAY)


def hours(starts, ends, given_on=TODAY):
    """Return time of whole hours, by the clock."""
    return GivenTime(given_on=given_on, minutes=60 * (ends - starts), start_minutes=60 * starts)


class TestLogging:
    @pytest.mark.parametrize("minutes", [0, -15, 10, 14, 20, 721, 735])
    def test_is_refused_unless_in_quarters_of_at_most_twelve_hours(self, minutes):
        with pytest.raises(limits.NotInQuarters):
            loggable(minutes=minutes)

    @pytest.mark.parametrize("minutes", [15, 60, 720])
    def test_takes_quarters(self, minutes):
        loggable(minutes=minutes)

    def test_begins_at_a_quarter(self):
        loggable(start_minutes=1170)
        with pytest.raises(limits.NotInQuarters):
            loggable(start_minutes=1171)

    def test_is_refused_past_midnight(self):
        loggable(start_minutes=1380)
        with pytest.raises(limits.PastMidnight):
            loggable(start_minutes=1395)

    def test_is_refused_for_tomorrow(self):
        with pytest.raises(limits.NotGivenYet):
            loggable(given_on=TODAY + timedelta(days=1))

    def test_is_refused_a_day_after_the_last_day(self):
        last = TODAY - timedelta(days=60)
        loggable(given_on=last)
        with pytest.raises(limits.GivenTooLongAgo) as refused:
            loggable(given_on=last - timedelta(days=1))
        assert refused.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 8"

    def test_is_refused_when_the_day_is_full(self):
        loggable(GivenTime(given_on=TODAY, minutes=660), minutes=60)
        with pytest.raises(limits.TooMuchTime) as refused:
            loggable(GivenTime(given_on=TODAY, minutes=660), minutes=75)
        said = "That is too much for one day. At most 12:00 hours counts. You logged 11:00 hours that day."
        assert str(refused.value) == said

    def test_is_refused_when_the_week_is_full(self):
        days = [GivenTime(given_on=TODAY + timedelta(days=day), minutes=585) for day in range(1, 5)]
        loggable(*days, minutes=60)
        with pytest.raises(limits.TooMuchTime, match="one week"):
            loggable(*days, minutes=75)

    def test_is_refused_for_hours_that_were_given_to_something_else(self):
        loggable(hours(9, 12), hours(13, 15), start_minutes=720)
        with pytest.raises(limits.TimeOverlaps, match="from 09:00 to 12:00"):
            loggable(hours(9, 12), start_minutes=705)
        loggable(hours(9, 12, TODAY - timedelta(days=1)), start_minutes=705)

    @given(st.integers(0, 90), st.integers(1, 6), st.integers(0, 90), st.integers(1, 6))
    def test_overlaps_just_when_a_quarter_is_counted_twice(self, start, length, other_start, other_length):
        one = GivenTime(given_on=TODAY, minutes=15 * length, start_minutes=15 * start)
        other = GivenTime(given_on=TODAY, minutes=15 * other_length, start_minutes=15 * other_start)
        shares = set(range(start, start + length)) & set(range(other_start, other_start + other_length))
        if shares:
            with pytest.raises(limits.TimeOverlaps):
                limits.demand_free(one, [other])
        else:
            limits.demand_free(one, [other])

    def test_takes_its_length_from_the_task_that_says_it(self):
        assert limits.length_of(None, 120) == limits.length_of(120, 120) == 120
        assert limits.length_of(45, None) == 45
        with pytest.raises(limits.FixedLength):
            limits.length_of(135, 120)
        with pytest.raises(limits.LengthMissing):
            limits.length_of(None, None)

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    def test_counts_a_week_from_monday_to_sunday(self, day):
        monday, next_monday = limits.week_of(day)
        assert (monday.weekday(), next_monday - monday) == (0, timedelta(days=7))
        assert monday <= day < next_monday

    def test_is_refused_on_a_task_that_ended(self):
        with pytest.raises(WrongState):
            entries.demand_open(TaskState.ENDED)


class TestTheStates:
    def test_lead_nowhere_from_an_end(self):
        ends = {state for state, after in ENTRY_STATES.items() if not after}
        assert ends == {EntryState.REJECTED, EntryState.WITHDRAWN}

    @given(st.sampled_from(EntryState), st.sampled_from(EntryState))
    def test_refuse_every_other_step_with_a_sentence(self, now, then):
        if then in ENTRY_STATES[now]:
            entries.demand_step(now, then)
        else:
            with pytest.raises(WrongState):
                entries.demand_step(now, then)

    def test_settle_what_was_confirmed_and_what_was_corrected_wrongly(self):
        before = {now for now, after in ENTRY_STATES.items() if EntryState.SETTLED in after}
        assert before == {EntryState.CONFIRMED, EntryState.REVERSED}


class TestPeople:
    def test_never_confirm_their_own_time(self):
        with pytest.raises(entries.OwnTime):
            entries.demand_confirmer(actor_id="a", giver_id="a", logged_by=None, is_same_household=False)

    def test_never_confirm_time_that_they_wrote_down(self):
        with pytest.raises(entries.OwnHand):
            entries.demand_confirmer(actor_id="a", giver_id="b", logged_by="a", is_same_household=False)

    def test_never_confirm_time_of_their_own_household(self):
        entries.demand_confirmer(actor_id="a", giver_id="b", logged_by="c", is_same_household=False)
        with pytest.raises(entries.SameHousehold):
            entries.demand_confirmer(actor_id="a", giver_id="b", logged_by=None, is_same_household=True)

    def test_dispute_before_the_days_are_over(self):
        until = TODAY + timedelta(days=1)
        known = {"actor_id": "a", "giver_id": "b", "objections_until": until, "is_ruled": False}
        entries.demand_disputable(today=TODAY, **known)
        with pytest.raises(entries.ObjectionsOver):
            entries.demand_disputable(today=until, **known)
        with pytest.raises(entries.RuledAlready):
            entries.demand_disputable(today=TODAY, **{**known, "is_ruled": True})
        with pytest.raises(entries.OwnTime):
            entries.demand_disputable(today=TODAY, **{**known, "actor_id": "b"})

    def test_rule_only_on_what_is_not_theirs(self):
        entries.demand_ruler(actor_id="chair", concerned={"a", "b"})
        with pytest.raises(entries.OwnDispute):
            entries.demand_ruler(actor_id="a", concerned={"a", "b"})

    @pytest.mark.parametrize("days", [0, -1, 367])
    def test_are_exempt_for_a_year_at_most(self, days):
        known = {"actor_id": "a", "person_id": "b", "is_same_household": False, "today": TODAY}
        entries.demand_exemption(until_on=TODAY + timedelta(days=366), **known)
        with pytest.raises(entries.ExemptionTooLong):
            entries.demand_exemption(until_on=TODAY + timedelta(days=days), **known)

    @pytest.mark.parametrize(("person_id", "is_same_household"), [("a", False), ("b", True)])
    def test_exempt_neither_themselves_nor_their_household(self, person_id, is_same_household):
        with pytest.raises(entries.OwnExemption):
            entries.demand_exemption(
                actor_id="a",
                person_id=person_id,
                is_same_household=is_same_household,
                until_on=TODAY + timedelta(days=30),
                today=TODAY,
            )


class TestCorrecting:
    def test_takes_somebody_without_a_part_in_it_and_happens_once(self):
        corrections.demand_correctable(actor_id="chair", concerned={"a", None}, is_corrected=False)
        with pytest.raises(entries.OwnDispute):
            corrections.demand_correctable(actor_id="a", concerned={"a", None}, is_corrected=False)
        with pytest.raises(corrections.CorrectedBefore):
            corrections.demand_correctable(actor_id="chair", concerned={"a"}, is_corrected=True)

    def test_can_be_objected_to_once_and_in_time(self):
        until = TODAY + timedelta(days=1)
        corrections.demand_objectable(today=TODAY, objections_until=until, is_objected=False)
        with pytest.raises(entries.ObjectionsOver):
            corrections.demand_objectable(today=until, objections_until=until, is_objected=False)
        with pytest.raises(corrections.ObjectedBefore):
            corrections.demand_objectable(today=TODAY, objections_until=until, is_objected=True)

    @pytest.mark.parametrize(("is_objected", "is_ruled"), [(False, False), (True, True)])
    def test_is_ruled_on_after_an_objection_and_once(self, is_objected, is_ruled):
        corrections.demand_open_objection(is_objected=True, is_ruled=False)
        with pytest.raises(WrongState):
            corrections.demand_open_objection(is_objected=is_objected, is_ruled=is_ruled)


EVENING = Hours(held_on=TODAY, start_minutes=1140, end_minutes=1320)
"""From seven to ten at night."""


def at(hour, minute=0, day=2):
    """Return a moment of March by the clock of the Netherlands, where it is winter."""
    return datetime(2026, 3, day, hour, minute, tzinfo=NETHERLANDS)


class TestTheListAtTheDoor:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("held_on", TODAY - timedelta(days=1)),
            ("held_on", TODAY + timedelta(days=61)),
            ("start_minutes", 1141),
            ("end_minutes", 1319),
            ("end_minutes", 1140),
            ("end_minutes", 1080),
            ("start_minutes", 585),
        ],
    )
    def test_is_made_for_whole_quarters_of_a_day_that_comes(self, field, value):
        attendance.demand_hours(EVENING, TODAY)
        with pytest.raises(attendance.HoursWrong):
            attendance.demand_hours(replace(EVENING, **{field: value}), TODAY)

    def test_is_open_on_its_own_day_until_its_end(self):
        for moment in (at(9), at(19), at(21, 59)):
            attendance.demand_door_open(ListState.OPEN, EVENING, moment)
        for state, moment in (
            (ListState.OPEN, at(22)),
            (ListState.OPEN, at(20, day=1)),
            (ListState.OPEN, at(20, day=3)),
            (ListState.ENDED, at(20)),
        ):
            with pytest.raises(attendance.DoorShut):
                attendance.demand_door_open(state, EVENING, moment)

    def test_takes_a_person_once_and_no_more_than_one_act_confirms(self):
        attendance.demand_free_line(is_here=False, line_count=149)
        with pytest.raises(attendance.HereAlready):
            attendance.demand_free_line(is_here=True, line_count=1)
        with pytest.raises(attendance.ListFull):
            attendance.demand_free_line(is_here=False, line_count=150)

    def test_counts_between_its_start_and_its_end(self):
        moments = (at(18, 50), at(19, 7), at(23), at(9, day=3), at(9, day=1))
        assert [attendance.minute_of(EVENING, moment) for moment in moments] == [1140, 1147, 1320, 1320, 1140]

    @given(st.integers(0, 1440), st.integers(0, 1440), st.integers(0, 1440))
    def test_never_gives_more_than_was_spent_and_never_overlaps_what_follows(self, arrived, first, second):
        arrived, left = sorted((arrived, first))
        stay = attendance.stay_of(arrived, left)
        if stay is None:
            assert left - arrived < 15
            return
        assert left - arrived - 15 < stay.minutes <= left - arrived
        following = attendance.stay_of(left, max(left, second))
        assert following is None or stay.start_minutes + stay.minutes <= following.start_minutes
