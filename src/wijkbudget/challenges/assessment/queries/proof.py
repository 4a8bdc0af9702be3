# SPDX-License-Identifier: EUPL-1.2
"""Proves how bids were looked into: the talk before advice, every ground before a decision, nobody refused unheard."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.assessment.models import (
    GroundFinding,
    IntendedGround,
    IntendedRefusal,
    IntentionAnswer,
    TalkMinutes,
)
from wijkbudget.challenges.assessment.queries.kept import that_count
from wijkbudget.challenges.assessment.rules import still_open
from wijkbudget.challenges.models import ChallengeMove
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.challenges.rules.table import side_of
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.trail.work import Look

AFTER_THE_TALK = frozenset({Move.ASK_ADVICE, Move.INTEND_REFUSAL})


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every bid that was brought further without what its move needs."""
    moves: dict[UUID, list[ChallengeMove]] = defaultdict(list)
    in_order = select(ChallengeMove).order_by(col(ChallengeMove.challenge_id), col(ChallengeMove.number))
    for move in look.session.exec(in_order):
        moves[move.challenge_id].append(move)
    found: dict[UUID, list[GroundFinding]] = defaultdict(list)
    for finding in look.session.exec(select(GroundFinding).order_by(col(GroundFinding.number))):
        found[finding.challenge_id].append(finding)
    minutes = {row.challenge_id: row for row in look.session.exec(select(TalkMinutes))}
    for challenge_id, walked in moves.items():
        for shows in (
            *_after_the_talk(walked, minutes.get(challenge_id)),
            *_looked_at(walked, found[challenge_id]),
            *_other_eyes(walked),
        ):
            yield Fault("assessment", f"bid {challenge_id}", shows)
    yield from _heard(look, moves)


def _after_the_talk(moves: Sequence[ChallengeMove], minutes: TalkMinutes | None) -> Iterator[str]:
    """Yield how a bid went on before what was said in the talk was written down."""
    for move in moves:
        if move.move in AFTER_THE_TALK and (minutes is None or minutes.written_at > move.moved_at):
            yield f"its move {move.number} ({move.move}) came before what was said in the talk was written down"


def _looked_at(moves: Sequence[ChallengeMove], findings: Sequence[GroundFinding]) -> Iterator[str]:
    """Yield how a bid was made ready while nobody had looked at a ground."""
    for move in moves:
        left = still_open(that_count(findings, moves, move.number)) if move.move == Move.MAKE_READY else []
        if left:
            yield f"was made ready by move {move.number}, and nobody had looked at {', '.join(left)}"


def _other_eyes(moves: Sequence[ChallengeMove]) -> Iterator[str]:
    """Yield how somebody decided about a bid after having worked on it."""
    worked: set[str] = set()
    for move in moves:
        if move.move in rows.CASE_WORKER_MOVES:
            worked.add(move.actor)
        elif side_of(Move(move.move)) is Side.DECIDER and move.actor in worked:
            yield f"its move {move.number} ({move.move}) is of somebody who worked on it"


def _heard(look: Look, moves: dict[UUID, list[ChallengeMove]]) -> Iterator[Fault]:
    """Yield a fault for every no that was meant without a ground, or said before the group could answer."""
    told = {(row.challenge_id, row.number): row for row in look.session.exec(select(IntendedRefusal))}
    answered = {(row.challenge_id, row.number): row for row in look.session.exec(select(IntentionAnswer))}
    grounded = {*look.session.exec(select(IntendedGround.challenge_id, IntendedGround.number))}
    for challenge_id, walked in moves.items():
        last: IntendedRefusal | None = None
        for move in walked:
            key = (challenge_id, move.number)
            if (move.move == Move.INTEND_REFUSAL) != (key in told and key in grounded):
                shows = f"its move {move.number} ({move.move}) names no grounds, or names some and should not"
                yield Fault("assessment", f"bid {challenge_id}", shows)
            last = told.get(key, last)
            if move.move != Move.REFUSE or move.from_state != State.INTENDED_REFUSAL or last is None:
                continue
            answer = answered.get((challenge_id, last.number))
            is_heard = answer is not None and answer.answered_at <= move.moved_at
            if not is_heard and day_of(move.moved_at) <= last.answer_until:
                yield Fault("assessment", f"bid {challenge_id}", "was refused while its group could still answer")
