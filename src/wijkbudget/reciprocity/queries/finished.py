# SPDX-License-Identifier: EUPL-1.2
"""Reads which tasks somebody finished, and that earned nothing yet."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import col, select

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.models import TimeEntry, UsedTask
from wijkbudget.reciprocity.rules.entries import EntryState
from wijkbudget.reciprocity.rules.voices import window_start
from wijkbudget.trail.work import Look


class FinishedTask(NamedTuple):
    """A task on which somebody gave time on a day, and nobody can dispute that any more."""

    given_on: date
    task_id: UUID


def unused_tasks(look: Look, place: str, person_id: str) -> list[FinishedTask]:
    """Return the tasks that somebody finished and that earned nothing yet, the oldest first.

    Choice: a task and a day is one finished task, however often time was logged on it, so that splitting a day in
    quarters earns nothing more; it counts for as many months as time counts for a voice. Only unpaid time is logged.
    """
    months = neighbourhoods.policy(look, place).rules.reciprocity.window_months
    rows = (
        select(col(TimeEntry.given_on), col(TimeEntry.task_id))
        .where(
            col(TimeEntry.place) == place,
            col(TimeEntry.person_id) == UUID(person_id),
            col(TimeEntry.state) == EntryState.SETTLED,
            col(TimeEntry.given_on) >= window_start(look.today, months),
            ~exists().where(*of_entry()),
        )
        .distinct()
        .order_by(col(TimeEntry.given_on), col(TimeEntry.task_id))
    )
    return [FinishedTask(*row) for row in look.session.exec(rows).all()]


def of_entry() -> tuple[ColumnElement[bool], ...]:
    """Return what makes a task that was used the one that an entry is about."""
    return (
        col(UsedTask.person_id) == col(TimeEntry.person_id),
        col(UsedTask.task_id) == col(TimeEntry.task_id),
        col(UsedTask.given_on) == col(TimeEntry.given_on),
    )


def used_counts(look: Look) -> dict[str, int]:
    """Return how many finished tasks were used for each thing that they earned."""
    rows = select(col(UsedTask.about), func.count()).group_by(col(UsedTask.about))
    return dict(look.session.exec(rows).all())
