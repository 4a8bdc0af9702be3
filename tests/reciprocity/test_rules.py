# SPDX-License-Identifier: EUPL-1.2
"""Which time may be logged, and who may confirm, dispute, rule and exempt."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity.rules import entries
from wijkbudget.reciprocity.rules.entries import ENTRY_STATES, EntryState, TaskState, TimeDraft

POLICY = read_policy(demo_toml("oost")).reciprocity
TODAY = date(2026, 3, 2)


class TestLogging:
    @pytest.mark.parametrize("minutes", [0, 10, 14, 20, 721, 735])
    def test_is_refused_unless_in_quarters_of_at_most_twelve_hours(self, minutes):
        with pytest.raises(entries.NotInQuarters):
            entries.demand_loggable(POLICY, TimeDraft(given_on=TODAY, minutes=minutes), TODAY)

    @pytest.mark.parametrize("minutes", [15, 60, 720])
    def test_takes_quarters(self, minutes):
        entries.demand_loggable(POLICY, TimeDraft(given_on=TODAY, minutes=minutes), TODAY)

    def test_is_refused_for_tomorrow(self):
        with pytest.raises(entries.NotGivenYet):
            entries.demand_loggable(POLICY, TimeDraft(given_on=TODAY + timedelta(days=1), minutes=60), TODAY)

    def test_is_refused_a_day_after_the_last_day(self):
        last = TODAY - timedelta(days=60)
        entries.demand_loggable(POLICY, TimeDraft(given_on=last, minutes=60), TODAY)
        with pytest.raises(entries.GivenTooLongAgo) as refused:
            entries.demand_loggable(POLICY, TimeDraft(given_on=last - timedelta(days=1), minutes=60), TODAY)
        assert refused.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 8"

    def test_is_refused_when_the_day_is_full(self):
        entries.demand_loggable(POLICY, TimeDraft(given_on=TODAY, minutes=60, day_minutes=660), TODAY)
        with pytest.raises(entries.TooMuchTime) as refused:
            entries.demand_loggable(POLICY, TimeDraft(given_on=TODAY, minutes=75, day_minutes=660), TODAY)
        said = "That is too much for one day. At most 12:00 hours counts. You logged 11:00 hours that day."
        assert str(refused.value) == said

    def test_is_refused_when_the_week_is_full(self):
        entries.demand_loggable(POLICY, TimeDraft(given_on=TODAY, minutes=60, week_minutes=2340), TODAY)
        with pytest.raises(entries.TooMuchTime, match="one week"):
            entries.demand_loggable(POLICY, TimeDraft(given_on=TODAY, minutes=75, week_minutes=2340), TODAY)

    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    def test_counts_a_week_from_monday_to_sunday(self, day):
        monday, next_monday = entries.week_of(day)
        assert (monday.weekday(), next_monday - monday) == (0, timedelta(days=7))
        assert monday <= day < next_monday

    def test_is_refused_on_a_task_that_ended(self):
        with pytest.raises(WrongState):
            entries.demand_open(TaskState.ENDED)


class TestTheStates:
    def test_lead_nowhere_from_an_end(self):
        ends = {state for state, after in ENTRY_STATES.items() if not after}
        assert ends == {EntryState.SETTLED, EntryState.REJECTED, EntryState.WITHDRAWN}

    @given(st.sampled_from(EntryState), st.sampled_from(EntryState))
    def test_refuse_every_other_step_with_a_sentence(self, now, then):
        if then in ENTRY_STATES[now]:
            entries.demand_step(now, then)
        else:
            with pytest.raises(WrongState):
                entries.demand_step(now, then)

    def test_settle_only_what_was_confirmed(self):
        assert {now for now, after in ENTRY_STATES.items() if EntryState.SETTLED in after} == {EntryState.CONFIRMED}


class TestPeople:
    def test_never_confirm_their_own_time(self):
        with pytest.raises(entries.OwnTime):
            entries.demand_confirmer(actor_id="a", giver_id="a", is_same_household=False)

    def test_never_confirm_time_of_their_own_household(self):
        entries.demand_confirmer(actor_id="a", giver_id="b", is_same_household=False)
        with pytest.raises(entries.SameHousehold):
            entries.demand_confirmer(actor_id="a", giver_id="b", is_same_household=True)

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
