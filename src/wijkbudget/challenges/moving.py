# SPDX-License-Identifier: EUPL-1.2
"""Brings a bid into its next state, and writes down who did it, on what ground of law and why."""

from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.rules.states import Move, State, Step, demand_step
from wijkbudget.db.moving import move
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work

AS_READ = ("state", "move_count")
"""What must not have changed when a bid moves on."""


def move_on(work: Work, row: Challenge, by: Move, reason: str = "", **values: object) -> None:
    """Make a move of the table. Raises WrongState or ChangedMeanwhile."""
    step, number = demand_step(State(row.state), by), row.move_count + 1
    move(work.session, row, AS_READ, state=step.then, move_count=number, **values)
    write_move(work, row, step, number, reason)


def write_move(work: Work, row: Challenge, step: Step, number: int, reason: str = "") -> None:
    """Write down a move of the table that was made."""
    work.session.add(
        ChallengeMove(
            challenge_id=row.id,
            number=number,
            place=row.place,
            move=step.move,
            from_state=step.now,
            to_state=step.then,
            actor=work.actor.id,
            moved_at=work.now,
            base=step.base or _by_law(work, row.place),
            reason=reason,
        )
    )
    work.session.flush()


def _by_law(work: Work, place: str) -> str:
    """Return the article on challenges, or the by-law as a whole if it has none any more."""
    rules = neighbourhoods.policy(work, place).rules
    return rules.challenges.article if rules.challenges else rules.by_law
