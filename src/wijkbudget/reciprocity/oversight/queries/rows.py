# SPDX-License-Identifier: EUPL-1.2
"""Reads time with who gave and who confirmed it, for the audit committee."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.reciprocity.models import Task, TimeEntry
from wijkbudget.reciprocity.oversight.schemas import LookedAtView
from wijkbudget.reciprocity.rules.entries import EntryState
from wijkbudget.trail.work import Look


def entries_where(look: Look, *conditions: ColumnElement[bool]) -> list[tuple[TimeEntry, str]]:
    """Return the entries that meet conditions with the titles of their tasks, the oldest first."""
    rows = (
        select(TimeEntry, Task.title)
        .join(Task, col(Task.id) == col(TimeEntry.task_id))
        .where(*conditions)
        .order_by(col(TimeEntry.given_on), col(TimeEntry.id))
    )
    return list(look.session.exec(rows).all())


def looked_at(look: Look, found: Sequence[tuple[TimeEntry, str]]) -> list[LookedAtView]:
    """Return entries as the audit committee sees them."""
    people = {str(person) for entry, _title in found for person in (entry.person_id, entry.confirmed_by) if person}
    names = identity.names(look, people)
    return [
        LookedAtView(
            id=entry.id,
            task_title=title,
            giver_name=names.get(str(entry.person_id), ""),
            confirmer_name=names.get(str(entry.confirmed_by), ""),
            given_on=entry.given_on,
            minutes=entry.minutes,
            state=EntryState(entry.state),
        )
        for entry, title in found
    ]
