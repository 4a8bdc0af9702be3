# SPDX-License-Identifier: EUPL-1.2
"""The days on which no term of the law ends: Saturdays, Sundays, holidays, and days that were equated with one."""

from datetime import date, timedelta
from functools import cache

_MONDAY_AFTER_EASTER, _ASCENSION, _MONDAY_AFTER_PENTECOST, _GOOD_FRIDAY = 1, 39, 50, -2
_SATURDAY = 5

EQUATED = frozenset(
    {
        date(2023, 4, 28),
        date(2023, 5, 19),
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


def is_ordinary(day: date) -> bool:
    """Return whether a term of the law can end on a day. Source: Algemene termijnenwet art. 1 lid 1 and art. 3."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year) and day not in EQUATED


def ordinary_from(day: date) -> date:
    """Return a day itself if it is an ordinary one, and else the next that is."""
    while not is_ordinary(day):
        day += timedelta(days=1)
    return day


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
