# SPDX-License-Identifier: EUPL-1.2
"""Finds the set of options with the highest total value within the budget and the limits, and proves it.

Source: Nemhauser and Ullmann 1969, "Discrete Dynamic Programming and Capital Allocation": keep only the sets that no
other set beats in both cost and value; here also only those that could still beat the best set found so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import _

STATES_MAX = 400_000
"""Choice: ours; enough for every election in Pabulib that we tried, in some hundred megabytes."""

_INT64_MAX = 2**62
_SLACK = 1e-9
"""More than doubles lose in a bound, so that no set is dropped that could still be the best."""

Numbers = NDArray[Any]
"""Whole numbers of 64 bits, or of any size where they would not fit."""


class TooManySets(RuleBroken):
    """More sets of options are equally promising than there is memory for."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something to choose: what it is worth, and what it takes from the budget and from each limit."""

    value: int
    takes: tuple[int, ...]
    """From the budget, and then from each limit."""


def best_set(items: Sequence[Item], rooms: Sequence[int], above: int = -1) -> frozenset[int] | None:
    """Return the places of the items with the highest total value that fit, or None if it is not above a value.

    `rooms` is what there is of the budget and of each limit; each item takes something of the budget.
    Raises TooManySets.
    """
    order = sorted(range(len(items)), key=lambda place: (-Fraction(items[place].value, items[place].takes[0]), place))
    search = _Search([items[place] for place in order], rooms, above)
    for level in range(len(items)):
        search.step(level)
    chosen = search.chosen
    return None if chosen is None else frozenset(order[level] for level in chosen)


class _Search:
    """All sets of the first items that could still grow into the best one."""

    def __init__(self, items: Sequence[Item], rooms: Sequence[int], above: int) -> None:
        self._items = items
        self._best = above
        self.chosen: frozenset[int] | None = None
        largest = max([sum(item.value for item in items), *rooms, 1])
        self._dtype = np.int64 if largest < _INT64_MAX else object
        self._values = np.zeros(1, dtype=self._dtype)
        self._left = np.array([rooms], dtype=self._dtype)
        """What is left of each room, a row for each set."""
        self._taken = np.zeros((1, len(items) // 64 + 1), dtype=np.uint64)
        self._costs = np.cumsum([0, *(item.takes[0] for item in items)], dtype=np.float64)
        self._worths = np.cumsum([0, *(item.value for item in items)], dtype=np.float64)
        self._fill(0, 0)

    def step(self, level: int) -> None:
        """Decide over one item: each set goes on without it, and with it where it fits."""
        item = self._items[level]
        left = self._left - np.array(item.takes, dtype=self._dtype)
        fits = (left >= 0).all(axis=1)
        taken = self._taken[fits]
        taken[:, level // 64] |= np.uint64(1 << level % 64)
        self._values = np.concatenate([self._values, self._values[fits] + item.value])
        self._left = np.concatenate([self._left, left[fits]])
        self._taken = np.concatenate([self._taken, taken])
        bounds = self._bounds(level + 1)
        if len(bounds):
            self._fill(int(bounds.argmax()), level + 1)
        self._keep(bounds > self._best)
        self._keep_undominated(level + 1)
        if len(self._values) > STATES_MAX:
            raise TooManySets(
                _("There are too many plans of about the same cost and votes to find the best total with certainty.")
            )

    def _bounds(self, level: int) -> NDArray[Any]:
        """Return no less than what each set can become: the budget filled to the last cent, limits left aside."""
        floats = self._left[:, 0].astype(np.float64) + self._costs[level]
        ends = np.clip(np.searchsorted(self._costs, floats, side="right") - 1, level, len(self._items))
        whole = self._worths[ends] - self._worths[level]
        following = np.minimum(ends, len(self._items) - 1)
        rate = np.array([item.value / item.takes[0] for item in self._items])[following]
        part = np.where(ends < len(self._items), (floats - self._costs[ends]) * rate, 0.0)
        bounds: NDArray[Any] = (self._values.astype(np.float64) + whole + part) * (1 + _SLACK) + 1
        return bounds

    def _fill(self, row: int, level: int) -> None:
        """Fill one set with what still fits, and keep it if it is the best so far."""
        value, left = int(self._values[row]), [int(room) for room in self._left[row]]
        taken = [place for place in range(level) if int(self._taken[row, place // 64]) >> place % 64 & 1]
        for place in range(level, len(self._items)):
            item = self._items[place]
            if all(take <= room for take, room in zip(item.takes, left, strict=True)):
                value += item.value
                left = [room - take for take, room in zip(item.takes, left, strict=True)]
                taken.append(place)
        if value > self._best:
            self._best, self.chosen = value, frozenset(taken)

    def _keep_undominated(self, level: int) -> None:
        """Drop each set that another beats or equals in value and in all that is left."""
        matters = [
            room for room in range(1, self._left.shape[1]) if any(item.takes[room] for item in self._items[level:])
        ]
        # Sets with as much left of each limit stand together, cheapest first; of these only a higher value is kept.
        keys = (-self._values, -self._left[:, 0], *(self._left[:, room] for room in matters))
        self._keep(np.lexsort(keys) if self._dtype is np.int64 else _sorted(keys))
        starts = np.zeros(len(self._values), dtype=bool)
        starts[:1] = True
        for room in matters:
            starts[1:] |= self._left[1:, room] != self._left[:-1, room]
        runs = [*np.flatnonzero(starts).tolist(), len(starts)]
        kept = np.ones(len(starts), dtype=bool)
        for start, end in pairwise(runs):
            highest = np.maximum.accumulate(self._values[start:end])
            kept[start + 1 : end] = self._values[start + 1 : end] > highest[:-1]
        self._keep(kept)

    def _keep(self, rows: NDArray[Any]) -> None:
        self._values, self._left, self._taken = self._values[rows], self._left[rows], self._taken[rows]


def _sorted(keys: Sequence[Numbers]) -> Numbers:
    """Return what lexsort does, which knows no numbers of any size."""
    rows = range(len(keys[0]))
    return np.array(sorted(rows, key=lambda row: [key[row] for key in reversed(keys)]), dtype=np.int64)
