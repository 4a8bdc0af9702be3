# SPDX-License-Identifier: EUPL-1.2
"""What limits leave room for, inside the loops; every run begins with all of it."""

from wijkbudget.voting.tallies.loops.machine import Market, Purses, Savers, Savings, inlined


@inlined
def fits(market: Market | Savers, run: Purses | Savings, option: int) -> bool:
    """Tell whether every limit has room for an option."""
    for each in range(market.limit_starts[option], market.limit_starts[option + 1]):
        limit = market.limit_of[each]
        if run.limit_wins[limit] < 1 or run.limit_cents[limit] < market.costs[option]:
            return False
    return True


@inlined
def take(market: Market | Savers, run: Purses | Savings, winner: int) -> None:
    """Give an option that was bought its room."""
    for each in range(market.limit_starts[winner], market.limit_starts[winner + 1]):
        run.limit_wins[market.limit_of[each]] -= 1
        run.limit_cents[market.limit_of[each]] -= market.costs[winner]
