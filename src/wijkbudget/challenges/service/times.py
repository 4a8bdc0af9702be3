# SPDX-License-Identifier: EUPL-1.2
"""What happens to time: it stands still and runs again, a decision is put off, is said to be late, or never asked."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import access
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.clocks.models import Adjournment, DefaultNotice
from wijkbudget.challenges.events import (
    ChallengeExpired,
    ChallengePaused,
    ChallengeUnpaused,
    DecisionAdjourned,
    DefaultNoticeGiven,
)
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.moving import bid_for, keep_time, move_on, stand_still
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.rules import group, timing
from wijkbudget.challenges.rules.clock import PauseKind
from wijkbudget.challenges.rules.idle import expired_before
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.schemas import AdjournDecision, ChallengeView, GiveNotice, PauseTime, UnpauseTime
from wijkbudget.kit.penalty import penalty
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb

EXPIRED_AT_ONCE = 100
"""Choice: how many concepts one act drops, so that it does not hold the writer for long."""


@verb(access.HANDLE)
def pause(work: Work, place: str, challenge_id: UUID, command: PauseTime) -> ChallengeView:
    """Let the time to decide stand still, because of the group or because nobody can help it.

    Source: Awb art. 4:15 lid 2 sub b and c, and lid 3.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, TimeOver, StandsStill or BadLastDay.
    """
    row = bid_for(work, place, challenge_id, Move.PAUSE)
    happened = clocks.timing_of(work, row)
    timing.demand_pausable(happened, clocks.clock_of(work, row, happened), command.last_on, work.today)
    stand_still(work, row, Move.PAUSE, PauseKind(command.cause), command.last_on, reason=command.reason)
    work.record(
        ChallengePaused(
            place=place,
            subject=str(row.id),
            cause=command.cause,
            last_on=command.last_on.isoformat(),
            decide_on=clocks.clock_of(work, row).decide_on.isoformat(),
        )
    )
    return challenge(work, place, challenge_id)


@verb(access.HANDLE)
def unpause(work: Work, place: str, challenge_id: UUID, command: UnpauseTime) -> ChallengeView:
    """Let the time to decide run again from today. Source: Awb art. 4:15 lid 4.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState or RunsAlready.
    """
    row = bid_for(work, place, challenge_id, Move.UNPAUSE)
    timing.demand_paused(clocks.timing_of(work, row), work.today)
    move_on(work, row, Move.UNPAUSE, command.reason)
    decide_on = clocks.clock_of(work, row).decide_on
    work.record(ChallengeUnpaused(place=place, subject=str(row.id), decide_on=decide_on.isoformat()))
    return challenge(work, place, challenge_id)


@verb(access.HANDLE)
def adjourn(work: Work, place: str, challenge_id: UUID, command: AdjournDecision) -> ChallengeView:
    """Put a decision off to a day that is named. Source: Awb art. 4:14.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, NotArranged, TimeOver, PutOffBefore or BadLastDay.
    """
    row = bid_for(work, place, challenge_id, Move.ADJOURN)
    policy = group.demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    happened = clocks.timing_of(work, row)
    timing.demand_adjournable(policy, happened, clocks.clock_of(work, row, happened), command.decide_on)
    number = move_on(work, row, Move.ADJOURN, command.reason)
    work.session.add(
        Adjournment(
            challenge_id=row.id, number=number, place=place, adjourned_on=work.today, decide_on=command.decide_on
        )
    )
    keep_time(work, row)
    work.record(DecisionAdjourned(place=place, subject=str(row.id), decide_on=command.decide_on.isoformat()))
    return challenge(work, place, challenge_id)


@verb(access.GROUP)
def give_notice(work: Work, place: str, challenge_id: UUID, command: GiveNotice) -> ChallengeView:
    """Tell the municipality that it is too late, so that each day costs it from two weeks later on.

    Source: Awb art. 4:17 lid 1 and 3 (notice of default).

    Raises ChallengeNotFound, NotYours, WrongState, TimeNotOver or ToldBefore.
    """
    row = bid_for(work, place, challenge_id, Move.GIVE_NOTICE)
    happened = clocks.timing_of(work, row)
    timing.demand_late(happened, clocks.clock_of(work, row, happened))
    number = move_on(work, row, Move.GIVE_NOTICE, command.reason)
    work.session.add(DefaultNotice(challenge_id=row.id, number=number, place=place, given_on=work.today))
    work.session.flush()
    first_on = penalty(work.today, work.today).first_on
    work.record(DefaultNoticeGiven(place=place, subject=str(row.id), first_on=first_on.isoformat()))
    return challenge(work, place, challenge_id)


@verb(access.DUE)
def expire_concepts(work: Work, place: str) -> int:
    """Drop concepts on which nobody wrote for a year, and return how many; there may be more."""
    idle = select(Challenge).where(
        col(Challenge.place) == place,
        col(Challenge.state) == State.CONCEPT,
        col(Challenge.written_on) < expired_before(work.today),
    )
    over = work.session.exec(idle.order_by(col(Challenge.written_on), col(Challenge.id)).limit(EXPIRED_AT_ONCE)).all()
    for row in over:
        move_on(work, row, Move.EXPIRE)
        work.record(ChallengeExpired(place=place, subject=str(row.id)))
    return len(over)
