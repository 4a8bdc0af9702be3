# SPDX-License-Identifier: EUPL-1.2
"""Divides the cost of options over their supporters so that nobody carries more than needed: maximum flow, exactly.

What an option costs flows to its supporters, and no voice carries more than the load that is tried. Either everything
flows, or some options cost more than all who support any of them can carry: a proof that the load must be higher.
Everything is whole numbers: costs times the denominator of the load, voices times its numerator.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.voting.tallies.poll import Poll

CELLS_MAX = 1_000_000
"""Choice: ours; options times ways in which ballots were marked: about a minute of work."""

_INT64_MAX = 2**62

Cells = NDArray[Any]
"""Whole numbers of 64 bits, or of any size where they would not fit."""


class TooManyBallots(RuleBroken):
    """There are more options and different ballots than can be divided over in reasonable time."""


class Loads:
    """The costs of the options chosen so far, carried by their supporters."""

    def __init__(self, poll: Poll) -> None:
        """Begin with nothing chosen. Raises TooManyBallots."""
        size = len(poll.options), len(poll.voices)
        if size[0] * size[1] > CELLS_MAX:
            raise TooManyBallots(
                _("There are too many ballots and plans to divide the costs over everybody with certainty.")
            )
        self._costs = [option.cost_cents for option in poll.options]
        self._voices = poll.voices
        self._supports = np.zeros(size, dtype=bool)
        for place, (start, end) in enumerate(pairwise(poll.option_starts.tolist())):
            self._supports[place, poll.supporters[start:end]] = True
        self._carried: Cells = np.zeros((0, size[1]), dtype=np.int64)
        """Who carries what: a row for each chosen option, a column for each group of voices, in parts of a cent."""
        self._parts = 1
        """How many parts a cent has: the denominator of the load that was tried."""
        self._chosen: list[int] = []
        self.highest = Fraction(0)
        """The highest load of a whole voice, for what was chosen."""

    def floor(self, place: int) -> Fraction:
        """Return what somebody carries at least with one option more, found without dividing anything."""
        return max(self.highest, self._density([place]), self._density([*self._chosen, place]))

    def choose(self, place: int, load: Fraction) -> Fraction | None:
        """Choose an option if nobody needs to carry more than a load, and return None; or return a higher load.

        What is returned is carried by somebody at least, however the costs are divided.
        """
        places = [*self._chosen, place]
        trial = self._trial(places, load)
        short = trial.run()
        if short is not None:
            return self._density([places[row] for row in short])
        self._chosen, self._carried, self._parts, self.highest = places, trial.carried, load.denominator, load
        return None

    def _trial(self, places: list[int], load: Fraction) -> "_Trial":
        parts = self._cost_cents(places) * load.denominator
        largest = max(parts * self._parts, int(self._voices.sum()) * load.numerator)
        dtype = np.int64 if largest < _INT64_MAX else object
        # What was carried before is a good beginning; rounded down, so that nobody carries too much.
        carried = np.zeros((len(places), len(self._voices)), dtype=dtype)
        carried[:-1] = self._carried.astype(dtype) * load.denominator // self._parts
        return _Trial(
            supports=self._supports[places],
            carried=carried,
            left=self._voices.astype(dtype) * load.numerator - carried.sum(axis=0),
            supply=[
                self._costs[place] * load.denominator - int(row.sum())
                for place, row in zip(places, carried, strict=True)
            ],
        )

    def _density(self, places: list[int]) -> Fraction:
        """Return what each voice carries if all who support any of these options carry them alike."""
        voices = int(self._voices[self._supports[places].any(axis=0)].sum())
        return Fraction(self._cost_cents(places), voices)

    def _cost_cents(self, places: list[int]) -> int:
        return sum(self._costs[place] for place in places)


@dataclass(kw_only=True)
class _Trial:
    """One load tried for what was chosen and one option more, each a row."""

    supports: NDArray[np.bool_]
    carried: Cells
    left: Cells
    """What each group can carry more."""
    supply: list[int]
    """What of each option nobody carries yet."""

    def run(self) -> list[int] | None:
        """Let everything flow, or return the options that cost more than their supporters can carry."""
        for source in range(len(self.supply)):
            self.supply[source] -= self._give(source, self.supply[source])
        # Sums of ones and zeros, so that doubles of any size tell them from none.
        self._ones = self.supports.astype(np.float32)
        self._shared = self._ones @ (self.carried > 0).astype(np.float32).T > 0
        self._spare = self._ones @ (self.left > 0).astype(np.float32) > 0
        for source in range(len(self.supply)):
            while self.supply[source]:
                path = self._path(source)
                if isinstance(path, set):
                    return sorted(path)
                self.supply[source] -= self._push(path, self.supply[source])
        return None

    def _path(self, source: int) -> list[int] | set[int]:
        """Return options from the source to one whose supporters can carry more, or all that were reached in vain."""
        before: dict[int, int | None] = {source: None}
        unseen = np.ones(len(self.supply), dtype=bool)
        unseen[source] = False
        queue = [source]
        for reached in queue:
            if self._spare[reached]:
                path = [reached]
                while (previous := before[path[0]]) is not None:
                    path.insert(0, previous)
                return path
            found = np.flatnonzero(self._shared[reached] & unseen).tolist()
            unseen[found] = False
            before |= dict.fromkeys(found, reached)
            queue += found
        return set(before)

    def _push(self, path: list[int], most: int) -> int:
        """Let each option on a path take over from the next one what their shared supporters carry for that."""
        amount = min(most, int(self.left[self.supports[path[-1]]].sum()))
        for nearer, farther in pairwise(path):
            amount = min(amount, int(self.carried[farther][self.supports[nearer]].sum()))
        self._give(path[-1], amount)
        for nearer, farther in pairwise(path):
            both = np.flatnonzero(self.supports[nearer])
            moved = _first(self.carried[farther][both], amount)
            self.carried[farther][both] -= moved
            self.carried[nearer][both] += moved
        self._shared[:, path] = self._ones @ (self.carried[path] > 0).astype(np.float32).T > 0
        self._spare = self._ones @ (self.left > 0).astype(np.float32) > 0
        return amount

    def _give(self, row: int, most: int) -> int:
        """Let the supporters of an option carry more of it, as much as they can; return how much."""
        groups = np.flatnonzero(self.supports[row])
        given = _first(self.left[groups], most)
        self.left[groups] -= given
        self.carried[row][groups] += given
        return int(given.sum())


def _first(amounts: NDArray[Any], most: int) -> NDArray[Any]:
    """Return the amounts from the first on, until they are so much together."""
    ends = np.cumsum(amounts)
    taken: NDArray[Any] = np.minimum(amounts, np.maximum(most - (ends - amounts), 0))
    return taken
