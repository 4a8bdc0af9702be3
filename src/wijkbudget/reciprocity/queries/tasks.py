# SPDX-License-Identifier: EUPL-1.2
"""Reads which tasks there are, who could confirm one, and who is exempt."""

from uuid import UUID

from sqlalchemy import case, func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.actor import Role
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import Exemption, Task, TaskConfirmer, TimeEntry
from wijkbudget.reciprocity.rules.entries import EntryState, TaskNotFound, TaskState
from wijkbudget.reciprocity.schemas import ExemptionView, TaskLineView
from wijkbudget.trail.work import Look, question

CONFIRMING_ROLES = (Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL)


@question(access.LOOK)
def tasks(look: Look, place: str) -> list[TaskLineView]:
    """Return the tasks of a neighbourhood, open ones first and then the newest. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    rows = look.session.exec(select(Task).where(col(Task.place) == place)).all()
    sums = totals(look, place)
    lines = [line_of(row, sums.get(row.id, (0, 0, 0))) for row in rows]
    return sorted(lines, key=lambda line: (line.state is TaskState.ENDED, -line.opened_on.toordinal(), line.title))


@question(access.OPEN)
def candidates(look: Look, place: str) -> list[PersonView]:
    """Return who serves in the neighbourhood and could confirm time, by name."""
    holders = {who.id: who for role in CONFIRMING_ROLES for who in identity.holders(look, place, role)}
    return sorted(holders.values(), key=lambda who: (who.name, who.id))


@question(access.SEE_EXEMPTIONS)
def exemptions(look: Look, place: str) -> list[ExemptionView]:
    """Return who is exempt today, by name."""
    rows = look.session.exec(
        select(Exemption).where(col(Exemption.place) == place, col(Exemption.until_on) > look.today)
    ).all()
    names = identity.names(look, [str(row.person_id) for row in rows])
    views = [
        ExemptionView(
            id=row.id, person_name=names.get(str(row.person_id), ""), granted_on=row.granted_on, until_on=row.until_on
        )
        for row in rows
    ]
    return sorted(views, key=lambda view: (view.person_name, view.until_on, str(view.id)))


def task_row(look: Look, place: str, task_id: UUID) -> Task:
    """Return the row of a task. Raises TaskNotFound."""
    row = look.session.exec(select(Task).where(col(Task.id) == task_id, col(Task.place) == place)).first()
    if row is None:
        raise TaskNotFound(_("There is no such task in this neighbourhood."))
    return row


def confirmers_of(look: Look, task_id: UUID) -> list[str]:
    """Return who may confirm time on a task."""
    rows = select(TaskConfirmer.person_id).where(col(TaskConfirmer.task_id) == task_id)
    return [str(person_id) for person_id in look.session.exec(rows).all()]


def totals(look: Look, place: str, task_id: UUID | None = None) -> dict[UUID, tuple[int, int, int]]:
    """Return per task the settled minutes, how many entries the reader can confirm and how many are disputed."""
    me = _person(look)
    state, minutes = col(TimeEntry.state), col(TimeEntry.minutes)
    mine = select(TaskConfirmer.task_id).where(col(TaskConfirmer.person_id) == me)
    confirmable = (state == EntryState.LOGGED) & (col(TimeEntry.person_id) != me) & col(TimeEntry.task_id).in_(mine)
    rows = select(
        col(TimeEntry.task_id),
        func.sum(case((state == EntryState.SETTLED, minutes), else_=0)),
        func.sum(case((confirmable, 1), else_=0)),
        func.sum(case((state == EntryState.DISPUTED, 1), else_=0)),
    ).where(col(TimeEntry.place) == place)
    if task_id is not None:
        rows = rows.where(col(TimeEntry.task_id) == task_id)
    found = look.session.exec(rows.group_by(col(TimeEntry.task_id))).all()
    return {id_: (int(settled), int(waiting), int(disputed)) for id_, settled, waiting, disputed in found}


def _person(look: Look) -> UUID:
    """Return the reader's id; a guest and the house itself are nobody, and get the id that nobody has."""
    try:
        return UUID(look.actor.id)
    except ValueError:
        return UUID(int=0)


def line_of(row: Task, sums: tuple[int, int, int]) -> TaskLineView:
    """Return a task as a list shows it."""
    settled_minutes, to_confirm_count, disputed_count = sums
    return TaskLineView(
        id=row.id,
        title=row.title,
        state=TaskState(row.state),
        opened_on=row.opened_on,
        settled_minutes=settled_minutes,
        to_confirm_count=to_confirm_count,
        disputed_count=disputed_count,
    )
