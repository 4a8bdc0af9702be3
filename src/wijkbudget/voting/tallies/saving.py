# SPDX-License-Identifier: EUPL-1.2
"""Voices that save at the same speed: what their supporters buy, and exactly when."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, gcd

import numpy as np

from wijkbudget.voting.tallies.exact import nearest
from wijkbudget.voting.tallies.limits import Room
from wijkbudget.voting.tallies.loops.machine import ASK_WINNER, ASKED, DONE, ENDED, LEFT, ROUND, TOLD, Savers, Savings
from wijkbudget.voting.tallies.loops.saving import look_at_losers, save, weigh_savers
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.stall import limit_columns

_CELLS_MAX = 2**16
"""Rounds by rounds that are kept before their moments are made exact: half a megabyte."""


class Saving:
    """What was bought when, and what ended the count."""

    def __init__(self, poll: Poll, payable: Sequence[int], room: Room) -> None:
        """Buy what can be paid first until something does not fit, or nothing is left; `room` is what limits leave."""
        self._poll = poll
        self._savers, self._savings = _open(poll, payable, room)
        self._moments = [0]
        """What each whole voice had saved at each purchase, in parts of a cent; the first is that of none."""
        self._scale = 1
        """How many parts a cent has."""
        first = -1
        while (asked := save(self._savers, self._savings, first)) not in (DONE, ENDED):
            first = self._exactly_first() if asked == ASK_WINNER else -1
            self._catch_up()
        self.bought: list[int] = self._savings.winners[: self._savings.numbers[ROUND]].tolist()
        """The places of what was bought, in that order."""
        self.ended_by = int(self._savings.numbers[ASKED]) if asked == ENDED else None
        """The place of what could be paid next and no longer fitted."""

    def cents_saved(self) -> list[int]:
        """Return what a voice of one had saved at each purchase, in whole cents and rounded up."""
        rounds, unit = len(self.bought), self._poll.voice_unit
        # Dividing by the unit rounds too: one purchase more of error covers that.
        times, radius = self._savings.times[1 : rounds + 1] / nearest(unit), self._savings.radii[rounds + 1]
        least, most = np.ceil(times * (1 - radius)).tolist(), np.ceil(times * (1 + radius)).tolist()
        return [
            int(low) if low == high else ceil(self._saved(number) / unit)
            for number, (low, high) in enumerate(zip(least, most, strict=True), 1)
        ]

    def cents_together(self) -> dict[int, int]:
        """Return the whole cents that the supporters of each option that could not be paid had together at the end."""
        if self.ended_by is None:
            return {}
        look_at_losers(self._savers, self._savings)
        lost = np.flatnonzero(self._savings.is_open)
        moments, end = self._savings.moments[lost], self._savings.moments[self.ended_by]
        support, costs = self._savers.support[lost], self._savers.costs[lost]
        together = costs - support * (moments - end)
        error = (costs + support * (moments + end)) * self._savings.radii[len(self.bought) + 1]
        bounds = zip(np.floor(together - error).tolist(), np.floor(together + error).tolist(), strict=True)
        return {
            place: int(least) if least == most else self._exactly_together(place)
            for place, (least, most) in zip(lost.tolist(), bounds, strict=True)
        }

    def _exactly_first(self) -> int:
        """Return which of all options that may be payable first exactly is, by the lot if there are more."""
        now, moments = self._savings.numbers[ROUND], self._savings.moments
        places = np.flatnonzero(self._savings.is_open)
        least = moments[places] * (1 - self._savings.radii[now])
        most = moments[places].min() * (1 + self._savings.radii[now])
        near: list[int] = places[least <= most].tolist()
        return min(near, key=lambda place: (self._payable_at(place), place))

    def _exactly_together(self, place: int) -> int:
        assert self.ended_by is not None, "all that lost had no room"
        lacks = (self._payable_at(place) - self._payable_at(self.ended_by)) * int(self._savers.support[place])
        return int((self._savers.costs[place].item() - lacks) // 1)

    def _payable_at(self, place: int) -> Fraction:
        """Return exactly what each whole voice has saved when an option can be paid, in cents."""
        self._catch_up()
        voices = np.zeros(len(self._moments), np.int64)
        weigh_savers(self._savers, self._savings, place, voices)
        return Fraction(self._owed(place, voices.tolist()), int(self._savers.support[place]) * self._scale)

    def _saved(self, number: int) -> Fraction:
        self._catch_up()
        return Fraction(self._moments[number], self._scale)

    def _catch_up(self) -> None:
        """Find the exact moments of the purchases since the last time, with more parts to a cent if it takes that."""
        told, now = len(self._moments) - 1, int(self._savings.numbers[ROUND])
        for row, place in enumerate(self._savings.winners[told:now].tolist()):
            owed, support = self._owed(place, self._savings.rows[row].tolist()), int(self._savers.support[place])
            growth = support // gcd(owed, support)
            self._moments = [each * growth for each in self._moments]
            self._scale *= growth
            self._moments.append(owed * growth // support)
        self._savings.numbers[TOLD] = now

    def _owed(self, place: int, voices: list[int]) -> int:
        """Return what an option costs and its supporters spent before, in parts of a cent."""
        spent = sum(each * saved for each, saved in zip(voices, self._moments, strict=False) if each)
        return int(self._savers.costs[place]) * self._scale + spent


def _open(poll: Poll, payable: Sequence[int], room: Room) -> tuple[Savers, Savings]:
    """Return who saves for what, before anything is bought."""
    limits, options, most = limit_columns(poll, room), len(poll.options), len(payable) + 1
    savers = Savers(
        costs=poll.costs,
        support=poll.backing,
        option_starts=poll.option_starts,
        supporters=poll.supporters.view(np.uint32),
        voices=poll.voices,
        limit_starts=limits.starts,
        limit_of=limits.of,
    )
    savings = Savings(
        is_open=np.zeros(options, np.bool_),
        moments=poll.costs / np.maximum(poll.backing, 1),
        seen=np.zeros(options, np.int64),
        last=np.zeros(len(poll.voices), np.int64),
        times=np.zeros(most),
        # A sum of so many numbers above zero, each rounded as often, is off by less for each part of it.
        radii=np.square(np.arange(most + 1, dtype=np.float64) + 8) * 2.0**-53,
        weighed=np.zeros(most, np.int64),
        rows=np.zeros((min(most, max(_CELLS_MAX // most, 1)), most), np.int64),
        winners=np.zeros(most, np.int64),
        limit_cents=limits.cents,
        limit_wins=limits.wins,
        numbers=np.zeros(4, np.int64),
    )
    savings.is_open[list(payable)] = True
    savings.numbers[LEFT] = poll.election.budget_cents
    return savers, savings
