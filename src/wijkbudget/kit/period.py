# SPDX-License-Identifier: EUPL-1.2
"""Days as the Netherlands counts them."""

import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NETHERLANDS = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """Return the calendar day in the Netherlands at a moment."""
    assert moment.tzinfo is not None
    return moment.astimezone(NETHERLANDS).date()


def new_year(year: int) -> datetime:
    """Return the moment at which a year begins in the Netherlands."""
    return datetime(year, 1, 1, tzinfo=NETHERLANDS)


def days_after(day: date, days: int) -> date:
    """Return the day that comes a number of days later."""
    return day + timedelta(days=days)


def months_after(day: date, months: int) -> date:
    """Return the same day a number of months later, or earlier for fewer than none; a missing day becomes the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
