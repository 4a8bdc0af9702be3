# SPDX-License-Identifier: EUPL-1.2
"""Buys what savers can pay first, again and again: quick, and never surer than it can be.

A group spent all it ever saved when it last bought something, so with how many voices which purchase was the last says
what supporters have spent. These are whole numbers; only moments of purchases are rounded, and `radii` says how far.
"""

from wijkbudget.voting.tallies.loops.machine import (
    ASK_ROOM,
    ASK_WINNER,
    ASKED,
    DONE,
    ENDED,
    LEFT,
    ROUND,
    TOLD,
    Savers,
    Savings,
    compiled,
    inlined,
)
from wijkbudget.voting.tallies.loops.room import fits, take
from wijkbudget.voting.tallies.poll import Column

_NOBODY, _IN_DOUBT = -1, -2


@inlined
def _weigh(savers: Savers, savings: Savings, option: int, voices: Column) -> None:
    """Find with how many voices of an option's supporters each purchase was their last, the first that of none."""
    for purchase in range(savings.numbers[ROUND] + 1):
        voices[purchase] = 0
    for each in range(savers.option_starts[option], savers.option_starts[option + 1]):
        group = savers.supporters[each]
        voices[savings.last[group]] += savers.voices[group]


@inlined
def _look(savers: Savers, savings: Savings, option: int) -> None:
    """Find when an option can be paid."""
    now, voices = savings.numbers[ROUND], savings.weighed
    _weigh(savers, savings, option, voices)
    spent = 0.0
    for purchase in range(1, now + 1):
        spent += voices[purchase] * savings.times[purchase]
    savings.moments[option] = (savers.costs[option] + spent) / savers.support[option]
    savings.seen[option] = now


@inlined
def _first(savers: Savers, savings: Savings) -> int:
    """Return which open option can surely be paid first.

    Who buys something else can pay only later, so a moment found earlier is a floor under today's.
    """
    now = savings.numbers[ROUND]
    less, more = 1 - savings.radii[now], 1 + savings.radii[now]
    while True:
        best, rival = _NOBODY, _NOBODY
        for option in range(len(savings.is_open)):
            if savings.is_open[option] and (best < 0 or savings.moments[option] < savings.moments[best]):
                best = option
        if best == _NOBODY:
            return _NOBODY
        asked = best
        if savings.seen[best] == now:
            asked = _NOBODY
            for option in range(len(savings.is_open)):
                is_near = savings.moments[option] * less <= savings.moments[best] * more
                if is_near and savings.is_open[option] and option != best:
                    rival = option
                    asked = option if savings.seen[option] < now else asked
        if asked == _NOBODY:
            return best if rival == _NOBODY else _IN_DOUBT
        _look(savers, savings, asked)


@inlined
def _buy(savers: Savers, savings: Savings, winner: int) -> None:
    """Let the supporters of an option spend all they have saved."""
    now = savings.numbers[ROUND]
    _weigh(savers, savings, winner, savings.rows[now - savings.numbers[TOLD]])
    for each in range(savers.option_starts[winner], savers.option_starts[winner + 1]):
        savings.last[savers.supporters[each]] = now + 1
    savings.winners[now] = winner
    savings.times[now + 1] = savings.moments[winner]
    savings.numbers[LEFT] -= savers.costs[winner]
    savings.numbers[ROUND] = now + 1


@compiled
def save(savers: Savers, savings: Savings, first: int) -> int:
    """Buy what can be paid first until nothing is open, something does not fit in the money, or it is in doubt.

    `first` is who goes first after a doubt; below zero if nobody asked.
    """
    while savings.numbers[ROUND] - savings.numbers[TOLD] < len(savings.rows):
        if first < 0:
            first = _first(savers, savings)
        if first == _NOBODY:
            return DONE
        if first == _IN_DOUBT:
            return ASK_WINNER
        savings.is_open[first] = False
        if fits(savers, savings, first):
            if savers.costs[first] > savings.numbers[LEFT]:
                savings.numbers[ASKED] = first
                return ENDED
            _buy(savers, savings, first)
            take(savers, savings, first)
        first = _NOBODY
    return ASK_ROOM


@compiled
def weigh_savers(savers: Savers, savings: Savings, option: int, voices: Column) -> None:
    """Find with how many voices of an option's supporters each purchase was their last."""
    _weigh(savers, savings, option, voices)


@compiled
def look_at_losers(savers: Savers, savings: Savings) -> None:
    """Find when each option that is still open can be paid."""
    for option in range(len(savings.is_open)):
        if savings.is_open[option]:
            _look(savers, savings, option)
