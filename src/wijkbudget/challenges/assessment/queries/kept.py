# SPDX-License-Identifier: EUPL-1.2
"""Finds what was said and found about one bid."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.assessment import rules
from wijkbudget.challenges.assessment.models import (
    ChallengeTalk,
    GroundFinding,
    IntendedGround,
    IntendedRefusal,
    IntentionAnswer,
    TalkMinutes,
)
from wijkbudget.challenges.assessment.rules import Finding
from wijkbudget.challenges.assessment.schemas import GroundName, IntentionView
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.rules.grounds import GROUNDS, Ground
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.kit.period import day_of
from wijkbudget.trail.work import Look

TAKES_ON = frozenset({Move.TAKE_ON, Move.COMPLETE})
"""By these moves an official begins to look into a bid."""


def talks_of(look: Look, row: Challenge) -> Sequence[ChallengeTalk]:
    """Return every plan for the talk, the last one last."""
    talks = select(ChallengeTalk).where(col(ChallengeTalk.challenge_id) == row.id)
    return look.session.exec(talks.order_by(col(ChallengeTalk.number))).all()


def minutes_of(look: Look, row: Challenge) -> TalkMinutes | None:
    """Return what was said in the talk, if that was written down."""
    return look.session.get(TalkMinutes, row.id)


def taken_on(moves: Iterable[ChallengeMove]) -> date:
    """Return the day on which an official began to look into a bid."""
    return max(day_of(move.moved_at) for move in moves if move.move in TAKES_ON)


def findings_of(look: Look, row: Challenge) -> Sequence[GroundFinding]:
    """Return all that was ever found about a bid, in order."""
    found = select(GroundFinding).where(col(GroundFinding.challenge_id) == row.id)
    return look.session.exec(found.order_by(col(GroundFinding.number))).all()


def that_count(
    findings: Iterable[GroundFinding], moves: Iterable[ChallengeMove], before: int | None = None
) -> Mapping[Ground, GroundFinding]:
    """Return the last finding of each ground, at present or before a move; what was rewritten is looked at again.

    Choice: a finding from before the group worked its bid out is about another text, so it does not count.
    """
    rewritten = max(
        (move.number for move in moves if move.move == Move.ELABORATE and (before is None or move.number < before)),
        default=0,
    )
    return {
        Ground(found.ground): found
        for found in findings
        if rewritten < found.after_move and (before is None or found.after_move < before)
    }


def found_now(look: Look, row: Challenge) -> Mapping[Ground, Finding]:
    """Return what was found about each ground, as far as it counts now."""
    counted = that_count(findings_of(look, row), rows.moves_of(look, row))
    return {ground: Finding(found.finding) for ground, found in counted.items()}


def intention(look: Look, challenge_id: UUID, number: int) -> IntentionView | None:
    """Return what the municipality meant to say by a move, and what the group answered."""
    told = look.session.get(IntendedRefusal, (challenge_id, number))
    if told is None:
        return None
    grounds = select(IntendedGround.ground).where(
        col(IntendedGround.challenge_id) == challenge_id, col(IntendedGround.number) == number
    )
    named = [Ground(code) for code in sorted(look.session.exec(grounds))]
    answered = look.session.get(IntentionAnswer, (challenge_id, number))
    return IntentionView(
        number=number,
        grounds=[GroundName(ground=ground, name=GROUNDS[ground].name) for ground in named],
        motivation=told.motivation,
        told_on=told.told_on,
        answer_until=told.answer_until,
        answer=answered.answer if answered else None,
        answered_on=day_of(answered.answered_at) if answered else None,
        is_heard=answered is not None or look.today > told.answer_until,
    )


def last_intention(look: Look, challenge_id: UUID) -> IntentionView | None:
    """Return the last time that the municipality meant to say no."""
    numbers = select(IntendedRefusal.number).where(col(IntendedRefusal.challenge_id) == challenge_id)
    number = look.session.exec(numbers.order_by(col(IntendedRefusal.number).desc())).first()
    return intention(look, challenge_id, number) if number else None


def demand_heard(look: Look, row: Challenge) -> None:
    """Do nothing if a bid that waits for a no can get it: its group answered, or its time to is over.

    Raises StillHearing.
    """
    told = last_intention(look, row.id) if row.state == State.INTENDED_REFUSAL else None
    if told:
        rules.demand_heard(told.answer_until, look.today, is_answered=told.answer is not None)
