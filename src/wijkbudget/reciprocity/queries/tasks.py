# SPDX-License-Identifier: EUPL-1.2
"""Reads which tasks there are, who could confirm one, and who is exempt."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import case, func, or_
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import Exemption, Task, TaskConfirmer, TimeEntry
from wijkbudget.reciprocity.rules.entries import EntryState, TaskState
from wijkbudget.reciprocity.rules.tasks import Asker
from wijkbudget.reciprocity.schemas import ExemptionView, TaskLineView
from wijkbudget.trail.work import Look, question

CONFIRMING_ROLES = (Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL)


@question(access.LOOK)
def tasks(look: Look, place: str, theme: str | None = None, quarter: str | None = None) -> list[TaskLineView]:
    """Return the tasks of a neighbourhood, all or those of a theme and near a small area; open ones first, then new.

    Raises NeighbourhoodNotFound.
    """
    found = select(Task).where(col(Task.place) == place)
    if not access.SEE.allows(look.roles):
        found = found.where(col(Task.asked_by) != Asker.NEIGHBOUR)
    if theme is not None:
        found = found.where(col(Task.theme) == theme)
    if quarter is not None:
        found = found.where(or_(col(Task.quarter) == quarter, col(Task.quarter).is_(None)))
    lines = lines_of(look, place, look.session.exec(found).all(), totals(look, place))
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


def tasks_about(look: Look, place: str, asked_by: Asker, about: str) -> list[TaskLineView]:
    """Return the tasks of one plan or organisation, the newest first."""
    found = select(Task).where(col(Task.place) == place, col(Task.asked_by) == asked_by, col(Task.about) == about)
    rows = look.session.exec(found.order_by(col(Task.opened_on).desc(), col(Task.title), col(Task.id))).all()
    return lines_of(look, place, rows, totals(look, place))


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


def lines_of(
    look: Look, place: str, rows: Sequence[Task], sums: dict[UUID, tuple[int, int, int]]
) -> list[TaskLineView]:
    """Return tasks as a list shows them, in the order given."""
    quarters = {quarter.code: quarter for quarter in neighbourhoods.neighbourhood(look, place).quarters}
    asking = {row.about for row in rows if row.asked_by == Asker.ORGANISATION and row.about}
    names = {about: identity.organisation(look, place, UUID(about)).name for about in sorted(asking)}
    lines = []
    for row in rows:
        settled_minutes, to_confirm_count, disputed_count = sums.get(row.id, (0, 0, 0))
        lines.append(
            TaskLineView(
                id=row.id,
                title=row.title,
                state=TaskState(row.state),
                asked_by=Asker(row.asked_by),
                asker_name=names.get(row.about or ""),
                plan_id=UUID(row.about) if row.asked_by == Asker.INITIATIVE and row.about else None,
                theme=row.theme,
                quarter=quarters.get(row.quarter or ""),
                on_day=row.on_day,
                is_past=row.on_day is not None and row.on_day < look.today,
                age_min=row.age_min,
                norm_minutes=row.norm_minutes,
                needed_minutes=row.needed_minutes,
                needed_by=row.needed_by,
                pledged_minutes=row.pledged_minutes,
                started_on=row.started_on,
                opened_on=row.opened_on,
                settled_minutes=settled_minutes,
                to_confirm_count=to_confirm_count,
                disputed_count=disputed_count,
            )
        )
    return lines
