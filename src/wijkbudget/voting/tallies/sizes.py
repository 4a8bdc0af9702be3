# SPDX-License-Identifier: EUPL-1.2
"""Whether a tally can surely count a round, said before anybody votes: afterwards nobody can choose another way."""

from collections.abc import Collection, Sequence
from math import gcd, prod

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.voting.rules import Limit, Option
from wijkbudget.voting.tallies.best_set import STATES_MAX
from wijkbudget.voting.tallies.loads import CELLS_MAX
from wijkbudget.voting.tallies.maximin import MAXIMIN
from wijkbudget.voting.tallies.welfare import WELFARE

OPTIONS_MIN = 2
"""A round opens with so many options or more."""


class TooLargeToCount(RuleBroken):
    """A round that its tally could be unable to count."""


def demand_size(tally: str, options: Sequence[Option], limits: Sequence[Limit], budget_cents: int, voters: int) -> None:
    """Do nothing if a tally can count these options whatever all voters choose. Raises TooLargeToCount."""
    if tally == MAXIMIN.key and max(len(options), OPTIONS_MIN) * voters > CELLS_MAX:
        raise TooLargeToCount(
            _(
                "This way of counting cannot count so many plans and voters for certain. Put at most %(options)s plans"
                " on the ballot, or let the council choose another way of counting.",
                options=CELLS_MAX // voters,
            )
        )
    if tally == WELFARE.key and _sets_max(options, limits, budget_cents) > STATES_MAX:
        raise TooLargeToCount(
            _(
                "This way of counting cannot count plans with so many different costs for certain. Round the costs, put"
                " fewer plans on the ballot, or let the council choose another way of counting."
            )
        )


def _sets_max(options: Collection[Option], limits: Sequence[Limit], budget_cents: int) -> int:
    """Return how many sets of options can differ in what they leave, of the budget and of each limit."""
    costs_cents = {option.id: option.cost_cents for option in options if 0 < option.cost_cents <= budget_cents}
    kinds = [budget_cents // (gcd(*costs_cents.values()) or 1) + 1]
    for limit in limits:
        if limit.wins_max is not None:
            kinds.append(limit.wins_max + 1)
        if limit.spent_cents_max is not None:
            unit = gcd(*(costs_cents.get(id_, 0) for id_ in limit.ids)) or 1
            kinds.append(limit.spent_cents_max // unit + 1)
    return min(1 << len(costs_cents), prod(kinds))
