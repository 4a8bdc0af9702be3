# SPDX-License-Identifier: EUPL-1.2
"""Closes, counts and finishes a round; each step follows from the one before and from nothing else."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, insert, select, update

from wijkbudget.trail.work import Draft, Look, Outdated, Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.events import BoxSealed, RoundCounted, RoundFinished
from wijkbudget.voting.letters.service import forget_reports
from wijkbudget.voting.mandates.service import forget_mandates
from wijkbudget.voting.models import BOX_TABLE, REGISTER_TABLE, OutcomeRow, Round, Sealed
from wijkbudget.voting.paper.queries import demand_balanced
from wijkbudget.voting.phases import (
    Phase,
    demand_closing_day,
    demand_drawn,
    demand_objections_over,
    follow,
    frozen_text,
    objections_until,
)
from wijkbudget.voting.queries.outcomes import root_of, sealed_of
from wijkbudget.voting.queries.rounds import drawn_of, frozen_of, row_of
from wijkbudget.voting.schemas import OutcomeView, RoundView
from wijkbudget.voting.sealed import OutcomeRecord, SealedBox, named, per_class, sha256_of
from wijkbudget.voting.sealed import count as count_box
from wijkbudget.voting.sealed import seal as seal_box
from wijkbudget.voting.service.moving import move
from wijkbudget.voting.service.signing import signed
from wijkbudget.voting.turnout import turnout


@dataclass(frozen=True, kw_only=True)
class Closing:
    """The box as it will be published, with the rows that it was made of."""

    stored: list[dict[str, Any]]
    box: SealedBox
    document: str
    sizes: dict[str, int]
    """How many ballots there are of each voice."""


def draft_closing(draft: Draft, place: str, round_id: UUID) -> Closing:
    """Return the sealed box of a round whose last day is over.

    Raises RoundNotFound, WrongState, TooEarly, or SheetUnbalanced while paper ballots are to be entered.
    """
    _closable(draft, place, round_id)
    stored = _stored(draft, BOX_TABLE, round_id)
    ballots = ((each["ballot_key"], each["voice_hundredths"], each["marks"], each["turn"]) for each in stored)
    frozen = frozen_of(draft, place, round_id)
    box = seal_box(ballots, frozen.ballots_per_class_min, (each.voice_hundredths for each in frozen.classes))
    sizes = named(per_class(ballot.voice_hundredths for ballot in box.ballots))
    return Closing(stored=stored, box=box, document=frozen_text(box), sizes=sizes)


@verb(access.MOVE, prepare=draft_closing)
def close(work: Work, place: str, round_id: UUID) -> RoundView:
    """Close a round, seal its box and publish it. Raises what `draft_closing` does, or Outdated."""
    close_as(work, place, round_id, work.prepared(draft_closing))
    return queries.round_(work, place, round_id)


def close_as(work: Work, place: str, round_id: UUID, closing: Closing) -> None:
    """Write the close of a round. Raises what `draft_closing` does, or Outdated, with nothing written."""
    row = _closable(work, place, round_id)
    # Nobody can vote any more, so this only guards against a ballot that was on its way at midnight.
    if _stored(work, BOX_TABLE, round_id) != closing.stored:
        raise Outdated
    move(work, row, Phase.CLOSED)
    _rewrite(work, BOX_TABLE, round_id, closing.stored)
    register = _stored(work, REGISTER_TABLE, round_id)
    _rewrite(work, REGISTER_TABLE, round_id, register)
    voted = turnout(
        ((each["voice_hundredths"], each["voted_on"]) for each in register),
        (row.opens_on, row.closes_on),
        closing.box.counted_as,
        frozen_of(work, place, round_id).ballots_per_class_min,
    )
    root = closing.box.root
    seal = signed(work.keys, str(round_id), closing.box, voted)
    sealed = {"round_id": round_id, "place": place, "root": root, "document": closing.document}
    documents = {"turnout": frozen_text(voted), "seal": frozen_text(seal)}
    work.session.connection().execute(insert(Sealed).values(**sealed, **documents))
    work.record(
        BoxSealed(
            place=place,
            subject=str(round_id),
            root=root,
            ballots=closing.sizes,
            voted={str(each.voice_hundredths): each.voted for each in voted.classes},
            seal_hash=sha256_of(seal.note),
        )
    )


def draft_count(draft: Draft, place: str, round_id: UUID) -> OutcomeRecord:
    """Return both counts of a sealed box. Raises RoundNotFound, WrongState or LotsNotDrawn."""
    row, drawn = row_of(draft, place, round_id), drawn_of(draft, place, round_id)
    follow(Phase(row.phase), Phase.COUNTED)
    demand_drawn(row.lots_from, drawn)
    box = sealed_of(draft, place, round_id)
    assert box is not None, "a closed round has a sealed box"
    return count_box(frozen_of(draft, place, round_id), str(row.frozen_hash), box, drawn)


@verb(access.MOVE, prepare=draft_count)
def count(work: Work, place: str, round_id: UUID) -> OutcomeView:
    """Count the sealed box, with the voices and with equal voices.

    Raises RoundNotFound, WrongState, LotsNotDrawn or Outdated.
    """
    count_as(work, place, round_id, work.prepared(draft_count))
    return queries.outcome(work, place, round_id)


def count_as(work: Work, place: str, round_id: UUID, record: OutcomeRecord) -> None:
    """Write the outcome of a round. Raises RoundNotFound, WrongState or Outdated, with nothing written."""
    row = row_of(work, place, round_id)
    then = follow(Phase(row.phase), Phase.COUNTED)
    if (row.frozen_hash, root_of(work, place, round_id)) != (record.frozen_hash, record.root):
        raise Outdated
    document = frozen_text(record)
    outcome_hash = sha256_of(document)
    days = frozen_of(work, place, round_id).objection_days
    move(work, row, then, objections_until=objections_until(work.today, days))
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


@verb(access.MOVE)
def finish(work: Work, place: str, round_id: UUID) -> RoundView:
    """Make the outcome final and forget who voted. Raises RoundNotFound, WrongState or TooEarly."""
    finish_now(work, place, round_id)
    return queries.round_(work, place, round_id)


def finish_now(work: Work, place: str, round_id: UUID) -> None:
    """Write that an outcome is final. Raises RoundNotFound, WrongState or TooEarly, with nothing written."""
    row = row_of(work, place, round_id)
    then = follow(Phase(row.phase), Phase.FINAL)
    if row.objections_until is not None:
        demand_objections_over(row.objections_until, work.today)
    move(work, row, then)
    work.session.connection().execute(
        update(REGISTER_TABLE).where(REGISTER_TABLE.c.round_id == round_id).values(voted_on=None)
    )
    forget_reports(work, round_id)
    forget_mandates(work, round_id)
    work.record(RoundFinished(place=place, subject=str(round_id)))


def _closable(look: Look, place: str, round_id: UUID) -> Round:
    """Return a round that can be closed now. Raises RoundNotFound, WrongState, TooEarly or SheetUnbalanced."""
    row = row_of(look, place, round_id)
    follow(Phase(row.phase), Phase.CLOSED)
    demand_closing_day(row.closes_on, look.today)
    demand_balanced(look, row)
    return row


def _stored(look: Look, table: Table, round_id: UUID) -> list[dict[str, Any]]:
    """Return the rows of a round in the order of their keys, as they can be written again."""
    # The round is the same in all of them, so it is not read from each: a long list, and the writer waits.
    columns = [column for column in table.columns if column.name != "round_id"]
    names = [column.name for column in columns]
    rows = select(*columns).where(table.c.round_id == round_id).order_by(*table.primary_key.columns)
    found = look.session.connection().execute(rows)
    return [dict(zip(names, row, strict=True), round_id=round_id) for row in found]


def _rewrite(work: Work, table: Table, round_id: UUID, rows: list[dict[str, Any]]) -> None:
    """Write the rows of a round anew in the order of their keys, so that the file tells no order of voting.

    What was deleted is wiped by the database (secure_delete).
    """
    connection = work.session.connection()
    connection.execute(delete(table).where(table.c.round_id == round_id))
    if rows:
        connection.execute(insert(table), rows)
