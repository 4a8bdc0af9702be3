# SPDX-License-Identifier: EUPL-1.2
"""Shows everybody how the work of a bid goes: reports, what both sides and residents found, and how it ended."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import rows as bids
from wijkbudget.challenges.agreements import queries as agreements
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.reviews import access
from wijkbudget.challenges.reviews.models import ChallengeReview, ReportedResult, SurveyCount
from wijkbudget.challenges.reviews.queries import rows
from wijkbudget.challenges.reviews.rules.days import (
    REPORT_AHEAD_DAYS,
    Agreed,
    extendable_until,
    first_day_without,
    next_review_day,
)
from wijkbudget.challenges.reviews.rules.ends import SIDES, EndGround, Handover, NoAgreement, Reached
from wijkbudget.challenges.reviews.rules.survey import Answer, Question, shown
from wijkbudget.challenges.reviews.schemas import (
    AgreedResultView,
    AnswerCountView,
    CourseView,
    EndView,
    FindingView,
    HandoverView,
    LessonView,
    QuestionView,
    ReportDueView,
    ReportedResultView,
    ReportView,
    ReviewView,
)
from wijkbudget.challenges.rules.states import AGREED, Move, Side, State
from wijkbudget.kit.actor import Role
from wijkbudget.kit.cells import is_shown
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def course_part(look: Look, place: str, challenge_id: UUID) -> CourseView | None:
    """Return how the work of a bid goes, or None if there is no agreement about it. Raises ChallengeNotFound."""
    row = bids.challenge_row(look, place, challenge_id)
    return course(look, place, challenge_id) if rows.has_agreement(look, row) else None


@question(access.READ)
def course(look: Look, place: str, challenge_id: UUID) -> CourseView:
    """Return how the work of a bid goes. Raises ChallengeNotFound or NoAgreement."""
    row = bids.challenge_row(look, place, challenge_id)
    if not rows.has_agreement(look, row):
        raise NoAgreement(_("There is no agreement about this bid."))
    terms, days = agreements.terms(look, row), rows.agreed(look, row)
    policy = neighbourhoods.policy(look, place).rules.challenges
    paused, side = rows.suspension(look, row), rows.side_of_reader(look, row)
    reports, due = _reports(look, row.id), _due(look, row, days)
    reviews, handovers, lessons = _reviews(look, row), _handovers(look, row.id), _lessons(look, row.id)
    under_review = reviews[0] if row.state == State.REVIEW else None
    next_review_on = next_review_day(days.review_days, reviews[0].opened_on if reviews else None)
    is_over, end, is_settled = row.state in {State.COMPLETED, State.ENDED}, _end(look, row), rows.is_settled(look, row)
    is_handed_over = all(each.side for each in handovers)
    return CourseView(
        challenge_id=row.id,
        title=row.title,
        state=State(row.state),
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        first_end_on=days.first_end_on,
        extendable_until=extendable_until(policy, days.first_end_on) if policy else None,
        first_day_without=first_day_without(days, look.today),
        results=[
            AgreedResultView(number=number, what=each.what, indicator=each.indicator, target=each.target)
            for number, each in enumerate(terms.results, 1)
        ],
        reports=reports,
        reports_due=due,
        next_review_on=next_review_on,
        reviews=reviews,
        stands_still_until=paused.until_on if paused else None,
        end=end,
        handovers=handovers,
        is_settled=is_settled,
        lessons=lessons,
        side=side,
        may_report=side is Side.GROUP and any(each.is_open for each in due),
        is_review_due=row.state == State.IN_PROGRESS and next_review_on is not None and next_review_on <= look.today,
        may_answer=under_review is not None and under_review.may_answer,
        may_find=under_review is not None and side is not None and side not in _sides(under_review.findings),
        may_conclude=under_review is not None
        and not under_review.survey_is_open
        and _sides(under_review.findings) == set(SIDES),
        may_hand_over=is_over and side is not None and not is_handed_over,
        may_teach=is_over and side is not None and side not in _sides(lessons),
        is_orderly=end is not None and end.last_on < look.today and is_handed_over and is_settled and bool(lessons),
    )


def _reports(look: Look, challenge_id: UUID) -> list[ReportView]:
    """Return the reports of a group with what each says of the results."""
    found = select(ReportedResult).where(col(ReportedResult.challenge_id) == challenge_id)
    results = look.session.exec(found.order_by(col(ReportedResult.number))).all()
    return [
        ReportView(
            report_on=report.report_on,
            reported_on=report.reported_on,
            is_late=report.reported_on > report.report_on,
            worked_minutes=report.worked_minutes,
            spent_cents=report.spent_cents,
            words=report.words,
            results=[
                ReportedResultView(
                    number=each.number, measured=each.measured, reached=Reached(each.reached), words=each.words
                )
                for each in results
                if each.report_on == report.report_on
            ],
        )
        for report in rows.reports(look, challenge_id)
    ]


def _due(look: Look, row: Challenge, days: Agreed) -> list[ReportDueView]:
    """Return the days of which there is no report yet; none after the group stopped doing the task."""
    last_on = rows.last_work_day(look, row) or days.ends_on
    there = {report.report_on for report in rows.reports(look, row.id)}
    return [
        ReportDueView(
            report_on=day,
            is_open=row.state in AGREED and look.today >= day - timedelta(days=REPORT_AHEAD_DAYS),
            is_late=look.today > day,
        )
        for day in days.report_days
        if day not in there and (day <= last_on or day == days.ends_on)
    ]


def _reviews(look: Look, row: Challenge) -> list[ReviewView]:
    """Return the times that both sides looked back, the newest first."""
    moves = bids.moves_of(look, row)
    begun, ended = {move.number: move for move in moves}, dict(rows.conclusions(moves))
    is_neighbour = Role.RESIDENT in look.roles and look.actor.id not in bids.group_of(look, row)
    return [
        _review(look, each, begun[each.number], ended.get(each.number), is_neighbour=is_neighbour)
        for each in rows.reviews(look, row.id)
    ]


def _review(
    look: Look, review: ChallengeReview, begun: ChallengeMove, ended: ChallengeMove | None, *, is_neighbour: bool
) -> ReviewView:
    is_open = ended is None and look.today <= review.survey_until_on
    count = rows.answered_count(look, review)
    tells = not is_open and is_shown(count)
    return ReviewView(
        number=review.number,
        due_on=review.due_on,
        opened_on=review.opened_on,
        reason=begun.reason,
        survey_until_on=review.survey_until_on,
        survey_is_open=is_open,
        answered_count=count if tells else None,
        questions=_questions(look, review) if tells and count else [],
        findings=[
            FindingView(side=Side(each.side), words=each.words, written_on=each.written_on)
            for each in rows.findings(look, review)
        ],
        outcome=Move(ended.move) if ended else None,
        why=ended.reason if ended else "",
        may_answer=is_open and is_neighbour and not rows.has_answered(look, review),
    )


def _questions(look: Look, review: ChallengeReview) -> list[QuestionView]:
    """Return the answers of residents, as far as they tell nothing about few people."""
    found = select(SurveyCount).where(
        col(SurveyCount.challenge_id) == review.challenge_id, col(SurveyCount.number) == review.number
    )
    counts: Mapping[Question, dict[Answer, int]] = {each: {} for each in Question}
    for row in look.session.exec(found):
        counts[Question(row.question)][Answer(row.answer)] = row.answer_count
    return [
        QuestionView(
            question=each,
            counts=[AnswerCountView(answers=list(group.answers), count=group.count) for group in shown(counts[each])],
        )
        for each in Question
    ]


def _end(look: Look, row: Challenge) -> EndView | None:
    found, last_on = rows.end_of(look, row), rows.last_work_day(look, row)
    if found is None or last_on is None:
        return None
    move, early = found
    ground = EndGround(early.ground) if early and early.ground else None
    return EndView(move=Move(move.move), last_on=last_on, ground=ground, reason=move.reason)


def _handovers(look: Look, challenge_id: UUID) -> list[HandoverView]:
    done = rows.handovers(look, challenge_id)
    return [
        HandoverView(
            thing=thing,
            side=Side(done[thing].side) if thing in done else None,
            words=done[thing].words if thing in done else "",
            handed_on=done[thing].handed_on if thing in done else None,
        )
        for thing in Handover
    ]


def _lessons(look: Look, challenge_id: UUID) -> list[LessonView]:
    return [
        LessonView(side=Side(each.side), words=each.words, written_on=each.written_on)
        for each in rows.lessons(look, challenge_id)
    ]


def _sides(said: Iterable[FindingView | LessonView]) -> set[Side]:
    """Return which sides said something."""
    return {each.side for each in said}
