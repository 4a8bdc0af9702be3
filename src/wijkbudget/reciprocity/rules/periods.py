# SPDX-License-Identifier: EUPL-1.2
"""Three months of a year: what is drawn and counted when they are over changes no more."""

import re
from dataclasses import dataclass
from datetime import date

from wijkbudget.kit.errors import BadInput, RuleBroken
from wijkbudget.kit.fields import YEAR_MAX, YEAR_MIN
from wijkbudget.kit.period import days_after, months_after
from wijkbudget.kit.text import _

MONTHS = 3
PERIODS_A_YEAR = 4
_WRITTEN = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


class NoSuchPeriod(BadInput):
    """A period is written as a year and one of its four quarters."""


class PeriodNotOver(RuleBroken):
    """Nothing is drawn or counted of a period before it is over."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A quarter of a year; our `Quarter` is a small area."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """Return how it is written, such as `2026-Q1`."""
        return f"{self.year:04}-Q{self.number}"

    @property
    def first_on(self) -> date:
        """Return its first day."""
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def until_on(self) -> date:
        """Return the first day after it."""
        return months_after(self.first_on, MONTHS)

    @property
    def last_on(self) -> date:
        """Return its last day."""
        return days_after(self.until_on, -1)


def period_of(day: date) -> Period:
    """Return the period that a day is in."""
    return Period(year=day.year, number=(day.month - 1) // MONTHS + 1)


def before(period: Period) -> Period:
    """Return the period before one."""
    return period_of(days_after(period.first_on, -1))


def read_period(written: str) -> Period:
    """Return a period as it is written, such as `2026-Q1`. Raises NoSuchPeriod."""
    match = _WRITTEN.fullmatch(written)
    if match is None or not YEAR_MIN <= int(match[1]) <= YEAR_MAX:
        sentence = _("Write the quarter as a year and a number from 1 to 4, such as 2026-Q1.")
        raise NoSuchPeriod(sentence, fields={"period": sentence})
    return Period(year=int(match[1]), number=int(match[2]))


def demand_over(period: Period, today: date) -> None:
    """Do nothing if a period is over, so that no time is settled in it any more. Raises PeriodNotOver."""
    if today < period.until_on:
        raise PeriodNotOver(_("This quarter is not over yet. Wait until %(day)s.", day=period.until_on))
