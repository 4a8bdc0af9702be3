# SPDX-License-Identifier: EUPL-1.2
"""Ends an agreement early from either side, hands the task over, writes what was learnt, and closes a bid."""

from uuid import UUID

from wijkbudget.challenges import rows as bids
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.moving import bid_for, move_on
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.reviews import access
from wijkbudget.challenges.reviews.events import (
    AgreementEnded,
    ChallengeClosed,
    LessonWritten,
    TaskHandedBack,
    ThingHandedOver,
)
from wijkbudget.challenges.reviews.models import EarlyEnd, Lesson, ThingHandover
from wijkbudget.challenges.reviews.queries import course, rows
from wijkbudget.challenges.reviews.rules import days, ends
from wijkbudget.challenges.reviews.schemas import (
    CloseChallenge,
    CourseView,
    EndAgreement,
    HandBack,
    HandOver,
    WriteLesson,
)
from wijkbudget.challenges.reviews.service.looking_back import forget_answerers
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.challenges.schemas import ChallengeView
from wijkbudget.trail.work import Work, verb


@verb(access.REPORT)
def hand_back(work: Work, place: str, challenge_id: UUID, command: HandBack) -> CourseView:
    """Give the task back early, with the notice that was agreed.

    Raises ChallengeNotFound, NotYours, WrongState or WrongLastDay.
    """
    row = bid_for(work, place, challenge_id, Move.HAND_BACK)
    days.demand_notice(command.from_on, days.first_day_without(rows.agreed(work, row), work.today))
    number = move_on(work, row, Move.HAND_BACK, command.reason)
    forget_answerers(work, row)
    work.session.add(EarlyEnd(challenge_id=row.id, number=number, place=place, from_on=command.from_on))
    work.session.flush()
    work.record(TaskHandedBack(place=place, subject=str(row.id), from_on=command.from_on.isoformat()))
    return course(work, place, challenge_id)


@verb(access.HANDLE)
def end_agreement(work: Work, place: str, challenge_id: UUID, command: EndAgreement) -> CourseView:
    """End the agreement early for the municipality, with the notice that was agreed unless it is dangerous.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState or WrongLastDay.
    """
    row = bid_for(work, place, challenge_id, Move.END)
    noticed_on = days.first_day_without(rows.agreed(work, row), work.today)
    days.demand_notice(command.from_on, work.today if command.ground in ends.WITHOUT_NOTICE else noticed_on)
    number = move_on(work, row, Move.END, command.reason)
    forget_answerers(work, row)
    work.session.add(
        EarlyEnd(challenge_id=row.id, number=number, place=place, from_on=command.from_on, ground=command.ground)
    )
    work.session.flush()
    work.record(
        AgreementEnded(place=place, subject=str(row.id), from_on=command.from_on.isoformat(), ground=command.ground)
    )
    return course(work, place, challenge_id)


@verb(access.TELL)
def hand_over(work: Work, place: str, challenge_id: UUID, command: HandOver) -> CourseView:
    """Write down that one thing was handed over, and where it went.

    Raises ChallengeNotFound, NotYours, OwnBid, NotYourCase, WrongState or HandedOverBefore.
    """
    row, side = _ended(work, place, challenge_id)
    ends.demand_to_hand_over(command.thing, rows.handovers(work, row.id))
    work.session.add(
        ThingHandover(
            challenge_id=row.id,
            thing=command.thing,
            place=place,
            side=side,
            words=command.words,
            teller=work.actor.id,
            handed_on=work.today,
        )
    )
    work.session.flush()
    work.record(ThingHandedOver(place=place, subject=str(row.id), thing=command.thing))
    return course(work, place, challenge_id)


@verb(access.TELL)
def write_lesson(work: Work, place: str, challenge_id: UUID, command: WriteLesson) -> CourseView:
    """Write what your side learnt, once, for whoever takes up such a task next.

    Raises ChallengeNotFound, NotYours, OwnBid, NotYourCase, WrongState, WrittenBefore or TooManyWords.
    """
    row, side = _ended(work, place, challenge_id)
    ends.demand_first_lesson(side, [Side(lesson.side) for lesson in rows.lessons(work, row.id)])
    ends.demand_short(command.words)
    work.session.add(
        Lesson(
            challenge_id=row.id,
            side=side,
            place=place,
            words=command.words,
            writer=work.actor.id,
            written_on=work.today,
        )
    )
    work.session.flush()
    work.record(LessonWritten(place=place, subject=str(row.id), side=side))
    return course(work, place, challenge_id)


@verb(access.HANDLE)
def close(work: Work, place: str, challenge_id: UUID, command: CloseChallenge) -> ChallengeView:
    """Close a bid: its work was handed over and paid for, or nobody can object to its no any more.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, NotHandedOver or StillObjectable.
    """
    row = bid_for(work, place, challenge_id, Move.CLOSE)
    last_on = rows.last_work_day(work, row)
    if last_on is not None:
        ends.demand_all_handed_over(
            last_on=last_on,
            done=rows.handovers(work, row.id),
            is_settled=rows.is_settled(work, row),
            has_lesson=bool(rows.lessons(work, row.id)),
            today=work.today,
        )
    else:
        known_on, until_on = rows.no_of(work, row)
        ends.demand_final(is_known=known_on is not None, objectable_until=until_on, today=work.today)
    move_on(work, row, Move.CLOSE, command.reason)
    work.record(ChallengeClosed(place=place, subject=str(row.id)))
    return challenge(work, place, challenge_id)


def _ended(work: Work, place: str, challenge_id: UUID) -> tuple[Challenge, Side]:
    """Return a bid whose work has ended, and the side that whoever acts speaks for.

    Raises ChallengeNotFound, NotYours, OwnBid, NotYourCase or WrongState.
    """
    row = bids.challenge_row(work, place, challenge_id)
    side = rows.demand_side(work, row)
    ends.demand_over(State(row.state))
    return row, side
