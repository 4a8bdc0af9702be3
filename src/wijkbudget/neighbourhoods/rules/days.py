# SPDX-License-Identifier: EUPL-1.2
"""Which days and years a policy or a grant may be about."""

from datetime import date

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import _

YEARS_AHEAD_MAX = 2


class TooLate(RuleBroken):
    """A policy would change what is past, or what an earlier decision already fixed."""


class TooFar(RuleBroken):
    """A policy would begin in a year that is not near."""


class YearClosed(RuleBroken):
    """Money is granted for a year that is not near."""


def demand_later(valid_from: date, today: date, last: date | None) -> None:
    """Do nothing if a policy leaves the past as it is, and begins in a year that is near. Raises TooLate or TooFar.

    Source: Algemene wet bestuursrecht art. 4:26 and 4:27 (the division rule is known before the period).
    The first policy may begin before today, because there was none that it changes.
    Choice: the next two years, because no policy can be taken back, so a slip in the year would shut out all others.
    """
    if valid_from.year > today.year + YEARS_AHEAD_MAX:
        raise TooFar(_("Let it begin this year or in the next two years."))
    if last is None:
        return
    if valid_from <= last:
        raise TooLate(_("A policy must begin after the last one, which begins on %(last)s.", last=last))
    if valid_from < today:
        raise TooLate(_("A policy cannot change what is past: let it begin today or later."))


def demand_near(year: int, today: date) -> None:
    """Do nothing if a budget year is this one, the one before or one of the next two. Raises YearClosed."""
    if not today.year - 1 <= year <= today.year + YEARS_AHEAD_MAX:
        raise YearClosed(_("Money can be granted for last year, this year and the next two years."))
