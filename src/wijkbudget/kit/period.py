"""Days as the Netherlands counts them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NETHERLANDS = ZoneInfo("Europe/Amsterdam")


def day_of(moment: datetime) -> date:
    """Return the calendar day in the Netherlands at a moment."""
    assert moment.tzinfo is not None
    return moment.astimezone(NETHERLANDS).date()


def start_of(day: date) -> datetime:
    """Return the moment in UTC at which a day begins in the Netherlands."""
    return datetime.combine(day, time(), NETHERLANDS).astimezone(UTC)


def years_ago(day: date, years: int) -> date:
    """Return the same day some years before; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def days_after(day: date, days: int) -> date:
    """Return the day that comes a number of days later."""
    return day + timedelta(days=days)
