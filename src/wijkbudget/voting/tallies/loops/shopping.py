# SPDX-License-Identifier: EUPL-1.2
"""Buys what costs its supporters least, again and again: quick, and never surer than it can be.

Money is counted in whole parts of a cent, so that sums are exact; what a purse holds is known up to `ERROR` parts.
A price is known as an interval. Where intervals do not decide, the loops stop and ask for whole numbers without bounds.
"""

from typing import Any

import numpy as np

from wijkbudget.voting.tallies.loops.heap import cheapest, line_up, sink
from wijkbudget.voting.tallies.loops.machine import (
    ASK_PRICE,
    ASK_WINNER,
    ASKED,
    CHEAPEST,
    DONE,
    ERROR,
    FOLLOWED,
    LESS,
    MISSING,
    MORE,
    NEEDED,
    PURSE,
    ROUND,
    SPENT,
    WAITING,
    Known,
    Market,
    Purses,
    at_most,
    compiled,
    inlined,
)
from wijkbudget.voting.tallies.loops.room import fits, take

_PAYABLE, _UNPAYABLE, _DOUBTFUL, _NO_ROOM = range(4)


@inlined
def look(market: Market, purses: Purses, option: int) -> int:
    """Find between which bounds the price of an option lies, and tell whether it is payable.

    Those who surely cannot pay the lowest possible price give all they have; the rest divide what remains, which
    raises that price, until nobody more falls short.
    """
    first, last = market.block_starts[option], market.block_starts[option + 1]
    error, low, power_before = purses.numbers[ERROR], purses.lows[option], 0
    while True:
        owed, slack, power = purses.parts[option], 1, 0
        for block in range(first, last):
            given, held, able = _asked(market, purses, block, max(at_most(low * market.block_marks[block]) - error, 1))
            owed -= given
            slack += error * held
            power += able * market.block_marks[block]
        if power == 0:
            purses.numbers[MISSING] = owed
            return _UNPAYABLE
        low = max(low, (owed - slack) / power * LESS)
        high = max(low, (owed + slack) / power * MORE)
        doubtful = False
        for block in range(first, last):
            doubtful |= purses.least[block] <= at_most(high * market.block_marks[block]) + error
        if power == power_before or not doubtful:
            break
        power_before = power
    purses.lows[option], purses.highs[option] = low, high
    purses.floors[option] = low / market.worths[option] * LESS
    purses.full[option] = power == market.powers[option] and not doubtful
    purses.seen[option] = purses.numbers[ROUND]
    return _DOUBTFUL if doubtful else _PAYABLE


@inlined
def _asked(market: Market, purses: Purses, block: int, poor_below: int) -> tuple[int, int, int]:
    """Return what those in a block give who have too little, their voices that hold anything, and the other voices.

    The least that one of the others has is kept.
    """
    given, held, able, least = 0, 0, 0, np.int64(2**62)
    for each in range(market.supporter_starts[block], market.supporter_starts[block + 1]):
        group = market.supporters[each]
        money, voices = purses.money[group], market.voices[group]
        is_poor = money < poor_below
        given += money * voices if is_poor else 0
        held += voices if is_poor and money > 0 else 0
        able += 0 if is_poor else voices
        least = least if is_poor else min(least, money)
    purses.least[block] = least
    return given, held, able


@inlined
def _ceiling(market: Market, purses: Purses, option: int) -> Any:
    """Return what one unit of worth costs at most."""
    return purses.highs[option] / market.worths[option] * MORE


@inlined
def _unseen(market: Market, purses: Purses) -> int:
    """Return where an option waits that may be the cheapest and was not looked at in this round, or -1."""
    now, heap, size = purses.numbers[ROUND], purses.heap, purses.numbers[WAITING]
    if purses.seen[heap[0]] < now:
        return 0
    most = _ceiling(market, purses, heap[0])
    # Nobody in a heap is below the two that come next.
    is_alone = True
    for at in range(1, min(size, 3)):
        is_alone &= purses.floors[heap[at]] > most
    for at in range(1, 0 if is_alone else size):
        if purses.alive[heap[at]] and purses.seen[heap[at]] < now and purses.floors[heap[at]] <= most:
            return at
    return -1


@inlined
def _winner(market: Market, purses: Purses, best: int) -> int:
    """Return who is surely the cheapest, or -1 if that is in doubt.

    Among options that may be equally cheap, one whose supporters all pay alike goes before every option that would not
    be before it even if all of its supporters paid alike.
    """
    most = _ceiling(market, purses, best)
    lead, contenders = -1, 0
    for option in range(len(purses.alive)):
        if purses.alive[option] and purses.floors[option] <= most:
            contenders += 1
            if purses.full[option] and (lead < 0 or market.keys[option] < market.keys[lead]):
                lead = option
    if contenders == 1:
        lead = best
    elif lead >= 0:
        for option in range(len(purses.alive)):
            is_before = market.keys[option] < market.keys[lead]
            if is_before and purses.alive[option] and purses.floors[option] <= most:
                return -1
    if lead >= 0 and purses.doubted[lead] == purses.numbers[ROUND]:
        return -1
    return lead


@inlined
def _bought(market: Market, purses: Purses, winner: int) -> None:
    """Let the supporters of an option pay for it, and keep what is known of this round."""
    now = purses.numbers[ROUND]
    others, rivals = np.inf, np.inf
    keeps = now < len(purses.floors_then)
    for option in range(len(purses.alive)):
        if keeps:
            purses.floors_then[now, option] = purses.floors[option] if purses.alive[option] else np.inf
        if purses.alive[option] and option != winner:
            others = min(others, purses.floors[option])
            if market.keys[option] < market.keys[winner]:
                rivals = min(rivals, purses.floors[option])
    purses.winners[now] = winner
    purses.ceilings[now] = _ceiling(market, purses, winner)
    purses.others[now] = others
    purses.rivals[now] = rivals
    purses.were_full[now] = purses.full[winner]
    purses.lows_then[now], purses.highs_then[now] = purses.lows[winner], purses.highs[winner]
    purses.won_at[winner] = now
    purses.alive[winner] = False
    take(market, purses, winner)
    error, wider = purses.numbers[ERROR], 0
    for block in range(market.block_starts[winner], market.block_starts[winner + 1]):
        mark = market.block_marks[block]
        least, most = at_most(purses.lows[winner] * mark), at_most(purses.highs[winner] * mark) + 1
        poor_below, due = max(least - error, 1), (least + most) // 2
        wider = max(wider, most - least)
        for each in range(market.supporter_starts[block], market.supporter_starts[block + 1]):
            group = market.supporters[each]
            money = purses.money[group]
            if money >= poor_below:
                purses.money[group] = max(money - due, 1)
            elif money > 0:
                purses.money[group] = 0
                purses.emptied_at[group] = now
    purses.numbers[ERROR] = min(error + wider + 1, purses.numbers[PURSE])
    purses.numbers[SPENT] += market.costs[winner]
    purses.numbers[ROUND] = now + 1


@inlined
def _learn(market: Market, purses: Purses, known: Known) -> bool:
    """Take over the floors of an earlier run that bought the same until now, and tell whether there were any."""
    now, followed = purses.numbers[ROUND], purses.numbers[FOLLOWED]
    while followed < min(now, len(known.winners)) and purses.winners[followed] == known.winners[followed]:
        followed += 1
    purses.numbers[FOLLOWED] = followed
    if followed < now or now >= len(known.floors):
        return False
    for option in range(len(market.costs)):
        floor = known.floors[now, option]
        if option != known.changed and floor > purses.floors[option]:
            purses.floors[option] = floor
            purses.lows[option] = max(purses.lows[option], floor * market.worths[option] * LESS)
            purses.alive[option] &= floor < np.inf
    return True


@inlined
def _look_again(market: Market, purses: Purses, known: Known, option: int) -> int:
    """Find the price of an option as an earlier run found it, or by looking."""
    now = purses.numbers[ROUND]
    if now < known.sure and purses.numbers[FOLLOWED] == now and option == known.winners[now]:
        purses.lows[option], purses.highs[option] = known.lows[now], known.highs[now]
        purses.floors[option] = known.floors[now, option]
        purses.full[option] = known.were_full[now]
        purses.seen[option] = now
        return _PAYABLE
    found: int = look(market, purses, option)
    return found


@inlined
def _fill(market: Market, purses: Purses, shift: int, start: int) -> None:
    """Begin a run with `start` parts in each purse; a cent has two parts to the power of `shift`."""
    purses.money[:] = start
    purses.emptied_at[:] = -1
    purses.seen[:] = -1
    purses.doubted[:] = -1
    purses.won_at[:] = -1
    for limit in range(len(market.limit_cents)):
        purses.limit_cents[limit] = market.limit_cents[limit]
        purses.limit_wins[limit] = market.limit_wins[limit]
    for option in range(len(market.costs)):
        purses.alive[option] = market.takes_part[option]
        if market.takes_part[option]:
            cost = market.costs[option]
            purses.parts[option] = cost << shift if shift >= 0 else cost >> -shift
            purses.lows[option] = purses.parts[option] / market.powers[option] * LESS
            purses.floors[option] = purses.lows[option] / market.worths[option] * LESS
    purses.numbers[:] = 0
    purses.numbers[ERROR] = 2
    purses.numbers[PURSE] = start


@inlined
def _cheapest_loser(market: Market, purses: Purses) -> np.int64:
    """Return what the cheapest option costs that lost and has room within its limits; more than anybody has if none."""
    least = np.int64(2**62)
    for option in range(len(market.costs)):
        has_lost = market.takes_part[option] and purses.won_at[option] < 0
        if has_lost and market.costs[option] < least and fits(market, purses, option):
            least = market.costs[option]
    return least


@compiled
def buy(market: Market, purses: Purses, winner: int) -> None:
    """Let the supporters of an option pay for it."""
    _bought(market, purses, winner)


@compiled
def shop(market: Market, purses: Purses, known: Known, spent_max: int, filled: tuple[int, int]) -> int:
    """Buy what costs its supporters least for its worth until nothing is left to buy, more is spent, or in doubt.

    A run is `filled` with so many parts in each purse, or goes on with what is there if that is nothing; and a cent has
    two parts to the power of the other number.
    Purses only get emptier, so a price found earlier is a floor under today's: only the lowest is looked at again.
    """
    if filled[0] > 0:
        _fill(market, purses, filled[1], filled[0])
        purses.numbers[NEEDED] = known.needed
    _learn(market, purses, known)
    line_up(purses)
    while purses.numbers[SPENT] <= spent_max:
        best = cheapest(purses)
        if best < 0:
            break
        at = _unseen(market, purses)
        if at < 0:
            winner = _winner(market, purses, best)
            if winner < 0:
                purses.numbers[ASKED] = best
                return ASK_WINNER
            _bought(market, purses, winner)
            if _learn(market, purses, known):
                line_up(purses)
            continue
        option = purses.heap[at]
        found = _look_again(market, purses, known, option) if fits(market, purses, option) else _NO_ROOM
        if found == _UNPAYABLE:
            missing = purses.numbers[MISSING] // market.reach[option]
            purses.numbers[NEEDED] = min(purses.numbers[NEEDED], missing)
        if found in (_UNPAYABLE, _NO_ROOM):
            purses.alive[option] = False
        elif found == _DOUBTFUL:
            purses.numbers[ASKED] = option
            return ASK_PRICE
        sink(purses, at)
    purses.numbers[CHEAPEST] = _cheapest_loser(market, purses)
    return DONE
