# SPDX-License-Identifier: EUPL-1.2
"""Runs of equal shares: every voice gets the same purse, and supporters pay together for what they chose."""

from typing import NamedTuple

import numpy as np

from wijkbudget.voting.tallies.exact import Exact, Price, in_parts, nearest
from wijkbudget.voting.tallies.loops.machine import (
    ASK_PRICE,
    ASKED,
    DONE,
    ERROR,
    LESS,
    MORE,
    NEEDED,
    ROUND,
    SPENT,
    Flags,
    Floats,
    Market,
    Purses,
)
from wijkbudget.voting.tallies.loops.shopping import buy, ceiling, fill, is_complete, shop
from wijkbudget.voting.tallies.loops.weighing import refill
from wijkbudget.voting.tallies.poll import Column
from wijkbudget.voting.tallies.stall import Stall

_BITS = 60
"""All the money of a run takes no more, so that sums of it fit in 64."""


class Trace(NamedTuple):
    """What one run bought, and what is known about the prices in each round."""

    winners: Column
    ceilings: Floats
    others: Floats
    rivals: Floats
    were_full: Flags
    spent_cents: int
    short_cents: float
    """The least that each voice that supports some loser is short of, when nothing else changes."""


class Runs:
    """One run after another with the same purses; what can be asked is about the last one."""

    exact: Exact

    def __init__(self, stall: Stall) -> None:
        """Take purses, with nothing in them yet."""
        self._stall, self._market = stall, stall.market
        self._budget_cents, self._voices = stall.poll.election.budget_cents, int(stall.poll.voices.sum())
        self._shift = 0
        self._purses = _purses(stall.market)

    def run(self, total_cents: int) -> Trace:
        """Begin with an equal part of so much money for everybody, and buy all that can be bought."""
        purses = self._purses
        self._shift = _BITS - max(total_cents, self._budget_cents).bit_length()
        held = total_cents << self._shift if self._shift >= 0 else total_cents >> -self._shift
        fill(self._market, purses, self._shift, max(held // self._voices, 1))
        self.exact = Exact(self._market, purses, total_cents)
        while (asked := shop(self._market, purses, self._budget_cents)) != DONE:
            if asked == ASK_PRICE:
                self._find_price(int(purses.numbers[ASKED]))
            else:
                self._find_winner(int(purses.numbers[ASKED]))
        rounds = int(purses.numbers[ROUND])
        return Trace(
            winners=purses.winners[:rounds].copy(),
            ceilings=purses.ceilings[:rounds].copy(),
            others=purses.others[:rounds].copy(),
            rivals=purses.rivals[:rounds].copy(),
            were_full=purses.were_full[:rounds].copy(),
            spent_cents=int(purses.numbers[SPENT]),
            short_cents=int(purses.numbers[NEEDED]) * 2.0**-self._shift,
        )

    def is_complete(self, left_cents: int) -> bool:
        """Return whether nothing that lost has room within its limits and costs at most so much."""
        return bool(is_complete(self._market, self._purses, left_cents))

    def cents_left(self, option: int) -> int:
        """Return the whole cents that the supporters of an option have left together."""
        poll = self._stall.poll
        supporters = poll.supporters[poll.option_starts[option] : poll.option_starts[option + 1]]
        voices, held = poll.voices[supporters], self._purses.money[supporters]
        parts, error = int((voices * held).sum()), int(self._purses.numbers[ERROR]) * int(voices[held > 0].sum())
        parts_of_cent = 2 ** max(self._shift, 0)
        least, most = ((parts - error) // parts_of_cent, (parts + error) // parts_of_cent)
        # With less than a part to a cent they are never the same, for there is always some error.
        return least if least == most else int(self.exact.left_together(option) // 1)

    @property
    def emptied_at(self) -> list[int]:
        """Return the round in which each purse gave all it had, or -1."""
        emptied_at: list[int] = self._purses.emptied_at.tolist()
        return emptied_at

    def _find_price(self, option: int) -> None:
        """Find the exact price of an option that the loops cannot tell from what its supporters hold."""
        if self._exact_price(option):
            self._purses.doubted[option] = self._purses.numbers[ROUND]

    def _find_winner(self, best: int) -> None:
        """Buy who is exactly the cheapest of all that may be, or the first among equals."""
        purses = self._purses
        may_win = purses.alive & (purses.floors <= ceiling(self._market, purses, best))
        found = {option: self._exact_price(option) for option in np.flatnonzero(may_win).tolist()}
        prices = {option: price for option, price in found.items() if price is not None}
        if len(prices) < len(found):
            return
        winner = min(prices, key=lambda option: (prices[option].cents / int(self._market.worths[option]), option))
        now = int(purses.numbers[ROUND])
        self.exact.note(prices[winner])
        buy(self._market, purses, winner)
        purses.money[prices[winner].emptied] = 0
        purses.emptied_at[prices[winner].emptied] = now

    def _exact_price(self, option: int) -> Price | None:
        """Return an exact price and who gives all for it, and let the loops know; None ends the option's part."""
        price = self.exact.price(option, self._shift)
        purses = self._purses
        if price is None:
            purses.alive[option] = False
            return None
        parts = nearest(in_parts(price.cents, self._shift))
        purses.lows[option] = max(purses.lows[option], parts * LESS)
        purses.highs[option] = parts * MORE
        purses.floors[option] = purses.lows[option] * LESS / self._market.worths[option]
        if purses.numbers[ERROR] > 8 * (purses.numbers[ROUND] + 1):
            self._refill()
        return price

    def _refill(self) -> None:
        dues = np.zeros(len(self._market.block_marks), np.int64)
        for winner, paid in zip(self._purses.winners, self.exact.dues_in_parts(self._shift), strict=False):
            first = self._market.block_starts[winner]
            dues[first : first + len(paid)] = paid
        refill(self._market, self._purses, dues)


def _purses(market: Market) -> Purses:
    """Return purses for a market; a run fills them."""
    options, groups, limits = len(market.costs), len(market.voices), len(market.limit_cents)
    return Purses(
        money=np.zeros(groups, np.int64),
        least=np.zeros(len(market.block_marks), np.int64),
        parts=np.zeros(options, np.int64),
        emptied_at=np.zeros(groups, np.int64),
        alive=np.zeros(options, np.bool_),
        heap=np.zeros(options, np.int64),
        seen=np.zeros(options, np.int64),
        doubted=np.zeros(options, np.int64),
        full=np.zeros(options, np.bool_),
        lows=np.zeros(options),
        highs=np.zeros(options),
        floors=np.zeros(options),
        won_at=np.zeros(options, np.int64),
        winners=np.zeros(options, np.int64),
        ceilings=np.zeros(options),
        others=np.zeros(options),
        rivals=np.zeros(options),
        were_full=np.zeros(options, np.bool_),
        limit_cents=np.zeros(limits, np.int64),
        limit_wins=np.zeros(limits, np.int64),
        numbers=np.zeros(8, np.int64),
    )
