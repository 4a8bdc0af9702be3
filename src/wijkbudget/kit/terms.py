# SPDX-License-Identifier: EUPL-1.2
"""Terms as the law counts them: from the day after, to the end of a day that is no Saturday, Sunday or holiday."""

from datetime import date, timedelta
from functools import cache

_MONDAY_AFTER_EASTER, _ASCENSION, _MONDAY_AFTER_PENTECOST, _GOOD_FRIDAY = 1, 39, 50, -2
_SATURDAY = 5

EQUATED = frozenset(
    {
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    }
)
"""Source: royal decrees on Algemene termijnenwet art. 3 lid 3 (days equated with a holiday), known until 2028."""


def term_end(start_on: date, days: int) -> date:
    """Return the last day of a term in a law that begins the day after `start_on`.

    Source: Algemene termijnenwet art. 1 lid 1: a term that ends on a Saturday, a Sunday or a holiday runs on to the
    end of the next day that is none of these.
    """
    end = start_on + timedelta(days=days)
    while end.weekday() >= _SATURDAY or end in holidays(end.year) or end in EQUATED:
        end += timedelta(days=1)
    return end


def suspended_days(asked_on: date, last_on: date, ended_on: date | None) -> int:
    """Return how many days a term stands still while an application is completed.

    Source: Awb art. 4:15 lid 1 sub a: from the day after the request, until (and without) the day on which the
    application is completed or the time given for it has passed unused.
    Choice: that time has passed unused on the day after its last day, because the whole last day can be used.
    """
    unused_on = last_on + timedelta(days=1)
    until = min(ended_on, unused_on) if ended_on else unused_on
    return max(0, (until - asked_on).days - 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the holidays of a year. Source: Algemene termijnenwet art. 3 lid 1 and 2; 5 May counts every year."""
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SATURDAY + 1:
        kings_day = date(year, 4, 26)
    moving = (_GOOD_FRIDAY, _MONDAY_AFTER_EASTER, _ASCENSION, _MONDAY_AFTER_PENTECOST)
    fixed = (date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset({*fixed, *(easter + timedelta(days=days) for days in moving)})


def _easter(year: int) -> date:
    """Return Easter Sunday. Source: the anonymous Gregorian computus (Nature, 20 April 1876)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
