# SPDX-License-Identifier: EUPL-1.2
"""Counts who paid what in equal shares, in whole voices: with these the exact price of an option is a short sum."""

from wijkbudget.voting.tallies.loops.machine import (
    ERROR,
    LESS,
    PURSE,
    ROUND,
    Cells,
    Floats,
    Market,
    Purses,
    at_most,
    compiled,
    inlined,
)
from wijkbudget.voting.tallies.poll import Column


@inlined
def _add_paid(market: Market, purses: Purses, group: int, before: int, paid: Column) -> None:
    """Add with how many voices and marks a group paid in each round before one; it paid in full in each."""
    for each in range(market.group_starts[group], market.group_starts[group + 1]):
        won_at = purses.won_at[market.group_options[each]]
        if 0 <= won_at < before:
            paid[won_at] += market.voices[group] * market.group_marks[each]


@compiled
def weigh(
    market: Market, purses: Purses, option: int, bounds: tuple[float, float], found: tuple[Column, Column]
) -> tuple[int, int, int]:
    """Divide the supporters of an option, at a price between bounds, in who cannot pay it, who can, and who may.

    Return the voices that cannot and still hold something, the voices that can, each times its mark, and how many
    groups may. `found` takes with how many voices and marks the first paid in each round, and the last, each with its
    mark.
    """
    now, error = purses.numbers[ROUND], purses.numbers[ERROR]
    paid, doubtful = found
    poor, power, doubts = 0, 0, 0
    for block in range(market.block_starts[option], market.block_starts[option + 1]):
        mark = market.block_marks[block]
        poor_below = max(at_most(bounds[0] * mark) - error, 1)
        rich_from = at_most(bounds[1] * mark) + 1 + error
        for each in range(market.supporter_starts[block], market.supporter_starts[block + 1]):
            group = market.supporters[each]
            money = purses.money[group]
            if money >= poor_below and money >= rich_from:
                power += market.voices[group] * mark
            elif money >= poor_below:
                doubtful[2 * doubts] = group
                doubtful[2 * doubts + 1] = mark
                doubts += 1
            elif money > 0:
                poor += market.voices[group]
                _add_paid(market, purses, group, now, paid)
    return poor, power, doubts


@compiled
def weigh_rounds(market: Market, purses: Purses, first: int, found: tuple[Cells, Column, Column]) -> None:
    """Find by round, from one on, the voices that gave all they had, and those that paid in full, each times its mark.

    `found` takes with how many voices and marks the first paid in each round before, and then these two.
    """
    paid, poor, power = found
    for row in range(len(poor)):
        winner = purses.winners[first + row]
        for block in range(market.block_starts[winner], market.block_starts[winner + 1]):
            mark = market.block_marks[block]
            for each in range(market.supporter_starts[block], market.supporter_starts[block + 1]):
                group = market.supporters[each]
                emptied_at = purses.emptied_at[group]
                if emptied_at == first + row:
                    poor[row] += market.voices[group]
                    _add_paid(market, purses, group, first + row, paid[row])
                elif emptied_at < 0 or emptied_at > first + row:
                    power[row] += market.voices[group] * mark


@compiled
def weigh_losers(market: Market, purses: Purses, held: Column, voices: Column) -> None:
    """Find the parts that the supporters of each loser hold together, and the voices of those that hold anything."""
    for option in range(len(market.costs)):
        if market.takes_part[option] and purses.won_at[option] < 0:
            first, last = market.block_starts[option], market.block_starts[option + 1]
            for each in range(market.supporter_starts[first], market.supporter_starts[last]):
                group = market.supporters[each]
                if purses.money[group] > 0:
                    held[option] += purses.money[group] * market.voices[group]
                    voices[option] += market.voices[group]


@compiled
def weigh_offers(
    market: Market,
    purse: int,
    option: int,
    bought: tuple[Column, Floats, Floats],
    found: tuple[Column, Column, Column],
) -> int:
    """Find what the supporters of an option that was not bought held at most in each round, and return that at the end.

    `bought` says in which round each option was, if any, and between which bounds the prices lay, for a mark and for a
    unit of worth. `found` takes by round the parts of those who hold less than that price and the voices of the others,
    each times its mark, and is handed zeros to write what a purse paid.
    """
    won_at, lows, ceilings = bought
    poor, power, dues = found
    left = 0
    for block in range(market.block_starts[option], market.block_starts[option + 1]):
        mark = market.block_marks[block]
        asked = mark * market.worths[option]
        for each in range(market.supporter_starts[block], market.supporter_starts[block + 1]):
            # A purse was filled to the last whole part, and this is never less than what it held.
            group, money = market.supporters[each], purse + 1
            voices = market.voices[group]
            for chosen in range(market.group_starts[group], market.group_starts[group + 1]):
                now = won_at[market.group_options[chosen]]
                if now >= 0:
                    dues[now] = at_most(lows[now] * market.group_marks[chosen] * LESS)
            for now in range(len(dues)):
                if money > at_most(ceilings[now] * asked):
                    power[now] += voices * mark
                else:
                    poor[now] += money * voices
                money, dues[now] = max(money - dues[now], 0), 0
            left += money * voices
    return left


@compiled
def weigh_purse(market: Market, purses: Purses, group: int, paid: Column) -> None:
    """Add with how many voices and marks a group that is not empty paid in each round."""
    _add_paid(market, purses, group, purses.numbers[ROUND], paid)


@compiled
def refill(market: Market, purses: Purses, dues: Column) -> None:
    """Count again what each purse holds, from what each block of supporters paid; so errors do not add up."""
    for group in range(len(purses.money)):
        purses.money[group] = purses.numbers[PURSE] if purses.emptied_at[group] < 0 else 0
    for bought_in in range(purses.numbers[ROUND]):
        winner = purses.winners[bought_in]
        for block in range(market.block_starts[winner], market.block_starts[winner + 1]):
            for each in range(market.supporter_starts[block], market.supporter_starts[block + 1]):
                group = market.supporters[each]
                if purses.emptied_at[group] < 0:
                    purses.money[group] = max(purses.money[group] - dues[block], 1)
    purses.numbers[ERROR] = 2 + purses.numbers[ROUND]
