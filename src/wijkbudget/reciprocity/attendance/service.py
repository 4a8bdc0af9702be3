# SPDX-License-Identifier: EUPL-1.2
"""Makes the list at the door, lets people sign in and out on it, and confirms all of it in one act."""

from contextlib import suppress
from uuid import UUID

from wijkbudget.kit.codes import read_code
from wijkbudget.kit.errors import NotAllowed, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.attendance import access, queries, rules
from wijkbudget.reciprocity.attendance.events import (
    AttendanceListEnded,
    AttendanceListOpened,
    VolunteerArrived,
    VolunteerLeft,
)
from wijkbudget.reciprocity.attendance.models import Attendance, AttendanceList
from wijkbudget.reciprocity.attendance.rules import Hours, ListState, ListThere
from wijkbudget.reciprocity.attendance.schemas import ConfirmList, DoorView, ListView, OpenList
from wijkbudget.reciprocity.booking import confirm_time, log_time
from wijkbudget.reciprocity.models import TimeEntry
from wijkbudget.reciprocity.rows import confirmers_of, demand_giver, task_row
from wijkbudget.reciprocity.rules.entries import Evidence, TaskState, Word, demand_open
from wijkbudget.reciprocity.schemas import LogTime
from wijkbudget.trail.work import Work, verb


@verb(access.KEEP)
def open_list(work: Work, place: str, task_id: UUID, command: OpenList) -> ListView:
    """Make an attendance list for a task on a day, with a code for the door.

    Raises TaskNotFound, NotYours, WrongState, HoursWrong or ListThere.
    """
    task = task_row(work, place, task_id)
    work.demand_own(confirmers_of(work, task_id))
    demand_open(TaskState(task.state))
    hours = Hours(held_on=command.held_on, start_minutes=command.start_minutes, end_minutes=command.end_minutes)
    rules.demand_hours(hours, work.today)
    if queries.list_on(work, task_id, command.held_on) is not None:
        raise ListThere(_("There is a list for this task on this day."))
    list_id = work.new_id()
    symbols = read_code(queries.code_of(work, list_id))
    assert symbols is not None
    work.session.add(
        AttendanceList(
            id=list_id,
            place=place,
            task_id=task_id,
            held_on=hours.held_on,
            start_minutes=hours.start_minutes,
            end_minutes=hours.end_minutes,
            code_hash=queries.kept_hash(work, symbols),
            opened_by=UUID(work.actor.id),
            state=ListState.OPEN,
        )
    )
    work.session.flush()
    work.record(
        AttendanceListOpened(place=place, subject=str(list_id), task_id=str(task_id), held_on=hours.held_on.isoformat())
    )
    return queries.attendance_list(work, place, list_id)


@verb(access.BE_THERE)
def arrive(work: Work, place: str, code: str) -> DoorView:
    """Sign in at the door.

    Raises ListNotFound, NotForThisAge, OwnHouseholdsTask, DoorShut, HereAlready or ListFull.
    """
    row = queries.list_by_code(work, place, code)
    demand_giver(work, task_row(work, place, row.task_id), work.actor.id)
    hours = queries.hours_of(row)
    rules.demand_door_open(ListState(row.state), hours, work.now)
    is_here = queries.present(work, row.id, work.actor.id) is not None
    rules.demand_free_line(is_here=is_here, line_count=queries.line_count(work, row.id))
    work.session.add(
        Attendance(
            id=work.new_id(),
            list_id=row.id,
            person_id=UUID(work.actor.id),
            arrived_minutes=rules.minute_of(hours, work.now),
        )
    )
    work.session.flush()
    work.record(VolunteerArrived(place=place, subject=str(row.id), person_id=work.actor.id))
    return queries.at_door(work, place, code)


@verb(access.BE_THERE, once=True)
def leave(work: Work, place: str, code: str) -> DoorView:
    """Sign out; what you gave is logged, and less than a quarter of an hour is nothing.

    Raises ListNotFound, WrongState, NotHere, and as `booking.log_time` does.
    """
    row = queries.list_by_code(work, place, code)
    rules.demand_list_open(ListState(row.state))
    here = queries.present(work, row.id, work.actor.id)
    rules.demand_present(is_here=here is not None)
    assert here is not None
    if _log_stay(work, row, here) is None:
        work.session.delete(here)
    work.session.flush()
    work.record(VolunteerLeft(place=place, subject=str(row.id), person_id=work.actor.id))
    return queries.at_door(work, place, code)


@verb(access.KEEP)
def confirm_list(work: Work, place: str, list_id: UUID, command: ConfirmList) -> ListView:
    """Say who was there. The first time closes the list: whoever is still here was there until now.

    A line of yourself, your household or your own hand waits for somebody else; what the limits refuse gives no time.
    Raises ListNotFound, NotYours or TooEarly.
    """
    row = queries.list_row(work, place, list_id)
    work.demand_own(confirmers_of(work, row.task_id))
    rules.demand_day_came(queries.hours_of(row), work.today)
    said = set(command.lines)
    if row.state == ListState.OPEN:
        _close(work, row, said)
    for here, entry in queries.lines_of(work, row):
        if here.id in said and entry is not None and queries.may_confirm(work, row, here, entry):
            # Somebody can be just first with one line; that is no reason to send all the others away.
            with suppress(WrongState):
                confirm_time(work, entry)
    work.session.flush()
    return queries.attendance_list(work, place, list_id)


def _close(work: Work, row: AttendanceList, said: set[UUID]) -> None:
    """Close a list: log the time of who is still here, but for those of whom the keeper says that they were not."""
    for here, entry in queries.lines_of(work, row):
        if entry is None and (here.id in said or not queries.may_confirm(work, row, here, entry)):
            # One line that the limits refuse is no reason to send all the others away.
            with suppress(RuleBroken, NotAllowed, WrongState):
                _log_stay(work, row, here)
    row.state = ListState.ENDED
    work.record(AttendanceListEnded(place=row.place, subject=str(row.id)))
    work.session.flush()


def put_on(work: Work, row: AttendanceList, entry: TimeEntry) -> None:
    """Put time that was written down from the paper list on the list of that day, for the verb that logged it."""
    work.session.add(
        Attendance(
            id=work.new_id(),
            list_id=row.id,
            person_id=entry.person_id,
            arrived_minutes=row.start_minutes if entry.start_minutes is None else entry.start_minutes,
            entry_id=entry.id,
        )
    )
    work.session.flush()


def _log_stay(work: Work, row: AttendanceList, here: Attendance) -> TimeEntry | None:
    """Log the time of somebody who was here until now, as they said themselves; None if there is nothing to log."""
    task = task_row(work, row.place, row.task_id)
    command = LogTime(given_on=row.held_on)
    if task.norm_minutes is None:
        stay = rules.stay_of(here.arrived_minutes, rules.minute_of(queries.hours_of(row), work.now))
        if stay is None:
            return None
        command = LogTime(given_on=row.held_on, minutes=stay.minutes, start_minutes=stay.start_minutes)
    entry = log_time(work, task, Word(giver_id=str(here.person_id), evidence=Evidence.LIST), command)
    here.entry_id = entry.id
    work.session.flush()
    return entry
