# SPDX-License-Identifier: EUPL-1.2
"""Puts tasks on the list of what can be challenged, and takes them off; what is listed never changes."""

from uuid import UUID

from wijkbudget.challenges import access
from wijkbudget.challenges.events import TaskListed, TasksImported, TaskWithdrawn
from wijkbudget.challenges.models import MunicipalTask, TaskWithdrawal
from wijkbudget.challenges.queries import municipal_task
from wijkbudget.challenges.queries.tasks import open_titles
from wijkbudget.challenges.rules import tasks as rules
from wijkbudget.challenges.schemas import ImportedTasksView, ImportTasks, ListTask, TaskView, WithdrawTask
from wijkbudget.trail.work import Work, verb


@verb(access.LIST)
def list_task(work: Work, place: str, command: ListTask) -> TaskView:
    """Put a task on the list. Raises NeighbourhoodNotFound or TaskListedBefore.

    Choice: a task on the list never changes, because bids rest on it. What changed is listed anew, and the old one
    is taken off with the reason.
    """
    rules.demand_new_title(command.title, open_titles(work, place))
    row = _add(work, place, command)
    work.session.flush()
    work.record(
        TaskListed(place=place, subject=str(row.id), current_cost_cents=row.current_cost_cents, decider=row.decider)
    )
    return municipal_task(work, place, row.id)


@verb(access.LIST)
def import_tasks(work: Work, place: str, command: ImportTasks) -> ImportedTasksView:
    """Put all tasks of a CSV file on the list, or none of them. Raises NeighbourhoodNotFound or BadTasks."""
    rows = [_add(work, place, line) for line in rules.read_tasks(command.csv, open_titles(work, place))]
    work.session.flush()
    imported = TasksImported(
        place=place, subject=str(work.new_id()), count=len(rows), task_ids=[str(row.id) for row in rows]
    )
    work.record(imported)
    return ImportedTasksView(listed_count=len(rows))


@verb(access.LIST)
def withdraw_task(work: Work, place: str, municipal_task_id: UUID, command: WithdrawTask) -> TaskView:
    """Take a task off the list; bids on it go on. Raises TaskNotFound or TaskWithdrawnBefore."""
    rules.demand_listed(is_open=municipal_task(work, place, municipal_task_id).is_open)
    withdrawal = TaskWithdrawal(
        municipal_task_id=municipal_task_id,
        place=place,
        reason=command.reason,
        withdrawer=work.actor.id,
        withdrawn_at=work.now,
    )
    work.session.add(withdrawal)
    work.session.flush()
    work.record(TaskWithdrawn(place=place, subject=str(municipal_task_id)))
    return municipal_task(work, place, municipal_task_id)


def _add(work: Work, place: str, task: ListTask | rules.TaskLine) -> MunicipalTask:
    row = MunicipalTask(
        id=work.new_id(),
        place=place,
        title=task.title,
        summary=task.summary,
        current_cost_cents=task.current_cost_cents,
        quality=task.quality,
        contract_ends_on=task.contract_ends_on,
        department=task.department,
        decider=task.decider,
        lister=work.actor.id,
        listed_at=work.now,
    )
    work.session.add(row)
    return row
