# SPDX-License-Identifier: EUPL-1.2
"""Terms as somebody counts them on a calendar, day by day, to compare with what the house counts."""

from datetime import date, timedelta

from wijkbudget.kit.holidays import EQUATED
from wijkbudget.kit.terms import Still

DAY = timedelta(days=1)


def gauss(year: int) -> date:
    """Return Easter Sunday by the rule of Gauss, which is not the one that the house uses."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + (4 + k - k // 4)) % 7
    if (d, e) == (29, 6) or (d == 28 and e == 6 and (11 * m + 11) % 30 < 19):
        e -= 7
    return date(year, 3, 22) + timedelta(days=d + e)


def is_off(day: date) -> bool:
    """Return whether a day is a weekend day or a holiday, looked up one by one."""
    since_easter = (day - gauss(day.year)).days
    kings_day = (4, 26) if date(day.year, 4, 27).isoweekday() == 7 else (4, 27)
    fixed = {(1, 1), kings_day, (5, 5), (12, 25), (12, 26)}
    return day.isoweekday() > 5 or (day.month, day.day) in fixed or since_easter in {-2, 1, 39, 50} or day in EQUATED


def walked(start: date, days: int, still: list[Still], *, rolls: bool) -> date:
    """Return the last day of a term in days, by counting each of them."""
    day = start
    while days:
        day += DAY
        days -= not any(span.first_on <= day < span.until for span in still)
    if not rolls:
        return day
    while is_off(day):
        day += DAY
    wanted = 2 if (day - start).days >= 3 else 0
    while sum(not is_off(start + DAY * each) for each in range(1, (day - start).days + 1)) < wanted or is_off(day):
        day += DAY
    return day
