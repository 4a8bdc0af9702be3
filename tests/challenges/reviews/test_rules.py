# SPDX-License-Identifier: EUPL-1.2
"""When is reported and looked back, how long an agreement can last, and what is shown of what residents answer."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.challenges.reviews.rules import days, ends, survey
from wijkbudget.challenges.reviews.rules.ends import Handover
from wijkbudget.challenges.reviews.rules.survey import Answer, Shown
from wijkbudget.challenges.rules.states import Side, State
from wijkbudget.kit.cells import PEOPLE_MIN
from wijkbudget.kit.states import WrongState

LAST = date(2026, 12, 31)
POLICY = SimpleNamespace(extension_months_max=24, survey_days=None, article="art. 9")
AGREED = days.Agreed(
    starts_on=date(2026, 1, 1), first_end_on=LAST, ends_on=LAST, report_days=(LAST,), review_days=(date(2026, 6, 1),),
    trial_until=date(2026, 3, 1), notice_days=30, result_numbers=(1, 2),
)  # fmt: skip

WHOLE = {"last_on": date(2026, 12, 30), "done": set(Handover), "is_settled": True, "has_lesson": True, "today": LAST}


class TestAReport:
    def test_is_for_a_day_of_the_agreement_once_and_not_long_before(self):
        days.demand_report_due(LAST, [LAST], [], date(2026, 12, 1))
        days.demand_report_due(LAST, [LAST], [], date(2027, 5, 1))
        with pytest.raises(days.ReportTooEarly, match="2026-12-01"):
            days.demand_report_due(LAST, [LAST], [], date(2026, 11, 30))
        with pytest.raises(days.NoReportDay):
            days.demand_report_due(date(2026, 12, 30), [LAST], [], LAST)
        with pytest.raises(days.ReportedBefore):
            days.demand_report_due(LAST, [LAST], [LAST], LAST)

    def test_says_something_of_each_result(self):
        days.demand_all_results([2, 1], [1, 2])
        for told in ([1], [1, 1], [1, 2, 3]):
            with pytest.raises(days.OtherResults):
                days.demand_all_results(told, [1, 2])


class TestLookingBack:
    def test_is_next_on_the_first_day_after_the_last_time(self):
        planned = [date(2026, 10, 1), date(2026, 6, 1)]
        assert days.next_review_day(planned, None) == date(2026, 6, 1)
        assert days.next_review_day(planned, date(2026, 6, 1)) == date(2026, 10, 1)
        assert days.next_review_day(planned, date(2026, 10, 2)) is None

    def test_needs_a_reason_before_its_day(self):
        days.demand_reason_to_look_back(date(2026, 6, 1), "", date(2026, 6, 1))
        days.demand_reason_to_look_back(None, "Er is iets gebeurd.", date(2026, 6, 1))
        for next_on in (date(2026, 6, 2), None):
            with pytest.raises(days.NotYetToLookBack):
                days.demand_reason_to_look_back(next_on, "", date(2026, 6, 1))

    def test_lets_residents_answer_as_long_as_the_policy_says(self):
        assert days.survey_until(None, LAST) == days.survey_until(POLICY, LAST) == date(2027, 1, 14)
        assert days.survey_until(SimpleNamespace(survey_days=7), LAST) == date(2027, 1, 7)


class TestLastingLonger:
    def test_is_counted_from_the_end_that_was_signed(self):
        days.demand_extension(POLICY, LAST, date(2027, 12, 31), date(2028, 12, 31))
        with pytest.raises(days.CannotExtend, match="2028-12-31"):
            days.demand_extension(POLICY, LAST, LAST, date(2029, 1, 1))
        with pytest.raises(days.WrongLastDay):
            days.demand_extension(POLICY, LAST, LAST, LAST)

    def test_is_not_possible_where_the_policy_does_not_say_so(self):
        with pytest.raises(days.CannotExtend) as caught:
            days.demand_extension(
                SimpleNamespace(extension_months_max=None, article="art. 9"), LAST, LAST, date(2027, 1, 1)
            )
        assert caught.value.article == "art. 9"

    def test_gets_days_to_report_and_to_look_back_of_its_own(self):
        until = date(2027, 12, 31)
        days.demand_report_days([date(2027, 6, 1), until], LAST, until)
        for wrong in ([LAST], [date(2028, 1, 1)], [until, until]):
            with pytest.raises(days.WrongLastDay):
                days.demand_report_days(wrong, LAST, until)
        assert days.review_day_of_extension(until, LAST) == date(2027, 9, 30)
        assert days.review_day_of_extension(date(2027, 2, 1), LAST) == date(2027, 1, 1)


class TestStopping:
    def test_keeps_to_the_notice_after_the_trial(self):
        assert days.first_day_without(AGREED, date(2026, 3, 1)) == date(2026, 3, 1)
        assert days.first_day_without(AGREED, date(2026, 3, 2)) == date(2026, 4, 1)
        days.demand_notice(date(2026, 4, 1), date(2026, 4, 1))
        with pytest.raises(days.WrongLastDay) as caught:
            days.demand_notice(date(2026, 3, 31), date(2026, 4, 1))
        assert set(caught.value.fields) == {"from_on"}

    def test_for_a_while_ends_within_the_agreement(self):
        days.demand_pause(LAST, LAST, date(2026, 12, 30))
        for until_on in (date(2026, 12, 30), date(2027, 1, 1)):
            with pytest.raises(days.WrongLastDay):
                days.demand_pause(until_on, LAST, date(2026, 12, 30))

    def test_as_done_is_possible_in_the_last_three_months(self):
        days.demand_near_end(LAST, date(2026, 9, 30))
        with pytest.raises(days.NotNearEnd):
            days.demand_near_end(LAST, date(2026, 9, 29))


class TestAnswers:
    def test_are_shown_alone_where_enough_people_gave_them(self):
        counts = {Answer.YES: 30, Answer.PARTLY: 4, Answer.NO: 7, Answer.UNKNOWN: 0}
        assert survey.shown(counts) == [
            Shown(answers=(Answer.YES,), count=30),
            Shown(answers=(Answer.UNKNOWN,), count=0),
            Shown(answers=(Answer.PARTLY, Answer.NO), count=11),
        ]

    def test_of_few_people_are_not_shown(self):
        assert survey.shown({Answer.YES: 10, Answer.PARTLY: 2, Answer.NO: 0, Answer.UNKNOWN: 0}) == []
        assert survey.shown({**dict.fromkeys(Answer, 0), Answer.YES: 9}) == []

    @given(st.fixed_dictionaries({answer: st.integers(0, 40) for answer in Answer}))
    def test_never_tell_about_fewer_than_ten(self, counts):
        found = survey.shown(counts)
        assert all(each.count == 0 or each.count >= PEOPLE_MIN for each in found)
        hidden = sum(counts.values()) - sum(each.count for each in found)
        assert not found or hidden == 0

    def test_are_given_once_by_neighbours_in_time(self):
        survey.demand_open(LAST, LAST)
        for until_on in (None, date(2026, 12, 30)):
            with pytest.raises(survey.SurveyOver):
                survey.demand_open(until_on, LAST)
        with pytest.raises(survey.OwnWork):
            survey.demand_neighbour(is_of_group=True)
        with pytest.raises(survey.AnsweredBefore):
            survey.demand_first_answer(has_answered=True)
        with pytest.raises(survey.StillAnswering):
            survey.demand_heard(LAST, LAST)
        survey.demand_heard(date(2026, 12, 30), LAST)


class TestBothSides:
    def test_write_before_it_goes_on(self):
        ends.demand_both(set(ends.SIDES))
        with pytest.raises(ends.SideSilent, match="group"):
            ends.demand_both({Side.CASE_WORKER})
        with pytest.raises(ends.SideSilent, match="municipality"):
            ends.demand_both({Side.GROUP})
        with pytest.raises(ends.FoundBefore):
            ends.demand_not_found(Side.GROUP, {Side.GROUP})

    def test_do_each_thing_in_its_state(self):
        for demand, now in (
            (ends.demand_agreed, State.CONTRACTING),
            (ends.demand_under_review, State.IN_PROGRESS),
            (ends.demand_over, State.REVIEW),
        ):
            with pytest.raises(WrongState):
                demand(now)


class TestAnOrderlyEnd:
    def test_has_everything_handed_over_paid_and_told(self):
        ends.demand_all_handed_over(**WHOLE)

    @pytest.mark.parametrize(
        ("lacks", "says"),
        [
            ({"last_on": LAST}, "until"),
            ({"done": set(Handover) - {Handover.KEYS}}, "list"),
            ({"is_settled": False}, "money"),
            ({"has_lesson": False}, "learnt"),
        ],
    )
    def test_waits_for_what_is_left(self, lacks, says):
        with pytest.raises(ends.NotHandedOver, match=says):
            ends.demand_all_handed_over(**{**WHOLE, **lacks})

    def test_is_told_in_two_hundred_words(self):
        ends.demand_short("woord " * 200)
        with pytest.raises(ends.TooManyWords, match="201"):
            ends.demand_short("woord " * 201)
        with pytest.raises(ends.WrittenBefore):
            ends.demand_first_lesson(Side.GROUP, [Side.GROUP])
        with pytest.raises(ends.HandedOverBefore):
            ends.demand_to_hand_over(Handover.KEYS, {Handover.KEYS})

    def test_of_a_no_waits_until_nobody_can_object(self):
        ends.demand_final(is_known=True, objectable_until=None, today=LAST)
        ends.demand_final(is_known=True, objectable_until=date(2026, 12, 30), today=LAST)
        with pytest.raises(ends.StillObjectable, match="2026-12-31"):
            ends.demand_final(is_known=True, objectable_until=LAST, today=LAST)
        with pytest.raises(ends.StillObjectable, match="known"):
            ends.demand_final(is_known=False, objectable_until=None, today=LAST)
