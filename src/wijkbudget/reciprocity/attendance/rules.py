# SPDX-License-Identifier: EUPL-1.2
"""When the list at the door is open, and how much time it says that somebody gave."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, NotFound, RuleBroken
from wijkbudget.kit.period import NETHERLANDS, day_of, days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.kit.units import clock
from wijkbudget.reciprocity.rules.limits import DAY_MINUTES, ENTRY_MINUTES_MAX, STEP_MINUTES

AHEAD_DAYS_MAX = 60
"""Choice: a list is made for today or the two months after it; for other days people log their time themselves."""

LINES_MAX = 150
"""Choice: more people seldom help at one door, and all of them are confirmed in one act; a large day has more tasks."""

CODE_PURPOSE = "code at the door"


class ListNotFound(NotFound):
    """No list with this id in this neighbourhood, or no list with this code."""


class HoursWrong(RuleBroken):
    """A list for a day that cannot be, or for hours that are not whole quarters of one day, at most twelve hours."""


class ListThere(Conflict):
    """There is a list for this task on this day."""


class DoorShut(RuleBroken):
    """Nobody signs in on this list now."""


class HereAlready(Conflict):
    """Somebody who signed in did not sign out yet."""


class ListFull(RuleBroken):
    """As many people signed in as one act can confirm."""


class NotHere(RuleBroken):
    """Somebody signs out who did not sign in."""


class TooEarly(RuleBroken):
    """A list cannot be confirmed before its day."""


class ListState(StrEnum):
    """Whether people sign in on a list."""

    OPEN = "open"
    ENDED = "ended"
    """Somebody who may confirm said who was there."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The day and the hours of a list, in minutes after midnight."""

    held_on: date
    start_minutes: int
    end_minutes: int


@dataclass(frozen=True, kw_only=True)
class Stay:
    """How long somebody was there, in whole quarters, and from when."""

    start_minutes: int
    minutes: int


def demand_hours(hours: Hours, today: date) -> None:
    """Do nothing if a list can be made for these hours. Raises HoursWrong."""
    if not today <= hours.held_on <= days_after(today, AHEAD_DAYS_MAX):
        raise HoursWrong(_("Choose today or a day within two months."))
    if hours.start_minutes % STEP_MINUTES or hours.end_minutes % STEP_MINUTES:
        raise HoursWrong(_("Choose whole quarters of an hour, such as 19:15."))
    if not 0 < hours.end_minutes - hours.start_minutes <= ENTRY_MINUTES_MAX:
        raise HoursWrong(_("The end comes after the start, on the same day, and at most 12 hours later."))


def minute_of(hours: Hours, now: datetime) -> int:
    """Return what the clock says within the hours of a list: before them their start, after them their end."""
    today = day_of(now)
    if today != hours.held_on:
        return hours.start_minutes if today < hours.held_on else hours.end_minutes
    local = now.astimezone(NETHERLANDS)
    return min(max(local.hour * 60 + local.minute, hours.start_minutes), hours.end_minutes)


def demand_door_open(state: ListState, hours: Hours, now: datetime) -> None:
    """Do nothing if somebody can sign in now. Raises DoorShut.

    Choice: from the beginning of the day, because whoever comes early helps to put the chairs out; but time counts from
    the hour that the list begins.
    """
    if state is ListState.ENDED:
        raise DoorShut(_("This list is closed. Log your time on the page of the task."))
    if day_of(now) != hours.held_on or minute_of(hours, now) >= hours.end_minutes:
        raise DoorShut(
            _(
                "You can sign in on %(day)s, until %(ends)s. Were you there? Log your time on the page of the task.",
                day=hours.held_on,
                ends=clock(hours.end_minutes),
            )
        )


def demand_free_line(*, is_here: bool, line_count: int) -> None:
    """Do nothing if somebody can come on the list. Raises HereAlready or ListFull."""
    if is_here:
        raise HereAlready(_("You are on the list already."))
    if line_count >= LINES_MAX:
        raise ListFull(_("This list is full. Log your time on the page of the task."))


def demand_present(*, is_here: bool) -> None:
    """Do nothing if somebody is on the list as present. Raises NotHere."""
    if not is_here:
        raise NotHere(_("You are not on the list now."))


def demand_day_came(hours: Hours, today: date) -> None:
    """Do nothing if the day of a list has come. Raises TooEarly."""
    if today < hours.held_on:
        raise TooEarly(_("This list is for %(day)s. You can confirm it from that day on.", day=hours.held_on))


def demand_list_open(state: ListState) -> None:
    """Do nothing if a list was not closed. Raises WrongState."""
    if state is ListState.ENDED:
        raise WrongState(_("This list is closed. Log your time on the page of the task."))


def stay_of(arrived_minutes: int, left_minutes: int) -> Stay | None:
    """Return how long somebody was there; None if that is less than a quarter of an hour.

    Choice: the length is rounded down, because time is logged in whole quarters; so is the start, so that the end never
    comes after somebody left, and whoever goes on to the next task at once overlaps with nothing.
    """
    assert 0 <= arrived_minutes <= left_minutes <= DAY_MINUTES
    minutes = (left_minutes - arrived_minutes) // STEP_MINUTES * STEP_MINUTES
    if not minutes:
        return None
    return Stay(start_minutes=arrived_minutes // STEP_MINUTES * STEP_MINUTES, minutes=minutes)
