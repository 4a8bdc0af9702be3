# SPDX-License-Identifier: EUPL-1.2
"""Moves one round to its next phase, and only from the phase it was seen in."""

from sqlmodel import col, delete, update

from wijkbudget.trail.work import Work
from wijkbudget.voting.models import HeldUp, Round
from wijkbudget.voting.phases import Phase, wrong_phase


def move(work: Work, row: Round, then: Phase, **values: object) -> None:
    """Move a round on, with what else changes in its row. Raises WrongState if another act was first."""
    moved = work.session.connection().execute(
        update(Round).where(col(Round.id) == row.id, col(Round.phase) == row.phase).values(phase=then, **values)
    )
    if moved.rowcount != 1:
        raise wrong_phase(Phase(row.phase))
    work.session.connection().execute(delete(HeldUp).where(col(HeldUp.round_id) == row.id))
    work.session.expire(row)
