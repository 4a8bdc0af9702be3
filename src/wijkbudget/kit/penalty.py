# SPDX-License-Identifier: EUPL-1.2
"""What a public body owes somebody for each day on which it decides too late, as the amounts were over the years."""

from datetime import date, timedelta
from typing import NamedTuple

from wijkbudget.kit.terms import Term, Unit

NOTICE = Term(2, Unit.WEEKS)
"""Source: Awb art. 4:17 lid 3: the first day is the one on which two weeks have passed since the notice of default."""


class Tariff(NamedTuple):
    """What a day costs, from a day on."""

    since: date
    steps: tuple[tuple[int, int], ...]
    """How many days, and the cents of each of them; after the last step nothing is added."""


TARIFFS = (
    Tariff(date(2009, 10, 1), ((14, 20_00), (14, 30_00), (14, 40_00))),
    Tariff(date(2019, 1, 1), ((14, 23_00), (14, 35_00), (14, 45_00))),
)
"""Source: Awb art. 4:17 lid 2, as indexed on the ground of lid 5; the oldest first, at most EUR 1,260 and EUR 1,442."""


class Penalty(NamedTuple):
    """What is owed on a day."""

    first_on: date
    """The first day that costs something."""
    last_on: date
    """The last day that costs something, if there is no decision before."""
    days: int
    """How many days it cost something until now."""
    owed_cents: int
    most_cents: int


def penalty(notice_on: date, until: date) -> Penalty:
    """Return what is owed for the days before `until`, after a notice of default that was received on a day.

    Source: Awb art. 4:17 lid 1 to 3.
    Choice: the day on which it is decided costs nothing, and the amounts are those of the first day that costs.
    """
    first_on = NOTICE.end(notice_on) + timedelta(days=1)
    tariff = next(tariff for tariff in reversed(TARIFFS) if tariff.since <= first_on)
    most_days = sum(days for days, _cents in tariff.steps)
    owed_days = min(max(0, (until - first_on).days), most_days)
    owed_cents, left = 0, owed_days
    for days, cents in tariff.steps:
        owed_cents += min(left, days) * cents
        left -= min(left, days)
    return Penalty(
        first_on=first_on,
        last_on=first_on + timedelta(days=most_days - 1),
        days=owed_days,
        owed_cents=owed_cents,
        most_cents=sum(days * cents for days, cents in tariff.steps),
    )
