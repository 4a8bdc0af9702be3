# SPDX-License-Identifier: EUPL-1.2
"""Proves bids: their state is what their moves say, their days are those of the moves, their group was large enough."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges.models import Challenge, ChallengeMove, CompletionRequest, GroupMember
from wijkbudget.challenges.queries.proposals import check_proposals
from wijkbudget.challenges.rules.completion import PUT_ASIDE_BY, put_aside_until
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.table import demand_step
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every bid that its moves, its days or its group do not bear out."""
    yield from check_proposals(look)
    moves: dict[UUID, list[ChallengeMove]] = defaultdict(list)
    for move in look.session.exec(select(ChallengeMove).order_by(col(ChallengeMove.number))):
        moves[move.challenge_id].append(move)
    groups: dict[UUID, list[GroupMember]] = defaultdict(list)
    for member in look.session.exec(select(GroupMember).where(col(GroupMember.person).is_not(None))):
        groups[member.challenge_id].append(member)
    requests = {row.challenge_id: row for row in look.session.exec(select(CompletionRequest))}
    ordered = select(Challenge).order_by(col(Challenge.place), col(Challenge.started_at), col(Challenge.id))
    for row in look.session.exec(ordered).all():
        walked = moves[row.id]
        for shows in (
            *_states(row, walked),
            *_days(row, walked, requests.get(row.id)),
            *_group(look, row, walked, groups[row.id]),
        ):
            yield Fault("challenges", f"bid {row.id}", shows)


def _states(row: Challenge, moves: Sequence[ChallengeMove]) -> Iterator[str]:
    """Yield how the moves of a bid do not lead to its state."""
    now: State | None = None
    for number, move in enumerate(moves, 1):
        if (move.number, move.from_state) != (number, now):
            yield f"its move {number} does not follow the one before"
            return
        try:
            step = demand_step(now, Move(move.move))
        except WrongState:
            yield f"its move {number} is not in the table"
            return
        if move.to_state != step.then:
            yield f"its move {number} led to {move.to_state}, the table says {step.then}"
        now = step.then
    if (row.state, row.move_count) != (now, len(moves)):
        yield f"is {row.state} after {row.move_count} moves, its moves say {now} after {len(moves)}"


def _days(row: Challenge, moves: Sequence[ChallengeMove], request: CompletionRequest | None) -> Iterator[str]:
    """Yield how the days of a bid are not those of its moves."""
    on = {move.move: day_of(move.moved_at) for move in moves}
    if row.received_on != on.get(Move.SUBMIT):
        yield f"was received on {row.received_on}, and sent in on {on.get(Move.SUBMIT)}"
    if (request.asked_on if request else None) != on.get(Move.ASK_TO_COMPLETE):
        yield "was found incomplete without a request, or on another day"
    aside = on.get(Move.PUT_ASIDE)
    if aside and request and not request.last_on < aside <= put_aside_until(request.last_on):
        yield f"was put aside on {aside}, against {PUT_ASIDE_BY}"


def _group(look: Look, row: Challenge, moves: Sequence[ChallengeMove], group: Sequence[GroupMember]) -> Iterator[str]:
    """Yield how too few people stood behind a bid when it was sent in, or how one of them dealt with it."""
    sent = next((move for move in moves if move.move == Move.SUBMIT), None)
    if sent is None:
        return
    policy = neighbourhoods.policy(look, row.place, day_of(sent.moved_at)).rules.challenges
    joined = [member for member in group if member.answered_at and member.answered_at <= sent.moved_at]
    if policy is None or len(joined) < policy.group_min:
        asked = f"asks {policy.group_min}" if policy else "knows no challenges"
        yield f"was sent in by {len(joined)} people, and the policy {asked}"
    if row.case_worker in {member.person for member in group}:
        yield "is handled by somebody of its group"
