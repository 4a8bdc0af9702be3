"""Closes, counts and finishes a round; each step follows from the one before and from nothing else."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert, select, update

from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.events import BoxSealed, RoundCounted, RoundFinished
from wijkbudget.voting.models import BOX_TABLE, REGISTER_TABLE, OutcomeRow, Sealed
from wijkbudget.voting.phases import (
    Phase,
    demand_closing_day,
    demand_objections_over,
    follow,
    frozen_text,
    objections_until,
)
from wijkbudget.voting.queries.outcomes import sealed_of
from wijkbudget.voting.queries.rounds import frozen_of, row_of
from wijkbudget.voting.schemas import OutcomeView, RoundView
from wijkbudget.voting.sealed import count as count_box
from wijkbudget.voting.sealed import named, per_class, seal, sha256_of
from wijkbudget.voting.service.moving import move


@verb(access.MOVE)
def close(work: Work, place: str, round_id: UUID) -> RoundView:
    """Close a round, seal its box and publish it. Raises RoundNotFound, WrongState or TooEarly."""
    row = row_of(work, place, round_id)
    then = follow(Phase(row.phase), Phase.CLOSED)
    demand_closing_day(row.closes_on, work.today)
    move(work, row, then)
    ballots = _rewrite(work, BOX_TABLE, round_id)
    _rewrite(work, REGISTER_TABLE, round_id)
    stored = [(each["ballot_key"], each["voice_hundredths"], each["marks"]) for each in ballots]
    box = seal(stored, frozen_of(work, place, round_id).ballots_per_class_min)
    work.session.add(Sealed(round_id=round_id, place=place, root=box.root, document=frozen_text(box)))
    work.session.flush()
    work.record(
        BoxSealed(
            place=place,
            subject=str(round_id),
            root=box.root,
            ballots=named(per_class(ballot.voice_hundredths for ballot in box.ballots)),
        )
    )
    return queries.round_(work, place, round_id)


@verb(access.MOVE)
def count(work: Work, place: str, round_id: UUID) -> OutcomeView:
    """Count the sealed box, with the voices and with equal voices. Raises RoundNotFound or WrongState."""
    row = row_of(work, place, round_id)
    then = follow(Phase(row.phase), Phase.COUNTED)
    frozen, box = frozen_of(work, place, round_id), sealed_of(work, place, round_id)
    assert box is not None, "a closed round has a sealed box"
    record = count_box(frozen, str(row.frozen_hash), box)
    document = frozen_text(record)
    outcome_hash = sha256_of(document)
    move(work, row, then, objections_until=objections_until(work.today, frozen.objection_days))
    work.session.add(OutcomeRow(round_id=round_id, place=place, outcome_hash=outcome_hash, document=document))
    work.session.flush()
    work.record(
        RoundCounted(
            place=place,
            subject=str(round_id),
            seed=record.seed,
            outcome_hash=outcome_hash,
            winners=record.weighted.winners,
            equal_winners=record.equal.winners,
        )
    )
    return queries.outcome(work, place, round_id)


@verb(access.MOVE)
def finish(work: Work, place: str, round_id: UUID) -> RoundView:
    """Make the outcome final and forget who voted. Raises RoundNotFound, WrongState or TooEarly."""
    row = row_of(work, place, round_id)
    then = follow(Phase(row.phase), Phase.FINAL)
    if row.objections_until is not None:
        demand_objections_over(row.objections_until, work.today)
    move(work, row, then)
    work.session.connection().execute(
        update(REGISTER_TABLE).where(REGISTER_TABLE.c.round_id == round_id).values(voted_on=None)
    )
    work.record(RoundFinished(place=place, subject=str(round_id)))
    return queries.round_(work, place, round_id)


def _rewrite(work: Work, table: Table, round_id: UUID) -> list[dict[str, Any]]:
    """Write the rows of a round anew in the order of their keys, so that the file tells no order of voting.

    What was deleted is wiped by the database (secure_delete).
    """
    connection = work.session.connection()
    of_round = table.c.round_id == round_id
    rows = connection.execute(select(table).where(of_round).order_by(*table.primary_key.columns)).mappings().all()
    connection.execute(delete(table).where(of_round))
    if rows:
        connection.execute(insert(table), [dict(row) for row in rows])
    return [dict(row) for row in rows]
