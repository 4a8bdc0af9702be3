# SPDX-License-Identifier: EUPL-1.2
"""Reads where the time to decide stands, for one bid or for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select

from wijkbudget.challenges.clocks.models import Adjournment, DefaultNotice, Pause
from wijkbudget.challenges.models import Challenge, ChallengeMove, CompletionRequest
from wijkbudget.challenges.rules import clock
from wijkbudget.challenges.rules.clock import Clock, PauseKind, decision_term, read_clock
from wijkbudget.challenges.rules.states import RUNNING, Move, State
from wijkbudget.challenges.rules.timing import Timing
from wijkbudget.challenges.schemas import ClockView
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look

_ENDS = {PauseKind.COMPLETION: State.INCOMPLETE, PauseKind.ELABORATION: State.ELABORATION}
"""The state whose end ends a pause; any other pause is ended by a move of its own."""


_KEPT_WITH: Mapping[Move, type[Pause | Adjournment | DefaultNotice]] = {
    Move.ELABORATE: Pause,
    Move.PAUSE: Pause,
    Move.ADJOURN: Adjournment,
    Move.GIVE_NOTICE: DefaultNotice,
}
"""What is kept beside a move about time."""


def timings(look: Look, ids: Collection[UUID]) -> Mapping[UUID, Timing]:
    """Return what happened to the time of some bids."""
    found: dict[UUID, Timing] = defaultdict(Timing)
    ends = _ends(look, ids)
    requests = select(CompletionRequest).where(col(CompletionRequest.challenge_id).in_(ids))
    for request in look.session.exec(requests):
        ended_on = _ended_on(ends[request.challenge_id], PauseKind.COMPLETION, 0)
        pause = clock.Pause(
            kind=PauseKind.COMPLETION, asked_on=request.asked_on, last_on=request.last_on, ended_on=ended_on
        )
        found[request.challenge_id].pauses.append(pause)
    begun = select(Pause).where(col(Pause.challenge_id).in_(ids)).order_by(col(Pause.number))
    for row in look.session.exec(begun):
        kind = PauseKind(row.kind)
        ended_on = _ended_on(ends[row.challenge_id], kind, row.number)
        pause = clock.Pause(kind=kind, asked_on=row.asked_on, last_on=row.last_on, ended_on=ended_on)
        found[row.challenge_id].pauses.append(pause)
    for later in look.session.exec(select(Adjournment).where(col(Adjournment.challenge_id).in_(ids))):
        found[later.challenge_id].adjournment = clock.Adjournment(
            adjourned_on=later.adjourned_on, decide_on=later.decide_on
        )
    for notice in look.session.exec(select(DefaultNotice).where(col(DefaultNotice.challenge_id).in_(ids))):
        found[notice.challenge_id].notice_on = notice.given_on
    return found


def timing_of(look: Look, row: Challenge) -> Timing:
    """Return what happened to the time of a bid."""
    return timings(look, [row.id]).get(row.id, Timing())


def clock_of(look: Look, row: Challenge, timing: Timing | None = None) -> Clock:
    """Return where the time to decide about a bid stands; it was sent in."""
    assert row.received_on is not None
    timing = timing or timing_of(look, row)
    policy = neighbourhoods.policy(look, row.place, row.received_on).rules.challenges
    return read_clock(row.received_on, decision_term(policy), timing.pauses, timing.adjournment, look.today)


def shown(look: Look, rows: Collection[Challenge]) -> Mapping[UUID, ClockView]:
    """Return where the time to decide stands, of the bids to which the municipality owes an answer."""
    running = [row for row in rows if row.state in RUNNING]
    found = timings(look, [row.id for row in running])
    return {
        row.id: ClockView.model_validate(clock_of(look, row, found.get(row.id, Timing())), from_attributes=True)
        for row in running
    }


def adjournment(look: Look, challenge_id: UUID) -> Adjournment | None:
    """Return how a decision was put off, if it was."""
    return look.session.get(Adjournment, challenge_id)


def _ends(look: Look, ids: Collection[UUID]) -> Mapping[UUID, list[ChallengeMove]]:
    """Return the moves of some bids that end a pause, the first one first."""
    moves: dict[UUID, list[ChallengeMove]] = defaultdict(list)
    ending = select(ChallengeMove).where(col(ChallengeMove.challenge_id).in_(ids), _is_end())
    for move in look.session.exec(ending.order_by(col(ChallengeMove.number))):
        moves[move.challenge_id].append(move)
    return moves


def _is_end() -> ColumnElement[bool]:
    leaves = and_(
        col(ChallengeMove.from_state).in_(sorted(_ENDS.values())),
        col(ChallengeMove.from_state) != col(ChallengeMove.to_state),
    )
    return or_(leaves, col(ChallengeMove.move) == Move.UNPAUSE)


def _ended_on(ends: Sequence[ChallengeMove], kind: PauseKind, number: int) -> date | None:
    """Return the day on which a pause was ended that a move began, if it was."""
    for move in ends:
        left = move.from_state if kind in _ENDS else move.move
        if move.number > number and left == _ENDS.get(kind, Move.UNPAUSE):
            return day_of(move.moved_at)
    return None


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every bid whose last day is not what happened to its time, or whose pause no move began."""
    running = select(Challenge).where(col(Challenge.state).in_(sorted(RUNNING)))
    bids = {row.id: row for row in look.session.exec(running.order_by(col(Challenge.place), col(Challenge.id)))}
    found = timings(look, list(bids))
    for row in bids.values():
        decide_on = clock_of(look, row, found.get(row.id, Timing())).decide_on
        if row.decide_on != decide_on:
            yield Fault("clocks", f"bid {row.id}", f"is to be decided by {row.decide_on}, its moves say {decide_on}")
    made = {
        (move.challenge_id, move.number): Move(move.move)
        for move in look.session.exec(select(ChallengeMove).where(col(ChallengeMove.move).in_(list(_KEPT_WITH))))
    }
    kept = dict.fromkeys(made, 0)
    kept_rows: list[Pause | Adjournment | DefaultNotice] = [
        *look.session.exec(select(Pause)),
        *look.session.exec(select(Adjournment)),
        *look.session.exec(select(DefaultNotice)),
    ]
    for each in kept_rows:
        key = each.challenge_id, each.number
        kept[key] = kept.get(key, 0) + 1
        if key not in made or _KEPT_WITH[made[key]] is not type(each):
            shows = f"has a row of time that move {each.number} did not make"
            yield Fault("clocks", f"bid {each.challenge_id}", shows)
    for (challenge_id, number), count in kept.items():
        if count != 1:
            yield Fault("clocks", f"bid {challenge_id}", f"has {count} rows of time for move {number}")
