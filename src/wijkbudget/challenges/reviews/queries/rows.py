# SPDX-License-Identifier: EUPL-1.2
"""Finds what questions and verbs about the work of a bid begin with: its days, its reviews, and who speaks for whom."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import col, func, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.agreements import queries as agreements
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.objections import queries as objections
from wijkbudget.challenges.reviews.models import (
    AgreementExtension,
    ChallengeReview,
    EarlyEnd,
    ExtensionReportDay,
    Lesson,
    ReviewFinding,
    SurveyAnswerer,
    SurveyCount,
    Suspension,
    ThingHandover,
    WorkReport,
)
from wijkbudget.challenges.reviews.rules.days import Agreed
from wijkbudget.challenges.reviews.rules.ends import Handover
from wijkbudget.challenges.reviews.rules.survey import Question
from wijkbudget.challenges.rules.characters import LegalCharacter, objectable_until
from wijkbudget.challenges.rules.officials import demand_case_worker, demand_no_interest
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.rules import VoucherState

SURVEY = "challenge survey"
"""The purpose of the keyed hash under which somebody answered."""


def has_agreement(look: Look, row: Challenge) -> bool:
    """Return whether both sides signed an agreement about a bid."""
    signed = select(ChallengeMove.number).where(
        col(ChallengeMove.challenge_id) == row.id, col(ChallengeMove.move) == Move.ENTER_INTO
    )
    return look.session.exec(signed).first() is not None


def agreed(look: Look, row: Challenge) -> Agreed:
    """Return the days of the agreement about a bid, with those of its extensions."""
    terms = agreements.terms(look, row)
    later = extensions(look, row.id)
    added = select(col(ExtensionReportDay.report_on)).where(col(ExtensionReportDay.challenge_id) == row.id)
    return Agreed(
        starts_on=terms.starts_on,
        first_end_on=terms.ends_on,
        ends_on=later[-1].until_on if later else terms.ends_on,
        report_days=tuple(sorted({*terms.report_on, *look.session.exec(added)})),
        review_days=tuple(sorted({*terms.review_on, *(extension.review_on for extension in later)})),
        trial_until=terms.trial_until,
        notice_days=terms.notice_days,
        result_numbers=tuple(range(1, len(terms.results) + 1)),
    )


def extensions(look: Look, challenge_id: UUID) -> Sequence[AgreementExtension]:
    """Return how an agreement came to last longer, the first one first."""
    found = select(AgreementExtension).where(col(AgreementExtension.challenge_id) == challenge_id)
    return look.session.exec(found.order_by(col(AgreementExtension.number))).all()


def reports(look: Look, challenge_id: UUID) -> Sequence[WorkReport]:
    """Return the reports of a group, the newest first."""
    found = select(WorkReport).where(col(WorkReport.challenge_id) == challenge_id)
    return look.session.exec(found.order_by(col(WorkReport.report_on).desc())).all()


def reviews(look: Look, challenge_id: UUID) -> Sequence[ChallengeReview]:
    """Return the times that both sides looked back, the newest first."""
    found = select(ChallengeReview).where(col(ChallengeReview.challenge_id) == challenge_id)
    return look.session.exec(found.order_by(col(ChallengeReview.number).desc())).all()


def findings(look: Look, review: ChallengeReview) -> Sequence[ReviewFinding]:
    """Return what the sides found when they looked back, the group first."""
    found = select(ReviewFinding).where(
        col(ReviewFinding.challenge_id) == review.challenge_id, col(ReviewFinding.number) == review.number
    )
    return sorted(look.session.exec(found), key=lambda finding: finding.side != Side.GROUP)


def sides_found(look: Look, review: ChallengeReview) -> frozenset[Side]:
    """Return which sides wrote what they found."""
    return frozenset(Side(finding.side) for finding in findings(look, review))


def survey_mark(look: Look, review: ChallengeReview) -> str:
    """Return under which hash it is kept that whoever asks answered."""
    return look.keys.keyed_hash(SURVEY, str(review.challenge_id), str(review.number), look.actor.id)


def has_answered(look: Look, review: ChallengeReview) -> bool:
    """Return whether whoever asks answered, while both sides look back."""
    key = (review.challenge_id, review.number, survey_mark(look, review))
    return look.session.get(SurveyAnswerer, key) is not None


def answered_count(look: Look, review: ChallengeReview) -> int:
    """Return how many residents answered."""
    counted = select(func.coalesce(func.sum(col(SurveyCount.answer_count)), 0)).where(
        col(SurveyCount.challenge_id) == review.challenge_id,
        col(SurveyCount.number) == review.number,
        col(SurveyCount.question) == Question.DONE_WELL,
    )
    return int(look.session.exec(counted).one())


def suspension(look: Look, row: Challenge) -> Suspension | None:
    """Return until when the work stands still, if it does."""
    if row.state != State.SUSPENDED:
        return None
    found = select(Suspension).where(col(Suspension.challenge_id) == row.id)
    return look.session.exec(found.order_by(col(Suspension.number).desc())).first()


def handovers(look: Look, challenge_id: UUID) -> dict[Handover, ThingHandover]:
    """Return what was handed over."""
    found = select(ThingHandover).where(col(ThingHandover.challenge_id) == challenge_id)
    return {Handover(each.thing): each for each in look.session.exec(found)}


def lessons(look: Look, challenge_id: UUID) -> Sequence[Lesson]:
    """Return what the sides learnt, the group first."""
    found = select(Lesson).where(col(Lesson.challenge_id) == challenge_id)
    return sorted(look.session.exec(found), key=lambda lesson: lesson.side != Side.GROUP)


def end_of(look: Look, row: Challenge) -> tuple[ChallengeMove, EarlyEnd | None] | None:
    """Return the move by which the work ended, with what was said of it if that was early."""
    ended = select(ChallengeMove).where(
        col(ChallengeMove.challenge_id) == row.id,
        col(ChallengeMove.to_state).in_([State.COMPLETED, State.ENDED]),
        col(ChallengeMove.from_state) != col(ChallengeMove.to_state),
    )
    move = look.session.exec(ended).first()
    return (move, look.session.get(EarlyEnd, row.id)) if move else None


def last_work_day(look: Look, row: Challenge) -> date | None:
    """Return the last day on which the group does the task, if its end is known: by an early end or a finish."""
    found = end_of(look, row)
    if found is None:
        return None
    move, early = found
    if early is not None:
        return early.from_on - timedelta(days=1)
    return agreed(look, row).ends_on if move.move == Move.FINISH else day_of(move.moved_at)


def no_of(look: Look, row: Challenge) -> tuple[date | None, date | None]:
    """Return when the last no about a bid was made known, and until when somebody can go against it, if they can.

    Source: Awb art. 6:7: six weeks to object, or after an objection to go to court.
    """
    if row.state == State.UPHELD:
        known_on = objections.upheld_on(look, row.id)
        return known_on, objectable_until(LegalCharacter.SUBSIDY, known_on)
    decided = decisions.latest(look, row.id)
    if decided is None:
        return None, None
    return decided.known_on, objectable_until(decided.legal_character, decided.known_on)


def is_settled(look: Look, row: Challenge) -> bool:
    """Return whether nothing of the money for a bid is open."""
    voucher = vouchers.of_initiative(look, row.place, str(row.id))
    return voucher is None or voucher.state in {VoucherState.SETTLED, VoucherState.EXPIRED}


def side_of_reader(look: Look, row: Challenge) -> Side | None:
    """Return for which side whoever asks speaks, if for one; an official of the group speaks for the group."""
    if look.actor.id in rows.group_of(look, row):
        return Side.GROUP
    return Side.CASE_WORKER if Role.OFFICIAL in look.roles and row.case_worker == look.actor.id else None


def demand_side(look: Look, row: Challenge) -> Side:
    """Return for which side whoever acts speaks. Raises NotYours, OwnBid or NotYourCase."""
    group = rows.group_of(look, row)
    if look.actor.id in group:
        return Side.GROUP
    look.demand_own(group)
    demand_no_interest(look.actor.id, rows.interested_in(look, row))
    demand_case_worker(look.actor.id, row.case_worker, Move.LOOK_BACK)
    return Side.CASE_WORKER


def conclusions(moves: Sequence[ChallengeMove]) -> Iterator[tuple[int, ChallengeMove]]:
    """Yield the number of each review that is over, with the move that ended it."""
    number = 0
    for move in moves:
        if move.move == Move.LOOK_BACK:
            number = move.number
        elif move.from_state == State.REVIEW and move.to_state != State.REVIEW:
            yield number, move
