# SPDX-License-Identifier: EUPL-1.2
"""Answers about the tasks of the municipality that can be challenged."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import access
from wijkbudget.challenges.models import MunicipalTask, TaskWithdrawal
from wijkbudget.challenges.rules.tasks import COLUMNS, Decider, TaskLine, TaskNotFound, found_by, tasks_sheet
from wijkbudget.challenges.schemas import TaskView
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def municipal_tasks(look: Look, place: str, word: str | None = None) -> list[TaskView]:
    """Return the tasks of a neighbourhood in which the words stand, the open ones first. Raises NeighbourhoodNotFound.

    Tasks are few, so they are searched here: every database would fold capitals in its own way.
    """
    neighbourhoods.neighbourhood(look, place)
    rows = (
        select(MunicipalTask, TaskWithdrawal)
        .join(TaskWithdrawal, col(TaskWithdrawal.municipal_task_id) == col(MunicipalTask.id), isouter=True)
        .where(col(MunicipalTask.place) == place)
    )
    found = [
        _view(row, withdrawal)
        for row, withdrawal in look.session.exec(rows)
        if found_by(word or "", row.title, row.summary, row.department)
    ]
    return sorted(found, key=lambda task: (not task.is_open, task.title.casefold(), str(task.id)))


@question(access.READ)
def municipal_task(look: Look, place: str, municipal_task_id: UUID) -> TaskView:
    """Return one task. Raises TaskNotFound."""
    row = look.session.get(MunicipalTask, municipal_task_id)
    if row is None or row.place != place:
        raise TaskNotFound(_("There is no such task in this neighbourhood."))
    return _view(row, look.session.get(TaskWithdrawal, municipal_task_id))


@question(access.READ)
def tasks_file(look: Look, place: str) -> str:
    """Return the tasks on the list as a file (CSV), as it can be imported elsewhere. Raises NeighbourhoodNotFound."""
    on_the_list = [task for task in municipal_tasks(look, place) if task.is_open]
    lines = (
        TaskLine(number=number, **{name: getattr(task, name) for name in COLUMNS.values()})
        for number, task in enumerate(on_the_list, 1)
    )
    return tasks_sheet(lines)


def open_titles(look: Look, place: str) -> list[str]:
    """Return the names of the tasks on the list."""
    return [task.title for task in municipal_tasks(look, place) if task.is_open]


def _view(row: MunicipalTask, withdrawal: TaskWithdrawal | None) -> TaskView:
    return TaskView(
        id=row.id,
        title=row.title,
        summary=row.summary,
        current_cost_cents=row.current_cost_cents,
        quality=row.quality,
        contract_ends_on=row.contract_ends_on,
        department=row.department,
        decider=Decider(row.decider),
        listed_on=day_of(row.listed_at),
        is_open=withdrawal is None,
        withdrawn_on=day_of(withdrawal.withdrawn_at) if withdrawal else None,
        why_withdrawn=withdrawal.reason if withdrawal else None,
    )
