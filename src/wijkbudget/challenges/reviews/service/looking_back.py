# SPDX-License-Identifier: EUPL-1.2
"""Lets both sides and residents look back at the work, and says how it goes on."""

from uuid import UUID

from sqlmodel import col, delete, update

from wijkbudget.challenges import rows as bids
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.moving import bid_for, move_on
from wijkbudget.challenges.reviews import access
from wijkbudget.challenges.reviews.events import AgreementExtended, FindingWritten, ReviewConcluded, ReviewOpened
from wijkbudget.challenges.reviews.models import (
    AgreementExtension,
    ChallengeReview,
    ExtensionReportDay,
    ReviewFinding,
    SurveyAnswerer,
    SurveyCount,
)
from wijkbudget.challenges.reviews.queries import course, rows
from wijkbudget.challenges.reviews.rules import days, ends, survey
from wijkbudget.challenges.reviews.rules.survey import Answer, Question
from wijkbudget.challenges.reviews.schemas import (
    AnswerSurvey,
    CourseView,
    ExtendAgreement,
    FinishWork,
    GoOn,
    LookBack,
    WriteFinding,
)
from wijkbudget.challenges.rules.group import demand_arranged
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.HANDLE)
def look_back(work: Work, place: str, challenge_id: UUID, command: LookBack) -> CourseView:
    """Begin to look back, on a day of the agreement or in between for a reason; residents can answer from now on.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState or NotYetToLookBack.
    """
    row = bid_for(work, place, challenge_id, Move.LOOK_BACK)
    before = rows.reviews(work, row.id)
    next_on = days.next_review_day(rows.agreed(work, row).review_days, before[0].opened_on if before else None)
    days.demand_reason_to_look_back(next_on, command.reason, work.today)
    until_on = days.survey_until(neighbourhoods.policy(work, place).rules.challenges, work.today)
    number = move_on(work, row, Move.LOOK_BACK, command.reason)
    review = ChallengeReview(
        challenge_id=row.id,
        number=number,
        place=place,
        due_on=next_on if next_on and next_on <= work.today else None,
        opened_on=work.today,
        survey_until_on=until_on,
    )
    work.session.add(review)
    work.session.flush()
    work.session.add_all(
        SurveyCount(challenge_id=row.id, number=number, question=question, answer=answer, place=place, answer_count=0)
        for question in Question
        for answer in Answer
    )
    work.session.flush()
    work.record(ReviewOpened(place=place, subject=str(row.id), until_on=until_on.isoformat()))
    return course(work, place, challenge_id)


@verb(access.TELL)
def write_finding(work: Work, place: str, challenge_id: UUID, command: WriteFinding) -> CourseView:
    """Write what your side found, once.

    Raises ChallengeNotFound, NotYours, OwnBid, NotYourCase, WrongState or FoundBefore.
    """
    row = bids.challenge_row(work, place, challenge_id)
    side = rows.demand_side(work, row)
    review = _under_review(work, row)
    ends.demand_not_found(side, rows.sides_found(work, review))
    work.session.add(
        ReviewFinding(
            challenge_id=row.id,
            number=review.number,
            side=side,
            place=place,
            words=command.words,
            writer=work.actor.id,
            written_on=work.today,
        )
    )
    work.session.flush()
    work.record(FindingWritten(place=place, subject=str(row.id), side=side))
    return course(work, place, challenge_id)


@verb(access.ANSWER, silent="an entry would tell who answered about neighbours; the counts say how many")
def answer_survey(work: Work, place: str, challenge_id: UUID, command: AnswerSurvey) -> None:
    """Answer three questions about the work; what is kept is that you answered, and apart from that how often each.

    Raises ChallengeNotFound, WrongState, SurveyOver, OwnWork or AnsweredBefore.
    """
    row = bids.challenge_row(work, place, challenge_id)
    review = _under_review(work, row)
    survey.demand_open(review.survey_until_on, work.today)
    survey.demand_neighbour(is_of_group=work.actor.id in bids.group_of(work, row))
    survey.demand_first_answer(has_answered=rows.has_answered(work, review))
    mark = rows.survey_mark(work, review)
    work.session.add(SurveyAnswerer(challenge_id=row.id, number=review.number, mark=mark, place=place))
    answers = {
        Question.DONE_WELL: command.done_well,
        Question.NOTICED: command.noticed,
        Question.GO_ON: command.go_on,
    }
    for question, answer in answers.items():
        one = (
            col(SurveyCount.challenge_id) == row.id,
            col(SurveyCount.number) == review.number,
            col(SurveyCount.question) == question,
            col(SurveyCount.answer) == answer,
        )
        work.session.exec(update(SurveyCount).where(*one).values(answer_count=col(SurveyCount.answer_count) + 1))
    work.session.flush()


@verb(access.HANDLE)
def go_on(work: Work, place: str, challenge_id: UUID, command: GoOn) -> CourseView:
    """Let the work go on after looking back.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, SideSilent or StillAnswering.
    """
    row = bid_for(work, place, challenge_id, Move.GO_ON)
    _conclude(work, row, Move.GO_ON, command.reason)
    return course(work, place, challenge_id)


@verb(access.HANDLE)
def finish(work: Work, place: str, challenge_id: UUID, command: FinishWork) -> CourseView:
    """Say that the work is done, when its last day is near or past.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, NotNearEnd, SideSilent or StillAnswering.
    """
    row = bid_for(work, place, challenge_id, Move.FINISH)
    days.demand_near_end(rows.agreed(work, row).ends_on, work.today)
    _conclude(work, row, Move.FINISH, command.reason)
    return course(work, place, challenge_id)


@verb(access.HANDLE)
def extend(work: Work, place: str, challenge_id: UUID, command: ExtendAgreement) -> CourseView:
    """Let an agreement last longer; what was signed stays, and this is written beside it.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState, NotArranged, CannotExtend, WrongLastDay,
    SideSilent or StillAnswering.
    """
    row = bid_for(work, place, challenge_id, Move.EXTEND)
    agreed = rows.agreed(work, row)
    policy = demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    days.demand_extension(policy, agreed.first_end_on, agreed.ends_on, command.until_on)
    days.demand_report_days(command.report_days, agreed.ends_on, command.until_on)
    number = _conclude(work, row, Move.EXTEND, command.reason)
    extension = AgreementExtension(
        challenge_id=row.id,
        number=number,
        place=place,
        ended_on=agreed.ends_on,
        until_on=command.until_on,
        review_on=days.review_day_of_extension(command.until_on, work.today),
        extended_on=work.today,
    )
    work.session.add(extension)
    work.session.flush()
    work.session.add_all(
        ExtensionReportDay(challenge_id=row.id, number=number, report_on=day, place=place)
        for day in command.report_days
    )
    work.session.flush()
    work.record(AgreementExtended(place=place, subject=str(row.id), until_on=command.until_on.isoformat()))
    return course(work, place, challenge_id)


def forget_answerers(work: Work, row: Challenge) -> None:
    """Forget who answered about the work of a bid; the counts stay."""
    work.session.exec(delete(SurveyAnswerer).where(col(SurveyAnswerer.challenge_id) == row.id))


def _under_review(work: Work, row: Challenge) -> ChallengeReview:
    """Return the review that goes on. Raises WrongState."""
    ends.demand_under_review(State(row.state))
    return rows.reviews(work, row.id)[0]


def _conclude(work: Work, row: Challenge, by: Move, reason: str) -> int:
    """Stop looking back by a move, and return its number. Raises SideSilent or StillAnswering."""
    review = rows.reviews(work, row.id)[0]
    ends.demand_both(rows.sides_found(work, review))
    survey.demand_heard(review.survey_until_on, work.today)
    number = move_on(work, row, by, reason)
    forget_answerers(work, row)
    work.record(ReviewConcluded(place=row.place, subject=str(row.id), outcome=by))
    return number
