# SPDX-License-Identifier: EUPL-1.2
"""Reports, looking back with residents, lasting longer, stopping, and handing over, with the proof of it."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.challenges import histories_reviews as made
from tests.challenges.conftest import refused, run
from tests.challenges.histories import DRIVERS, brought
from tests.challenges.histories_reviews import ANSWERS, FOUND, LESSON, course, report_of
from wijkbudget.challenges.reviews import queries, service
from wijkbudget.challenges.reviews.rules import days, ends, survey
from wijkbudget.challenges.reviews.rules.ends import EndGround, Handover
from wijkbudget.challenges.reviews.schemas import (
    CloseChallenge,
    EndAgreement,
    ExtendAgreement,
    FinishWork,
    GoOn,
    HandBack,
    HandOver,
    LookBack,
    SuspendWork,
)
from wijkbudget.challenges.rules.officials import CaseWorkerDecides, NotYourCase
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.kit.actor import GUEST, SYSTEM, Role, may
from wijkbudget.kit.period import day_of
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, NotYours, question

CLOSE = CloseChallenge()


@question(may(Role.SYSTEM), municipal=True)
def wrong(look: Look) -> list[str]:
    """Return what the proof of this room finds."""
    return [str(fault) for fault in queries.check(look)]


def faults(hood):
    return hood.desk.by(SYSTEM).ask(wrong)


def today(hood):
    return day_of(hood.clock())


def not_let(hood, refusal, actor, verb, *args):
    """Assert that an act is refused by name; elsewhere one refusal of each verb shows that nothing changes."""
    with pytest.raises(refusal):
        hood.by(actor).act(verb, "oost", *args)


class TestAReport:
    def test_tells_how_far_each_result_is_and_whether_it_came_late(self, hood, case):
        (due,) = course(case).reports_due
        assert (due.is_open, due.is_late) == (False, False)
        case.wait_until(due.report_on + timedelta(days=1))
        (due,) = course(case).reports_due
        assert (due.is_open, due.is_late) == (True, True)
        seen = hood.by(hood.bart).act(service.report, "oost", case.id, report_of(due.report_on))
        (told,) = seen.reports
        assert (told.is_late, told.worked_minutes, told.spent_cents) == (True, 2_400, 35_000)
        assert [(each.number, each.measured, each.reached) for each in told.results] == [
            (1, "18 keer gemaaid", "partly")
        ]
        assert (seen.reports_due, seen.may_report) == ([], False)
        assert hood.desk.by(GUEST).ask(queries.course, "oost", case.id).reports == [told]
        assert faults(hood) == []

    def test_is_sent_once_by_the_group_on_a_day_that_was_agreed(self, hood, case):
        last = course(case).ends_on
        refused(hood, days.ReportTooEarly, hood.anna, service.report, case.id, report_of(last))
        not_let(hood, days.NoReportDay, hood.anna, service.report, case.id, report_of(today(hood)))
        not_let(hood, NotYours, hood.carla, service.report, case.id, report_of(last))
        case.wait_until(last)
        hood.by(hood.anna).act(service.report, "oost", case.id, report_of(last))
        not_let(hood, days.ReportedBefore, hood.anna, service.report, case.id, report_of(last))
        with pytest.raises(IntegrityError, match="append-only"):
            hood.desk.act(run, "oost", "UPDATE work_report SET spent_cents = 0")

    def test_needs_an_agreement(self, hood):
        other = hood.submitted()
        not_let(hood, WrongState, hood.anna, service.report, other, report_of(today(hood)))
        with pytest.raises(ends.NoAgreement):
            hood.by(hood.anna).ask(queries.course, "oost", other)
        assert hood.by(hood.anna).ask(queries.course_part, "oost", other) is None


class TestStandingStill:
    def test_lasts_until_a_day_and_can_end_sooner(self, hood, case):
        made.suspend(case)
        seen = course(case)
        assert (seen.state, seen.stands_still_until) == (State.SUSPENDED, today(hood) + timedelta(days=7))
        made.resume(case)
        assert (course(case).state, course(case).stands_still_until) == (State.IN_PROGRESS, None)
        assert faults(hood) == []

    def test_is_for_the_case_worker_and_within_the_agreement(self, hood, case):
        week = SuspendWork(until_on=today(hood) + timedelta(days=7), reason="Water.")
        refused(hood, NotYourCase, hood.other_official, service.suspend, case.id, week)
        not_let(hood, DoorClosed, hood.anna, service.suspend, case.id, week)
        late = SuspendWork(until_on=course(case).ends_on + timedelta(days=1), reason="Water.")
        not_let(hood, days.WrongLastDay, case.official, service.suspend, case.id, late)


class TestLookingBack:
    def test_comes_on_its_day_or_for_a_reason(self, hood, case):
        refused(hood, days.NotYetToLookBack, case.official, service.look_back, case.id, LookBack())
        case.wait_until(course(case).next_review_on)
        assert course(case).is_review_due
        seen = hood.by(case.official).act(service.look_back, "oost", case.id, LookBack())
        (review,) = seen.reviews
        assert (seen.state, review.due_on, review.survey_is_open) == (State.REVIEW, today(hood), True)
        assert (review.survey_until_on, seen.next_review_on) == (today(hood) + timedelta(days=14), None)
        assert faults(hood) == []

    def test_hears_both_sides_and_residents_before_it_goes_on(self, hood, case):
        made.look_back(case)
        on = GoOn(reason="Wij gaan door.")
        refused(hood, ends.SideSilent, case.official, service.go_on, case.id, on)
        hood.by(hood.anna).act(service.write_finding, "oost", case.id, FOUND)
        refused(hood, ends.FoundBefore, hood.bart, service.write_finding, case.id, FOUND)
        not_let(hood, NotYours, hood.carla, service.write_finding, case.id, FOUND)
        not_let(hood, NotYourCase, hood.other_official, service.write_finding, case.id, FOUND)
        seen = hood.by(case.official).act(service.write_finding, "oost", case.id, FOUND)
        assert [finding.side for finding in seen.reviews[0].findings] == [Side.GROUP, Side.CASE_WORKER]
        not_let(hood, survey.StillAnswering, case.official, service.go_on, case.id, on)
        case.wait_until(seen.reviews[0].survey_until_on + timedelta(days=1))
        assert course(case).may_conclude
        seen = hood.by(case.official).act(service.go_on, "oost", case.id, on)
        assert (seen.state, seen.reviews[0].outcome, seen.reviews[0].why) == (
            State.IN_PROGRESS, Move.GO_ON, "Wij gaan door.",
        )  # fmt: skip
        assert faults(hood) == []

    def test_keeps_that_a_neighbour_answered_and_never_what(self, hood, case):
        made.look_back(case)
        assert hood.by(hood.carla).ask(queries.course, "oost", case.id).may_answer
        before = hood.recorded()
        hood.by(hood.carla).act(service.answer_survey, "oost", case.id, ANSWERS)
        assert hood.recorded() == before
        seen = hood.by(hood.carla).ask(queries.course, "oost", case.id)
        assert (seen.may_answer, seen.reviews[0].answered_count, seen.reviews[0].questions) == (False, None, [])
        refused(hood, survey.AnsweredBefore, hood.carla, service.answer_survey, case.id, ANSWERS)
        not_let(hood, survey.OwnWork, hood.anna, service.answer_survey, case.id, ANSWERS)
        not_let(hood, DoorClosed, case.official, service.answer_survey, case.id, ANSWERS)
        assert faults(hood) == []
        case.wait_until(seen.reviews[0].survey_until_on + timedelta(days=1))
        not_let(hood, survey.SurveyOver, hood.carla, service.answer_survey, case.id, ANSWERS)
        made.go_on(case)
        not_let(hood, WrongState, hood.carla, service.answer_survey, case.id, ANSWERS)
        # One answer is too few to show; who answered is forgotten.
        assert (course(case).reviews[0].answered_count, faults(hood)) == (None, [])
        hood.desk.act(run, "oost", "UPDATE survey_count SET answer_count = 12 WHERE answer = 'yes'")
        shown = course(case).reviews[0]
        assert (shown.answered_count, [len(each.counts) for each in shown.questions]) == (12, [4, 0, 4])
        assert len(faults(hood)) == 1

    def test_sees_an_answer_that_nobody_gave(self, hood, case):
        made.look_back(case)
        hood.desk.act(run, "oost", "UPDATE survey_count SET answer_count = 1 WHERE answer = 'no'")
        (fault,) = faults(hood)
        assert fault.endswith("0 answered, and [1] are counted")


class TestLastingLonger:
    def test_writes_a_later_end_beside_the_agreement(self, hood, case):
        first = course(case).ends_on
        made.look_back(case)
        made.extend(case)
        seen = course(case)
        until = first + timedelta(days=60)
        assert (seen.state, seen.ends_on, seen.first_end_on) == (State.IN_PROGRESS, until, first)
        assert [due.report_on for due in seen.reports_due] == [first, until]
        assert faults(hood) == []
        with pytest.raises(IntegrityError, match="append-only"):
            hood.desk.act(run, "oost", "UPDATE agreement_extension SET until_on = '2099-01-01'")

    def test_is_decided_by_other_eyes_within_the_policy(self, hood, case):
        made.look_back(case)
        made.found(case)
        first = course(case).ends_on
        longer = ExtendAgreement(
            until_on=first + timedelta(days=60), report_days=[first + timedelta(days=60)], reason="Ja."
        )
        refused(hood, CaseWorkerDecides, case.official, service.extend, case.id, longer)
        late = longer.model_copy(update={"until_on": first + timedelta(days=3 * 365)})
        caught = refused(hood, days.CannotExtend, hood.decider, service.extend, case.id, late)
        assert caught.article == "Participatieverordening Meerwijk 2025, art. 9"


class TestTheEnd:
    def test_as_agreed_is_closed_when_all_was_handed_over_paid_and_told(self, hood, case):
        made.look_back(case)
        made.found(case)
        refused(hood, days.NotNearEnd, case.official, service.finish, case.id, FinishWork(reason="Klaar."))
        made.finish(case)
        seen = course(case)
        assert (seen.state, seen.end.move, seen.end.last_on) == (State.COMPLETED, Move.FINISH, seen.ends_on)
        refused(hood, ends.NotHandedOver, case.official, service.close, case.id, CLOSE)
        made.hand_over(case)
        assert [each.side for each in course(case).handovers] == [Side.GROUP] * len(Handover)
        made.close(case)
        seen = course(case)
        assert (seen.state, seen.is_settled, [lesson.words for lesson in seen.lessons]) == (
            State.CLOSED, True, [LESSON.words],
        )  # fmt: skip
        assert (faults(hood), hood.faults()) == ([], [])

    def test_by_the_group_keeps_to_its_notice(self, hood, case):
        soon = HandBack(from_on=today(hood) + timedelta(days=29), reason="Te zwaar.")
        refused(hood, days.WrongLastDay, hood.anna, service.hand_back, case.id, soon)
        not_let(hood, NotYours, hood.carla, service.hand_back, case.id, soon)
        made.hand_back(case)
        seen = course(case)
        assert (seen.state, seen.end.last_on, seen.end.ground) == (State.ENDED, today(hood) + timedelta(days=29), None)
        assert faults(hood) == []

    def test_by_the_municipality_names_its_ground_and_keeps_to_the_notice_unless_it_is_dangerous(self, hood, case):
        asked = EndAgreement(from_on=today(hood), ground=EndGround.NOT_KEPT, reason="Er is niet gemaaid.")
        refused(hood, days.WrongLastDay, hood.decider, service.end_agreement, case.id, asked)
        not_let(hood, CaseWorkerDecides, case.official, service.end_agreement, case.id, asked)
        made.end(case)
        seen = course(case)
        assert (seen.state, seen.end.ground, seen.end.reason) == (
            State.ENDED,
            EndGround.UNSAFE,
            "De maaier is gevaarlijk.",
        )
        keys = HandOver(thing=Handover.KEYS, words="Vier sleutels terug.")
        seen = hood.by(case.official).act(service.hand_over, "oost", case.id, keys)
        assert (seen.handovers[0].side, seen.handovers[0].words) == (Side.CASE_WORKER, "Vier sleutels terug.")
        refused(hood, ends.HandedOverBefore, hood.anna, service.hand_over, case.id, keys)
        not_let(hood, NotYours, hood.carla, service.hand_over, case.id, keys)
        assert faults(hood) == []
        hood.desk.act(run, "oost", "UPDATE challenge SET state = 'closed' WHERE state = 'ended'")
        assert [fault.rpartition(": ")[2] for fault in faults(hood)] == ["was closed after 1 things were handed over"]

    def test_of_a_no_comes_when_nobody_can_object(self, hood):
        other = brought(hood, Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL, Move.REFUSE)
        caught = refused(hood, ends.StillObjectable, other.official, service.close, other.id, CLOSE)
        assert "made known" in str(caught)
        made.make_known(other)
        DRIVERS[Move.CLOSE](other)
        assert hood.view(other.id).state is State.CLOSED
        assert (faults(hood), hood.faults()) == ([], [])
