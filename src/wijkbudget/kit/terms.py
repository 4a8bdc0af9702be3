# SPDX-License-Identifier: EUPL-1.2
"""Terms as the law counts them: from the day after, in days to years, standing still at times, to an ordinary day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from wijkbudget.kit.holidays import is_ordinary, ordinary_from
from wijkbudget.kit.period import months_after

_DAYS_A_WEEK, _MONTHS_A_YEAR = 7, 12


class Unit(StrEnum):
    """What a term is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class TermSource(StrEnum):
    """Where a term stands."""

    LAW = "law"
    DECREE = "decree"
    """An order in council (algemene maatregel van bestuur)."""
    BY_LAW = "by_law"
    AGREEMENT = "agreement"


ROLLING = frozenset({TermSource.LAW, TermSource.DECREE})
"""Source: Algemene termijnenwet art. 1 lid 1 (terms in a law) and art. 5 (in an order in council)."""

_LONGEST: Mapping[Unit, int] = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}
"""Source: Algemene termijnenwet art. 4: a longer term ends when it ends, and so does one in years."""

_DAYS_FOR_TWO_ORDINARY, _ORDINARY_DAYS_MIN = 3, 2
"""Source: Algemene termijnenwet art. 2."""


class Still(NamedTuple):
    """Days on which a term stands still."""

    first_on: date
    until: date
    """The day on which it runs again."""


class Stretch(NamedTuple):
    """A term that stood still."""

    end_on: date
    still: tuple[Still, ...]
    """The days on which it did, none of them twice."""


@dataclass(frozen=True)
class Term:
    """How long something may take, and where that stands."""

    count: int
    unit: Unit
    source: TermSource = TermSource.LAW
    is_switched_on: bool = False
    """A by-law or an agreement can say that its terms roll over too."""

    @property
    def rolls_over(self) -> bool:
        """Return whether the term runs on when it ends on a Saturday, a Sunday or a holiday.

        Source: Algemene termijnenwet art. 1, 4 and 5.
        Choice: whoever switches it on for terms of a by-law takes the limits of the law with it.
        """
        return (self.source in ROLLING or self.is_switched_on) and self.count <= _LONGEST.get(self.unit, 0)

    def end(self, start_on: date, still: Iterable[Still] = ()) -> date:
        """Return the last day of the term, which begins the day after another and stood still on some days."""
        return self.rolled(start_on, stretch(start_on, self.counted(start_on), still).end_on)

    def counted(self, start_on: date) -> date:
        """Return the last day as the calendar counts it; a day that a month does not have becomes its last."""
        return _moved(start_on, self.unit, self.count)

    def rolled(self, start_on: date, end_on: date) -> date:
        """Return the last day of the term, after the one on which it would have ended.

        Source: Algemene termijnenwet art. 1 lid 1 and art. 2.
        """
        if not self.rolls_over:
            return end_on
        end_on = ordinary_from(end_on)
        is_short = self.unit is Unit.DAYS and self.count < _DAYS_FOR_TWO_ORDINARY
        while not is_short and _ordinary_days(start_on, end_on) < _ORDINARY_DAYS_MIN:
            end_on = ordinary_from(end_on + timedelta(days=1))
        return end_on

    def before(self, event_on: date) -> date:
        """Return the day that lies the whole term before another. Source: Algemene termijnenwet art. 1 lid 2."""
        return _moved(event_on, self.unit, -self.count)


OBJECTION = Term(6, Unit.WEEKS)
"""Source: Awb art. 6:7 (six weeks) and 6:8 lid 1 (from the day after the one on which it was made known)."""


def stretch(start_on: date, end_on: date, still: Iterable[Still]) -> Stretch:
    """Return what becomes of a term, from the day after one to another, that stands still on some days in between.

    Choice: what stands still on two grounds stands still once, and what is over cannot stand still any more.
    """
    counted: list[Still] = []
    free_from = start_on + timedelta(days=1)
    for span in sorted(still):
        if span.first_on > end_on:
            break
        rest = Still(max(span.first_on, free_from), span.until)
        if rest.first_on < rest.until:
            counted.append(rest)
            end_on += rest.until - rest.first_on
            free_from = rest.until
    return Stretch(end_on, tuple(counted))


def _moved(day: date, unit: Unit, count: int) -> date:
    match unit:
        case Unit.DAYS:
            return day + timedelta(days=count)
        case Unit.WEEKS:
            return day + timedelta(days=_DAYS_A_WEEK * count)
        case Unit.MONTHS:
            return months_after(day, count)
        case Unit.YEARS:
            return months_after(day, _MONTHS_A_YEAR * count)


def _ordinary_days(start_on: date, end_on: date) -> int:
    """Return how many ordinary days a term has, up to the two that matter."""
    count, day = 0, start_on
    while day < end_on and count < _ORDINARY_DAYS_MIN:
        day += timedelta(days=1)
        count += is_ordinary(day)
    return count
