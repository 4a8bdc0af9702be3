# SPDX-License-Identifier: EUPL-1.2
"""What the house is asked about the list at the door, and what it answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from wijkbudget.kit.fields import Command, Day, Id, View
from wijkbudget.reciprocity.attendance.rules import LINES_MAX, ListState
from wijkbudget.reciprocity.rules.entries import EntryState
from wijkbudget.reciprocity.rules.limits import DAY_MINUTES

ClockMinutes = Annotated[int, Field(ge=0, le=DAY_MINUTES)]
"""A time of the day, in minutes after midnight."""


class OpenList(Command):
    """Make an attendance list for a task on a day."""

    held_on: Day
    start_minutes: ClockMinutes
    end_minutes: ClockMinutes


class ConfirmList(Command):
    """Say who was there: the lines of the list that are right."""

    lines: list[Id] = Field(max_length=LINES_MAX)


class ListLineView(View):
    """An attendance list, for those who keep it."""

    id: UUID
    task_id: UUID
    held_on: date
    start_minutes: int
    end_minutes: int
    state: ListState


class ListsView(View):
    """The attendance lists of a task, the newest first; none for who does not keep them."""

    lists: list[ListLineView]
    may_open: bool


class AttendanceView(View):
    """Somebody on the list."""

    id: UUID
    person_name: str
    arrived_minutes: int
    minutes: int | None
    """How much time it gives; until they left, what it would give now, and None where that is nothing."""
    entry_id: UUID | None
    """None while they are here."""
    state: EntryState | None
    may_confirm: bool
    """Not of oneself, one's household or what one wrote down, and not twice."""


class ListView(ListLineView):
    """An attendance list with everybody on it."""

    task_title: str
    code: str
    """What opens the list at the door, on that day only."""
    attendances: list[AttendanceView]


class DoorView(View):
    """What somebody at the door sees of a list: nobody but themselves."""

    task_id: UUID
    task_title: str
    held_on: date
    start_minutes: int
    end_minutes: int
    norm_minutes: int | None
    may_arrive: bool
    """Whether people can sign in now."""
    is_here: bool
    """Whether the reader signed in and not out."""
    arrived_minutes: int | None
    given_minutes: int
    """How much time this list gave the reader so far."""
