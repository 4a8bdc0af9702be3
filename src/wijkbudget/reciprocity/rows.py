# SPDX-License-Identifier: EUPL-1.2
"""Finds a task, who answers for it, and whether somebody may give time to it."""

from contextlib import suppress
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import Task, TaskConfirmer
from wijkbudget.reciprocity.rules import tasks as rules
from wijkbudget.reciprocity.rules.entries import TaskNotFound
from wijkbudget.reciprocity.rules.tasks import Asker
from wijkbudget.trail.work import Look


def task_row(look: Look, place: str, task_id: UUID) -> Task:
    """Return the row of a task. Raises TaskNotFound."""
    row = look.session.exec(select(Task).where(col(Task.id) == task_id, col(Task.place) == place)).first()
    if row is None:
        raise TaskNotFound(_("There is no such task in this neighbourhood."))
    return row


def shown_task_row(look: Look, place: str, task_id: UUID) -> Task:
    """Return the row of a task that the reader may see: what a neighbour asks is for who lives or serves here.

    Raises TaskNotFound.
    """
    row = task_row(look, place, task_id)
    if row.asked_by == Asker.NEIGHBOUR and not access.SEE.allows(look.roles):
        raise TaskNotFound(_("There is no such task in this neighbourhood."))
    return row


def confirmers_of(look: Look, task_id: UUID) -> list[str]:
    """Return who may confirm time on a task."""
    rows = select(TaskConfirmer.person_id).where(col(TaskConfirmer.task_id) == task_id)
    return [str(person_id) for person_id in look.session.exec(rows).all()]


def asking_side(look: Look, task: Task) -> frozenset[str]:
    """Return who answers for a task: whoever opened it, and who may confirm time on it."""
    return frozenset({str(task.opened_by), *confirmers_of(look, task.id)})


def demand_giver(look: Look, task: Task, person_id: str) -> None:
    """Do nothing if somebody may give time to a task. Raises NotForThisAge or OwnHouseholdsTask."""
    asker = task.about if task.asked_by == Asker.NEIGHBOUR else None
    rules.demand_giver(
        is_old_enough=identity.is_resident(look, task.place, person_id, look.today, task.age_min),
        age_min=task.age_min,
        lives_with_asker=asker is not None and identity.same_household(look, asker, person_id),
    )


def may_give(look: Look, task: Task, person_id: str) -> bool:
    """Return whether somebody may give time to a task."""
    with suppress(Refusal):
        demand_giver(look, task, person_id)
        return True
    return False
