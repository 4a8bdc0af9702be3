# SPDX-License-Identifier: EUPL-1.2
"""The exact prices of equal shares: all money as whole numbers over one scale, which grows where a price needs it.

A purse that still holds something began like all others and paid every winner it chose in full. So what many purses
hold together follows from how many voices paid in which round, and no purse needs a fraction of its own.
"""

from fractions import Fraction
from math import gcd, inf
from typing import NamedTuple

import numpy as np

from wijkbudget.voting.tallies.loops.machine import ROUND, Market, Purses
from wijkbudget.voting.tallies.loops.weighing import weigh, weigh_purse, weigh_rounds
from wijkbudget.voting.tallies.poll import Column

_CELLS_MAX = 2**16
"""Rounds by rounds that are looked at together: half a megabyte."""


class Price(NamedTuple):
    """What each voice pays for each mark, in cents, and which groups in doubt pay all they have."""

    cents: Fraction
    emptied: list[int]


class _Doubtful(NamedTuple):
    """A group that may be too poor for a price; `held` is what its voices hold together."""

    group: int
    mark: int
    voices: int
    held: int


class Exact:
    """What the purses of one run hold and paid, exactly."""

    def __init__(self, market: Market, purses: Purses, total_cents: int, voices: int) -> None:
        """Divide the money equally over all voices."""
        self._market, self._purses = market, purses
        self._scale = voices
        self._full = total_cents
        """What a purse held at the start, in parts of a cent: the scale says how many there are in one."""
        self._dues: list[int] = []
        """What each voice paid for each mark, by round, in the same parts."""

    @property
    def prices(self) -> list[Fraction]:
        """Return what each voice paid for each mark, in cents, by round."""
        self._catch_up()
        return [Fraction(due, self._scale) for due in self._dues]

    def left_together(self, option: int) -> Fraction:
        """Return what the supporters of an option have left together, in cents."""
        self._catch_up()
        held, _power, _doubtful = self._weighed(option, (inf, inf))
        return Fraction(held, self._scale)

    def price(self, option: int, shift: int) -> Price | None:
        """Return the price of an option, or None if its supporters cannot pay it.

        Where the loops looked for it they found bounds; `shift` says in what power of two of a cent.
        """
        self._catch_up()
        low, high = self._purses.lows[option].item(), self._purses.highs[option].item()
        while True:
            held, power, doubtful = self._weighed(option, (low, high))
            owed = int(self._market.costs[option]) * self._scale - held
            emptied: list[_Doubtful] = []
            power += sum(each.mark * each.voices for each in doubtful)
            while poorer := [each for each in doubtful if each.held * power < owed * each.mark * each.voices]:
                emptied += poorer
                doubtful = [each for each in doubtful if each.held * power >= owed * each.mark * each.voices]
                owed -= sum(each.held for each in poorer)
                power -= sum(each.mark * each.voices for each in poorer)
            if not power:
                return None
            cents = Fraction(owed, power * self._scale)
            if in_parts(cents, shift) <= high:
                # Who has just enough is as empty afterwards as who has less.
                emptied += [each for each in doubtful if each.held * power == owed * each.mark * each.voices]
                return Price(cents, [each.group for each in emptied])
            high = nearest(in_parts(cents, shift)) * 2

    def dues_in_parts(self, shift: int) -> list[list[int]]:
        """Return for each round what its blocks of supporters paid, in the parts that the loops count in."""
        self._catch_up()
        winners = self._purses.winners[: len(self._dues)].tolist()
        return [
            [
                int(in_parts(Fraction(due * mark, self._scale), shift))
                for mark in self._market.block_marks[
                    self._market.block_starts[winner] : self._market.block_starts[winner + 1]
                ].tolist()
            ]
            for winner, due in zip(winners, self._dues, strict=True)
        ]

    def note(self, price: Price) -> None:
        """Keep the price of the winner of this round, which was asked for here."""
        self._append(price.cents.numerator * self._scale, price.cents.denominator)

    def _append(self, owed: int, power: int) -> None:
        """Keep what each voice paid for each mark, with more parts to a cent if it takes that."""
        growth = power // gcd(owed, power)
        if growth > 1:
            self._scale *= growth
            self._full *= growth
            self._dues = [due * growth for due in self._dues]
        self._dues.append(owed * growth // power)

    def _catch_up(self) -> None:
        """Find the exact prices of the rounds since the last time."""
        now = int(self._purses.numbers[ROUND])
        while (first := len(self._dues)) < now:
            last = min(now, first + max(_CELLS_MAX // now, 1))
            paid, poor, power = np.zeros((last - first, now), np.int64), *np.zeros((2, last - first), np.int64)
            weigh_rounds(self._market, self._purses, first, (paid, poor, power))
            costs = self._market.costs[self._purses.winners[first:last]].tolist()
            for cost_cents, row, voices, paying in zip(costs, paid, poor.tolist(), power.tolist(), strict=True):
                self._append(cost_cents * self._scale - self._held(voices, row), paying)

    def _weighed(self, option: int, bounds: tuple[float, float]) -> tuple[int, int, list[_Doubtful]]:
        """Return what those who cannot pay hold, the voices that can, each times its mark, and who may."""
        starts = self._market.supporter_starts
        first, last = self._market.block_starts[option], self._market.block_starts[option + 1]
        paid, doubtful = np.zeros(len(self._dues), np.int64), np.zeros(2 * (starts[last] - starts[first]), np.int64)
        poor, power, doubts = weigh(self._market, self._purses, option, bounds, (paid, doubtful))
        found = [self._doubtful(group, mark) for group, mark in doubtful[: 2 * doubts].reshape(-1, 2).tolist()]
        return self._held(poor, paid), power, found

    def _doubtful(self, group: int, mark: int) -> _Doubtful:
        voices, paid = int(self._market.voices[group]), np.zeros(len(self._dues), np.int64)
        weigh_purse(self._market, self._purses, group, paid)
        return _Doubtful(group, mark, voices, self._held(voices, paid))

    def _held(self, voices: int, paid: Column) -> int:
        """Return what voices hold together that began with a full purse each and paid so much by round."""
        times: list[int] = paid[: len(self._dues)].tolist()
        return voices * self._full - sum(due * each for due, each in zip(self._dues, times, strict=True) if each)


def nearest(parts: Fraction) -> float:
    """Return the number nearest to a fraction that the loops can hold."""
    return parts.numerator / parts.denominator


def in_parts(cents: Fraction, shift: int) -> Fraction:
    """Return an amount in parts of a cent, of which there are two to the power of `shift`."""
    return cents * Fraction(2**shift if shift >= 0 else 1, 1 if shift >= 0 else 2**-shift)
