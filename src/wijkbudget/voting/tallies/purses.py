# SPDX-License-Identifier: EUPL-1.2
"""Runs of equal shares: every voice gets the same purse, and supporters pay together for what they chose."""

from fractions import Fraction
from math import ceil

import numpy as np

from wijkbudget.voting.tallies.earlier import Earlier, Full, Trace
from wijkbudget.voting.tallies.exact import Exact, Price, in_parts, nearest
from wijkbudget.voting.tallies.loops.machine import (
    ASK_PRICE,
    ASKED,
    CHEAPEST,
    DONE,
    ERROR,
    LESS,
    MORE,
    NEEDED,
    ROUND,
    SPENT,
    Market,
    Purses,
)
from wijkbudget.voting.tallies.loops.shopping import buy, shop
from wijkbudget.voting.tallies.loops.weighing import refill, weigh_losers, weigh_offers
from wijkbudget.voting.tallies.poll import Column
from wijkbudget.voting.tallies.stall import Stall

_BITS = 60
"""All the money of a run takes no more, so that sums of it fit in 64."""

_LEAST_CENTS = 2.0**-_BITS
"""Less than any voice holds that holds anything."""


Offers = tuple[Column, Column, int]
"""What the supporters of a loser could have given in each round of a run, in two columns, and at its end."""


class Runs:
    """One run after another with the same purses; what can be asked is about the last one, or one that is recalled."""

    exact: Exact
    total_cents = 0
    """With how much everybody together began."""

    def __init__(self, stall: Stall, earlier: Earlier) -> None:
        """Take purses, with nothing in them yet; earlier runs make these quicker, and never other."""
        self.stall, self._market = stall, stall.market
        self._budget_cents, self._voices = stall.poll.election.budget_cents, int(stall.poll.voices.sum())
        self._shift, self._earlier = 0, earlier
        self._traces: dict[int, Trace] = {}
        self._offered: dict[tuple[int, int], Offers] = {}
        self._purses = _purses(stall.market, earlier.rows(len(stall.market.costs)))

    def run(self, total_cents: int) -> Trace:
        """Return what is bought when everybody begins with an equal part of so much money."""
        found = self._traces.get(total_cents) or self._as_before(total_cents) or self._run(total_cents)
        if self._earlier.is_of_use:
            self._traces[total_cents] = found
        return found

    def recall(self, total_cents: int) -> None:
        """Bring back the run that began with so much money."""
        if self.total_cents != total_cents:
            self._run(total_cents)

    def _full(self, total_cents: int) -> Full:
        """Return how full the purses are of a run that begins with so much money."""
        shift = _BITS - max(total_cents, self._budget_cents).bit_length()
        return Full(total_cents=total_cents, voices=self._voices, shift=shift)

    def _as_before(self, total_cents: int) -> Trace | None:
        """Return a run as it was before an option changed, if that is surely not bought now either."""
        option, full, market = self._earlier.changed, self._full(total_cents), self._market
        then = self._earlier.without(full)
        falls_under_limits = market.limit_starts[option] < market.limit_starts[option + 1]
        if then is None or falls_under_limits or not market.takes_part[option]:
            return None
        cost_cents = int(market.costs[option])
        offers = poor, power, left = self._offers(full, then, option)
        # However its supporters are divided, the price is at least what these leave of the cost, divided over those.
        owed = full.parts(cost_cents) - poor
        floors = np.where(power > 0, owed / np.maximum(power, 1), np.where(owed > 0, np.inf, 0.0))
        floors *= LESS / market.worths[option]
        ended = then.spent_cents <= self._budget_cents
        if (floors <= then.ceilings).any() or (ended and left >= full.parts(cost_cents)):
            return None
        # In this run the same is bought at the same prices, so what it was short of is told by the same offers.
        self._offered[total_cents, option] = offers
        return then._replace(
            others=np.minimum(then.others, floors),
            rivals=np.minimum(then.rivals, floors),
            cheapest_cents=min(then.cheapest_cents, cost_cents),
        )

    def _run(self, total_cents: int) -> Trace:
        """Begin with an equal part of so much money for everybody, and buy all that can be bought."""
        purses, self.total_cents = self._purses, total_cents
        full = self._full(total_cents)
        self._shift = full.shift
        self.exact = Exact(self._market, purses, total_cents, self._voices)
        known, sure = self._earlier.known(full), None
        asked = shop(self._market, purses, known, self._budget_cents, (full.purse, self._shift))
        while asked != DONE:
            # What is asked can count all purses again, and then they no longer hold the same to the last part.
            known, sure = known._replace(sure=0), int(purses.numbers[ROUND]) if sure is None else sure
            if asked == ASK_PRICE:
                self._find_price(int(purses.numbers[ASKED]))
            else:
                self._find_winner(int(purses.numbers[ASKED]))
            asked = shop(self._market, purses, known, self._budget_cents, (0, self._shift))
        rounds = int(purses.numbers[ROUND])
        trace = Trace(
            winners=purses.winners[:rounds].copy(),
            lows=purses.lows_then[:rounds].copy(),
            ceilings=purses.ceilings[:rounds].copy(),
            others=purses.others[:rounds].copy(),
            rivals=purses.rivals[:rounds].copy(),
            were_full=purses.were_full[:rounds].copy(),
            spent_cents=int(purses.numbers[SPENT]),
            cheapest_cents=int(purses.numbers[CHEAPEST]),
            short_cents=int(purses.numbers[NEEDED]) * 2.0**-self._shift,
        )
        self._earlier.keep(full, purses, trace, sure, ended=trace.spent_cents <= self._budget_cents)
        return trace

    def cents_left(self) -> dict[int, int]:
        """Return the whole cents that the supporters of each option that lost have left together."""
        held, voices = np.zeros(len(self._market.costs), np.int64), np.zeros(len(self._market.costs), np.int64)
        weigh_losers(self._market, self._purses, held, voices)
        error = voices * self._purses.numbers[ERROR]
        shift = max(self._shift, 0)
        # With less than a part to a cent they are never the same, for there is always some error.
        bounds = zip(((held - error) >> shift).tolist(), ((held + error) >> shift).tolist(), strict=True)
        has_lost = self._market.takes_part & (self._purses.won_at < 0)
        return {
            option: least if least == most else int(self.exact.left_together(option) // 1)
            for option, (least, most) in enumerate(bounds)
            if has_lost[option]
        }

    def lacking(self, total_cents: int, option: int) -> tuple[int, int]:
        """Return about how many cents, and about how many more voices, a loser was short of where it came nearest."""
        run, full = self.run(total_cents), self._full(total_cents)
        poor, power, left = self._offered.get((total_cents, option)) or self._offers(full, run, option)
        asked = np.append(run.ceilings * self._market.worths[option], np.inf)
        offers = np.append(poor + power * asked[:-1], left)
        cents = self._market.costs[option] - offers * 2.0**-full.shift
        brought = np.minimum(asked, full.purse) * 2.0**-full.shift
        return max(1, ceil(cents.min())), max(1, ceil((cents / np.maximum(brought, _LEAST_CENTS)).min()))

    def _offers(self, full: Full, run: Trace, option: int) -> Offers:
        """Return what the supporters of a loser could at most have given in each round of a run, and at its end.

        By round: the parts of those who hold less than the winner's price, and the voices of the others, each times its
        mark.
        """
        won_at = np.full(len(self._market.costs), -1)
        won_at[run.winners] = np.arange(len(run.winners))
        poor, power, dues = np.zeros((3, len(run.winners)), np.int64)
        bought = (won_at, run.lows, run.ceilings)
        left = weigh_offers(self._market, full.purse, option, bought, (poor, power, dues))
        return poor, power, int(left)

    def cents_paid(self, voice_unit: Fraction) -> list[int]:
        """Return what a voice of one paid for each mark, by round, in whole cents and rounded up."""
        winners = self._purses.winners[: self._purses.numbers[ROUND]]
        cents = 2.0**-self._shift / nearest(voice_unit)
        least = np.ceil(self._purses.lows[winners] * (cents * LESS)).tolist()
        most = np.ceil(self._purses.highs[winners] * (cents * MORE)).tolist()
        return [
            int(low) if low == high else ceil(self.exact.prices[bought_in] / voice_unit)
            for bought_in, (low, high) in enumerate(zip(least, most, strict=True))
        ]

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
        most = purses.highs[best] / self._market.worths[best] * MORE
        may_win = purses.alive & (purses.floors <= most)
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


def _purses(market: Market, rows: int) -> Purses:
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
        floors_then=np.zeros((rows, options)),
        lows_then=np.zeros(options),
        highs_then=np.zeros(options),
        numbers=np.zeros(10, np.int64),
    )
