# SPDX-License-Identifier: EUPL-1.2
"""Reads the list at the door, and proves that it and the time that it gave agree."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code, read_code
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.attendance import access, rules
from wijkbudget.reciprocity.attendance.models import Attendance, AttendanceList
from wijkbudget.reciprocity.attendance.rules import CODE_PURPOSE, Hours, ListNotFound, ListState
from wijkbudget.reciprocity.attendance.schemas import AttendanceView, DoorView, ListLineView, ListsView, ListView
from wijkbudget.reciprocity.models import TimeEntry
from wijkbudget.reciprocity.rows import confirmers_of, shown_task_row, task_row
from wijkbudget.reciprocity.rules.entries import EntryState, Evidence, TaskState
from wijkbudget.trail.work import Look, question


@question(access.LOOK)
def lists_of(look: Look, place: str, task_id: UUID) -> ListsView:
    """Return the lists of a task, the newest first, to those who keep them. Raises TaskNotFound."""
    task = shown_task_row(look, place, task_id)
    if not access.KEEP.allows(look.roles) or look.actor.id not in confirmers_of(look, task_id):
        return ListsView(lists=[], may_open=False)
    rows = select(AttendanceList).where(col(AttendanceList.task_id) == task_id)
    found = look.session.exec(rows.order_by(col(AttendanceList.held_on).desc())).all()
    lists = [ListLineView.model_validate(_line(row)) for row in found]
    return ListsView(lists=lists, may_open=task.state == TaskState.OPEN)


@question(access.KEEP)
def attendance_list(look: Look, place: str, list_id: UUID) -> ListView:
    """Return a list with everybody on it, in the order of their names. Raises ListNotFound or NotYours."""
    row = list_row(look, place, list_id)
    look.demand_own(confirmers_of(look, row.task_id))
    return ListView.model_validate(
        {
            **_line(row),
            "task_title": task_row(look, place, row.task_id).title,
            "code": code_of(look, row.id),
            "attendances": _attendances(look, row),
        }
    )


@question(access.LOOK)
def at_door(look: Look, place: str, code: str) -> DoorView:
    """Return what whoever stands at the door sees of the list with this code. Raises ListNotFound."""
    row = list_by_code(look, place, code)
    task, me = task_row(look, place, row.task_id), look.actor.id
    # A guest is nobody on a list, and has no id to look for.
    is_known = access.BE_THERE.allows(look.roles)
    here = present(look, row.id, me) if is_known else None
    hours = hours_of(row)
    may_arrive = row.state == ListState.OPEN and look.today == row.held_on
    return DoorView(
        task_id=task.id,
        task_title=task.title,
        held_on=row.held_on,
        start_minutes=row.start_minutes,
        end_minutes=row.end_minutes,
        norm_minutes=task.norm_minutes,
        may_arrive=may_arrive and rules.minute_of(hours, look.now) < row.end_minutes,
        is_here=here is not None,
        arrived_minutes=here.arrived_minutes if here else None,
        given_minutes=_given_minutes(look, row.id, me) if is_known else 0,
    )


def _attendances(look: Look, row: AttendanceList) -> list[AttendanceView]:
    """Return everybody on a list, with the time that it gives them."""
    pairs = lines_of(look, row)
    names = identity.names(look, {str(here.person_id) for here, _entry in pairs})
    norm_minutes = task_row(look, row.place, row.task_id).norm_minutes
    views = []
    for here, entry in pairs:
        views.append(
            AttendanceView(
                id=here.id,
                person_name=names.get(str(here.person_id), ""),
                arrived_minutes=here.arrived_minutes,
                minutes=entry.minutes if entry else _minutes_now(look, row, here, norm_minutes),
                entry_id=here.entry_id,
                state=EntryState(entry.state) if entry else None,
                may_confirm=may_confirm(look, row, here, entry),
            )
        )
    return sorted(views, key=lambda view: (view.person_name, view.arrived_minutes))


def lines_of(look: Look, row: AttendanceList) -> Sequence[tuple[Attendance, TimeEntry | None]]:
    """Return the lines of a list, each with the time that it gave."""
    pairs = (
        select(Attendance, TimeEntry)
        .outerjoin(TimeEntry, col(TimeEntry.id) == col(Attendance.entry_id))
        .where(col(Attendance.list_id) == row.id)
    )
    return look.session.exec(pairs.order_by(col(Attendance.id))).all()


def line_count(look: Look, list_id: UUID) -> int:
    """Return how many lines a list has."""
    return look.session.exec(select(func.count()).where(col(Attendance.list_id) == list_id)).one()


def _minutes_now(look: Look, row: AttendanceList, here: Attendance, norm_minutes: int | None) -> int | None:
    """Return how much time a line would give if it was confirmed now; nothing once the list is closed."""
    if row.state == ListState.ENDED:
        return None
    stay = rules.stay_of(here.arrived_minutes, rules.minute_of(hours_of(row), look.now))
    return norm_minutes or (stay.minutes if stay else None)


def may_confirm(look: Look, row: AttendanceList, here: Attendance, entry: TimeEntry | None) -> bool:
    """Return whether the reader, who keeps the list, may confirm a line: not of themselves or of their household.

    A closed list gives no time any more to who was said not to be there.
    """
    me, giver = look.actor.id, str(here.person_id)
    if entry is None and row.state == ListState.ENDED:
        return False
    if entry is not None and (entry.state != EntryState.LOGGED or str(entry.logged_by) == me):
        return False
    return me != giver and not identity.same_household(look, giver, me)


def list_row(look: Look, place: str, list_id: UUID) -> AttendanceList:
    """Return the row of a list. Raises ListNotFound."""
    found = select(AttendanceList).where(col(AttendanceList.id) == list_id, col(AttendanceList.place) == place)
    return _found(look.session.exec(found).first())


def list_by_code(look: Look, place: str, code: str) -> AttendanceList:
    """Return the list that a code opens. Raises ListNotFound."""
    symbols = read_code(code)
    if symbols is None:
        return _found(None)
    kept = kept_hash(look, symbols)
    found = select(AttendanceList).where(col(AttendanceList.code_hash) == kept, col(AttendanceList.place) == place)
    return _found(look.session.exec(found).first())


def _found(row: AttendanceList | None) -> AttendanceList:
    if row is None:
        raise ListNotFound(_("There is no such list here. Scan the code at the door again."))
    return row


def list_on(look: Look, task_id: UUID, day: date) -> AttendanceList | None:
    """Return the list of a task on a day, if there is one."""
    found = select(AttendanceList).where(col(AttendanceList.task_id) == task_id, col(AttendanceList.held_on) == day)
    return look.session.exec(found).first()


def present(look: Look, list_id: UUID, person_id: str) -> Attendance | None:
    """Return the line of somebody who is here now."""
    found = select(Attendance).where(
        col(Attendance.list_id) == list_id,
        col(Attendance.person_id) == UUID(person_id),
        col(Attendance.entry_id).is_(None),
    )
    return look.session.exec(found).first()


def _given_minutes(look: Look, list_id: UUID, person_id: str) -> int:
    """Return how much time a list gave somebody."""
    summed = (
        select(func.coalesce(func.sum(col(TimeEntry.minutes)), 0))
        .join(Attendance, col(Attendance.entry_id) == col(TimeEntry.id))
        .where(col(Attendance.list_id) == list_id, col(Attendance.person_id) == UUID(person_id))
    )
    return int(look.session.exec(summed).one())


def hours_of(row: AttendanceList) -> Hours:
    """Return the day and the hours of a list."""
    return Hours(held_on=row.held_on, start_minutes=row.start_minutes, end_minutes=row.end_minutes)


def code_of(look: Look, list_id: UUID) -> str:
    """Return the code of a list; it is made again from the keys of the house each time, and kept nowhere."""
    made = look.keys.keyed_hash(CODE_PURPOSE, str(list_id))
    return new_code(bytes.fromhex(made)[:CODE_RANDOM_BYTES])


def kept_hash(look: Look, symbols: str) -> str:
    """Return the keyed hash under which a list is found by the sixteen symbols of its code."""
    return look.keys.keyed_hash(f"{CODE_PURPOSE}, kept", symbols)


def _line(row: AttendanceList) -> dict[str, object]:
    """Return what everybody who keeps a list sees of it first."""
    return {
        "id": row.id,
        "task_id": row.task_id,
        "held_on": row.held_on,
        "start_minutes": row.start_minutes,
        "end_minutes": row.end_minutes,
        "state": ListState(row.state),
    }


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each line of a list whose time is of another person, task or day."""
    rows = (
        select(col(Attendance.id))
        .join(AttendanceList, col(AttendanceList.id) == col(Attendance.list_id))
        .join(TimeEntry, col(TimeEntry.id) == col(Attendance.entry_id))
        .where(
            or_(
                col(TimeEntry.person_id) != col(Attendance.person_id),
                col(TimeEntry.task_id) != col(AttendanceList.task_id),
                col(TimeEntry.given_on) != col(AttendanceList.held_on),
                col(TimeEntry.evidence) != Evidence.LIST,
            )
        )
    )
    for attendance_id in look.session.exec(rows).all():
        yield Fault("reciprocity", f"attendance {attendance_id}", "gave time that is not of this list")
