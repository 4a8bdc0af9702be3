# SPDX-License-Identifier: EUPL-1.2
"""Who gets a share, when one more, when shares lapse, and which totals are safe to show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from wijkbudget.kit.period import months_after

HOLDERS_PER_NUMBER_MIN = 10
"""Choice: how many people hold a number of shares is told of ten or more, because a number shows how long somebody
lives here."""


class Reason(StrEnum):
    """Why somebody got a share."""

    RESIDENT = "resident"
    """They live in the neighbourhood and are old enough: the first share."""
    YEAR_OF_RESIDENCE = "year_of_residence"
    """They have lived there for one more full year."""
    EFFORT = "effort"
    """They gave enough confirmed time in a calendar year."""
    NEIGHBOURHOOD_CONTRACT = "neighbourhood_contract"
    """The council decided so, for what they do by the contract of the neighbourhood."""


class Ending(StrEnum):
    """How one share ended while its holder kept the others."""

    HANDED_BACK = "handed_back"
    """The neighbourhood took it back for the fixed price."""
    CORRECTED = "corrected"
    """It was granted by mistake."""


class LapseReason(StrEnum):
    """Why shares lapsed."""

    LEFT = "left"
    """The holder left the neighbourhood, longer ago than the policy lets them keep shares."""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What somebody holds."""

    spell: int
    """1 the first time somebody holds shares here; one more when they come back after their shares lapsed."""
    share_count: int
    counted: int
    """How many count for the cap: those handed back too, because they do not come again; those corrected not."""
    year_count: int
    """For how many full years of residence a share was granted, whatever became of it."""
    efforts: frozenset[int] = frozenset()
    """For which calendar years a share was granted for time that was given."""
    contracts: frozenset[int] = frozenset()
    """In which calendar years a share was granted for the neighbourhood contract."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A share that somebody gets."""

    person_id: UUID
    reason: Reason
    year: int
    """Zero for the first share; how many full years of residence it is for; else the calendar year."""
    spell: int
    rests_on: Holding | None
    """What they held when it was worked out that this is due."""


def anniversary(since_on: date, years: int) -> date:
    """Return the day on which somebody has lived in a neighbourhood for a number of full years.

    Choice: a year from 29 February is full after 28 February, so its anniversary is 1 March where the day is missing.
    """
    try:
        return since_on.replace(year=since_on.year + years)
    except ValueError:
        return date(since_on.year + years, 3, 1)


def full_years(since_on: date, on: date) -> int:
    """Return how many full years somebody has lived in a neighbourhood on a day."""
    years = on.year - since_on.year
    return years if anniversary(since_on, years) <= on else years - 1


def years_due(*, since_on: date, on: date, holding: Holding, shares_max: int) -> range:
    """Return the years of residence for which a holder still gets a share on a day, within the cap.

    Source: wijkaandelen Minervaplein, Delft, 2001 to 2005 (one extra share for each further year of living there).
    Choice: years before the neighbourhood had shares count too, and before the holder was old enough; what somebody has
    stays when the cap is lowered later; whoever was away begins a new first year; and what was handed back keeps its
    place under the cap, or somebody who lives here long could hand back every day what came the day before.
    """
    room = max(0, shares_max - holding.counted)
    years = min(full_years(since_on, on), holding.year_count + room)
    return range(holding.year_count + 1, years + 1)


def is_effort_due(*, minutes: int, needed: int, year: int, holding: Holding, shares_max: int) -> bool:
    """Return whether the time that a holder gave in a calendar year earns a share, within the cap, once.

    Choice: the policy says how much; more time in the same year earns no second share, so that nobody works for it.
    """
    return minutes >= needed and year not in holding.efforts and holding.counted < shares_max


def is_still_due(grant: Grant, holding: Holding | None) -> bool:
    """Return whether a share that was due is so still: nothing changed in what it rests on."""
    return holding == grant.rests_on


def has_lapsed(left_on: date, on: date, months: int) -> bool:
    """Return whether somebody who left on a day has been away so many months; a missing day becomes the month's last.

    Choice: nobody loses shares over a gap between two homes, so they stay for the months that the policy says.
    """
    return on >= months_after(left_on, months)


def shown_numbers(holders: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield each number of shares with how many people hold it, or nothing at all if one of them is too few.

    Choice: all or none, because the number of one small group follows from the others and the totals.
    """
    if all(count >= HOLDERS_PER_NUMBER_MIN for count in holders.values()):
        yield from sorted(holders.items())
