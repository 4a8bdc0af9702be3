# SPDX-License-Identifier: EUPL-1.2
"""The talk in time, every ground looked at, and nobody refused unheard."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wijkbudget.challenges.assessment import rules
from wijkbudget.challenges.assessment.rules import CHECKED_IN, TALKED_IN, Finding
from wijkbudget.challenges.rules.grounds import GROUNDS, Ground
from wijkbudget.challenges.rules.states import LOOKED_AT, State
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

POLICY = ChallengesPolicy(article="art. 9", challengers="residents", group_min=2, completion_days=14)
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


class TestTheGrounds:
    def test_are_fourteen_each_with_a_name_a_question_and_a_source(self):
        assert [*GROUNDS] == [*Ground] == [f"W{number:02}" for number in range(1, 15)]
        assert len({str(each.name) for each in GROUNDS.values()}) == 14
        assert all(str(each.look_at).endswith("?") and each.source for each in GROUNDS.values())

    @pytest.mark.parametrize("code", ["W00", "W15", "w01", "", "name"])
    def test_are_known_by_their_code_and_nothing_else(self, code):
        assert rules.ground_called("W06") is Ground.W06
        with pytest.raises(rules.GroundNotFound):
            rules.ground_called(code)


class TestTheTalk:
    @pytest.mark.parametrize(
        ("taken_on", "last"),
        [(TODAY, TODAY + 21 * DAY), (TODAY - 14 * DAY, TODAY + 7 * DAY), (TODAY - 60 * DAY, TODAY + 7 * DAY)],
    )
    def test_is_within_the_days_of_the_policy_or_a_week_when_it_is_late(self, taken_on, last):
        rules.demand_in_time(POLICY, TODAY, taken_on, TODAY)
        rules.demand_in_time(POLICY, last, taken_on, TODAY)
        for planned_on in (TODAY - DAY, last + DAY):
            with pytest.raises(rules.TalkNotInTime) as refused:
                rules.demand_in_time(POLICY, planned_on, taken_on, TODAY)
            assert refused.value.article == "art. 9"

    @pytest.mark.parametrize("now", State)
    def test_is_ahead_until_it_is_written_down(self, now):
        if now in TALKED_IN:
            rules.demand_talking(now, has_minutes=False)
        with pytest.raises(rules.MinutesThere if now in TALKED_IN else WrongState):
            rules.demand_talking(now, has_minutes=True)

    def test_was_held_since_it_was_planned_and_not_later_than_today(self):
        rules.demand_held(TODAY - DAY, TODAY - DAY, TODAY)
        rules.demand_held(TODAY, TODAY - DAY, TODAY)
        for held_on in (TODAY - 2 * DAY, TODAY + DAY):
            with pytest.raises(rules.NotHeldThen) as refused:
                rules.demand_held(held_on, TODAY - DAY, TODAY)
            assert [*refused.value.fields] == ["held_on"]

    def test_comes_before_advice(self):
        rules.demand_minutes(has_minutes=True)
        with pytest.raises(rules.MinutesMissing):
            rules.demand_minutes(has_minutes=False)


class TestTheChecklist:
    @pytest.mark.parametrize("now", State)
    def test_changes_while_an_official_works_on_it_and_the_group_does_not_write(self, now):
        assert {*LOOKED_AT} - {State.READY} == CHECKED_IN
        if now in CHECKED_IN:
            rules.demand_checkable(now)
        else:
            with pytest.raises(WrongState):
                rules.demand_checkable(now)

    @pytest.mark.parametrize("finding", Finding)
    def test_says_why_unless_nothing_is_wrong(self, finding):
        rules.demand_why(finding, "Daarom.")
        if finding is Finding.NOT_MET:
            rules.demand_why(finding, "")
        else:
            with pytest.raises(rules.WhyMissing) as refused:
                rules.demand_why(finding, "")
            assert [*refused.value.fields] == ["reason"]

    @given(some.sets(some.sampled_from(Ground)))
    def test_is_done_when_every_ground_was_looked_at(self, found):
        left = rules.still_open(found)
        assert (sorted({*left} | found), {*left} & found) == ([*Ground], set())
        if not left:
            rules.demand_all_looked_at(found)
            return
        with pytest.raises(rules.GroundsOpen) as refused:
            rules.demand_all_looked_at(found)
        assert str(refused.value).endswith(f"Still open: {', '.join(left)}.")

    def test_must_call_a_ground_a_reason_before_anybody_means_to_say_no_on_it(self):
        found = {Ground.W06: Finding.MET, Ground.W07: Finding.ATTENTION}
        rules.demand_met([Ground.W06], found)
        with pytest.raises(rules.GroundNotMet) as refused:
            rules.demand_met([Ground.W06, Ground.W07, Ground.W08], found)
        assert str(refused.value) == "The checklist gives no reason to say no for: W07, W08."


class TestHearing:
    def test_gives_the_days_of_the_policy_without_rolling_on(self):
        assert rules.answer_until(POLICY, date(2026, 4, 13)) == date(2026, 4, 27)  # King's Day

    def test_is_over_after_the_answer_or_the_last_day(self):
        rules.demand_heard(TODAY, TODAY, is_answered=True)
        rules.demand_heard(TODAY, TODAY + DAY, is_answered=False)
        with pytest.raises(rules.StillHearing) as refused:
            rules.demand_heard(TODAY, TODAY, is_answered=False)
        assert refused.value.article == "Algemene wet bestuursrecht, art. 4:7"

    def test_takes_one_answer_while_a_no_is_meant(self):
        rules.demand_unanswered(State.INTENDED_REFUSAL, is_answered=False)
        with pytest.raises(rules.AnsweredBefore):
            rules.demand_unanswered(State.INTENDED_REFUSAL, is_answered=True)
        with pytest.raises(WrongState):
            rules.demand_unanswered(State.REFUSED, is_answered=False)
