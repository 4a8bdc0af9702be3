# SPDX-License-Identifier: EUPL-1.2
"""Reads who confirms mostly each other, and what was said of it."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import months_after
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.models import TimeEntry
from wijkbudget.reciprocity.oversight import access, rules
from wijkbudget.reciprocity.oversight.models import RingNote
from wijkbudget.reciprocity.oversight.queries.rows import entries_where, looked_at
from wijkbudget.reciprocity.oversight.rules import RING_MONTHS, Ring, RingNotFound
from wijkbudget.reciprocity.oversight.schemas import RingLineView, RingNoteView, RingsView, RingView
from wijkbudget.reciprocity.rules.entries import EntryState
from wijkbudget.trail.work import Look, question


class Found(NamedTuple):
    """A ring, and how much time its people confirmed among themselves."""

    ring: Ring
    inside_minutes: int


@question(access.LOOK_CLOSER)
def rings(look: Look, place: str) -> RingsView:
    """Return who confirms mostly each other in the last year, those with most entries first."""
    found = found_rings(look, place)
    notes = _notes(look, place, [each.ring.key for each in found])
    names = identity.names(look, {person for each in found for person in each.ring.people})
    return RingsView(
        first_on=months_after(look.today, -RING_MONTHS),
        rings=[_line(each, names, notes.get(each.ring.key, [])) for each in found],
    )


@question(access.LOOK_CLOSER)
def ring(look: Look, place: str, key: str) -> RingView:
    """Return one ring with what they confirmed among themselves, the oldest first. Raises RingNotFound."""
    found = ring_called(look, place, key)
    notes = _notes(look, place, [key]).get(key, [])
    names = identity.names(look, {*found.ring.people, *(str(note.noted_by) for note in notes)})
    people = [UUID(person) for person in found.ring.people]
    inside = col(TimeEntry.person_id).in_(people), col(TimeEntry.confirmed_by).in_(people)
    return RingView(
        **dict(_line(found, names, notes)),
        entries=looked_at(look, entries_where(look, *_confirmed_lately(look, place), *inside)),
        notes=[
            RingNoteView(
                noted_on=note.noted_on,
                noted_by=names.get(str(note.noted_by), ""),
                reason=note.reason,
                entry_count=note.entry_count,
            )
            for note in notes
        ],
        may_note=look.actor.id not in found.ring.people,
    )


def ring_called(look: Look, place: str, key: str) -> Found:
    """Return a ring by its name. Raises RingNotFound."""
    found = next((each for each in found_rings(look, place) if each.ring.key == key), None)
    if found is None:
        raise RingNotFound(_("There are no such people here, or they confirm others too by now."))
    return found


def found_rings(look: Look, place: str) -> list[Found]:
    """Return all rings of the last year."""
    giver, confirmer = col(TimeEntry.person_id), col(TimeEntry.confirmed_by)
    rows = select(giver, confirmer, func.count(), func.sum(col(TimeEntry.minutes))).group_by(giver, confirmer)
    counts: dict[tuple[str, str], int] = {}
    minutes: dict[tuple[str, str], int] = {}
    for one, other, count, total in look.session.exec(rows.where(*_confirmed_lately(look, place))).all():
        counts[str(one), str(other)], minutes[str(one), str(other)] = count, int(total)
    return [
        Found(each, sum(minutes.get((one, other), 0) for one in each.people for other in each.people))
        for each in rules.rings(counts)
    ]


def _confirmed_lately(look: Look, place: str) -> tuple[ColumnElement[bool], ...]:
    """Return what makes an entry count for rings: confirmed, and not found wrong or taken back."""
    stands = (EntryState.CONFIRMED, EntryState.DISPUTED, EntryState.SETTLED)
    return (
        col(TimeEntry.place) == place,
        col(TimeEntry.confirmed_by).is_not(None),
        col(TimeEntry.state).in_(stands),
        col(TimeEntry.given_on) >= months_after(look.today, -RING_MONTHS),
    )


def _notes(look: Look, place: str, keys: Sequence[str]) -> dict[str, list[RingNote]]:
    """Return what was said of rings, by their name, the newest first."""
    rows = select(RingNote).where(col(RingNote.place) == place, col(RingNote.ring).in_(keys))
    found: dict[str, list[RingNote]] = {}
    for note in look.session.exec(rows.order_by(col(RingNote.noted_on).desc(), col(RingNote.id))).all():
        found.setdefault(note.ring, []).append(note)
    return found


def _line(found: Found, names: dict[str, str], notes: Sequence[RingNote]) -> RingLineView:
    ring = found.ring
    return RingLineView(
        key=ring.key,
        names=sorted(names.get(person, "") for person in ring.people),
        inside_count=ring.inside_count,
        entry_count=ring.entry_count,
        inside_minutes=found.inside_minutes,
        # Any other number than when somebody looked asks for another look.
        is_looked_at=any(note.entry_count == ring.entry_count for note in notes),
    )
