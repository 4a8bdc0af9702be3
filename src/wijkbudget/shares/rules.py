# SPDX-License-Identifier: EUPL-1.2
"""Who gets a share, when one more, when shares lapse, and which totals are safe to show."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from wijkbudget.ledger import chart
from wijkbudget.ledger.rules import Transfer

HOLDERS_PER_NUMBER_MIN = 10
"""Choice: how many people hold a number of shares is told of ten or more, because a number shows how long somebody
lives here."""


class Reason(StrEnum):
    """Why somebody got a share."""

    RESIDENT = "resident"
    """They live in the neighbourhood and are old enough: the first share."""
    YEAR_OF_RESIDENCE = "year_of_residence"
    """They have lived there for one more full year."""


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


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A share that somebody gets."""

    person_id: UUID
    spell: int
    year: int
    """How many full years of residence it is for; zero is the first share."""

    @property
    def reason(self) -> Reason:
        """Return why."""
        return Reason.YEAR_OF_RESIDENCE if self.year else Reason.RESIDENT


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


def years_due(*, since_on: date, on: date, share_count: int, shares_max: int) -> range:
    """Return the years of residence for which a holder still gets a share on a day, within the cap.

    Source: wijkaandelen Minervaplein, Delft, 2001 to 2005 (one extra share for each further year of living there).
    Choice: years before the neighbourhood had shares count too, and before the holder was old enough; what somebody has
    stays when the cap is lowered later; and whoever was away begins a new first year.
    """
    return range(share_count, min(full_years(since_on, on), shares_max - 1) + 1)


def is_still_due(grant: Grant, holding: Holding | None) -> bool:
    """Return whether a share that was due is so still, now that somebody holds this."""
    if holding is None or not grant.year:
        return holding is None and not grant.year
    return holding.spell == grant.spell and holding.share_count <= grant.year


def has_lapsed(left_on: date, on: date, months: int) -> bool:
    """Return whether somebody who left on a day has been away so many months; a missing day becomes the month's last.

    Choice: nobody loses shares over a gap between two homes, so they stay for the months that the policy says.
    """
    year, month = divmod(left_on.year * 12 + left_on.month - 1 + months, 12)
    return on >= date(year, month + 1, min(left_on.day, calendar.monthrange(year, month + 1)[1]))


def granted(place: str, share_id: UUID, person_id: UUID) -> Transfer:
    """Return the transfer that gives somebody one share, once.

    The reference names the share and not the person, because everybody reads references.
    """
    return Transfer(
        source=chart.SHARES, target=chart.share(place, str(person_id)), amount=1, reference=f"share:{share_id}"
    )


def lapsed(place: str, lapse_id: UUID, person_id: UUID, holding: Holding) -> Transfer:
    """Return the transfer that takes all shares of somebody back, once."""
    return Transfer(
        source=chart.share(place, str(person_id)),
        target=chart.SHARES,
        amount=holding.share_count,
        reference=f"share-lapse:{lapse_id}",
    )


def shown_numbers(holders: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield each number of shares with how many people hold it, or nothing at all if one of them is too few.

    Choice: all or none, because the number of one small group follows from the others and the totals.
    """
    if all(count >= HOLDERS_PER_NUMBER_MIN for count in holders.values()):
        yield from sorted(holders.items())
