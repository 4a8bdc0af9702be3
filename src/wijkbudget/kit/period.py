# SPDX-License-Identifier: EUPL-1.2
"""Days as the Netherlands counts them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NETHERLANDS = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """Return the calendar day in the Netherlands at a moment."""
    assert moment.tzinfo is not None
    return moment.astimezone(NETHERLANDS).date()


def days_after(day: date, days: int) -> date:
    """Return the day that comes a number of days later."""
    return day + timedelta(days=days)
