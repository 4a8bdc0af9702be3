# SPDX-License-Identifier: EUPL-1.2
"""What earlier runs of equal shares knew of prices, so that a run where one option changed need not find it again.

It never decides. Take a run that bought the same until now with purses at least as full: nobody holds more now than
then, so every price is as high or higher, but that of the option which changed. What was a floor under a price then is
one now, and who could not be paid then cannot be paid now. And with purses just as full the run is the same, if the
option that changed was not bought then and is proved not to be bought now.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from wijkbudget.voting.tallies.loops.machine import NEEDED, ROUND, Flags, Floats, Known, Purses
from wijkbudget.voting.tallies.poll import Column

_CELLS_MAX = 2**22
"""What is kept takes no more than 32 megabytes."""

_NOTHING = Known(
    winners=np.zeros(0, np.int64),
    floors=np.zeros((0, 0)),
    lows=np.zeros(0),
    highs=np.zeros(0),
    were_full=np.zeros(0, np.bool_),
    sure=0,
    needed=2**62,
    changed=-1,
)


class Trace(NamedTuple):
    """What one run bought, and what is known about the prices in each round."""

    winners: Column
    lows: Floats
    """The price for a mark was at least this."""
    ceilings: Floats
    """The price for a unit of worth was at most this."""
    others: Floats
    rivals: Floats
    were_full: Flags
    spent_cents: int
    cheapest_cents: int
    """What the cheapest loser costs that limits have room for; more than anybody has if there is none."""
    short_cents: float
    """The least that each voice that supports some loser is short of, when nothing else changes."""


@dataclass(frozen=True, kw_only=True)
class Full:
    """How full the purses of a run were: so many cents for so many voices, in which parts of a cent."""

    total_cents: int
    voices: int
    shift: int

    @property
    def purse(self) -> int:
        """Return the whole parts that each voice begins with, and one for who has less."""
        return max(self.parts(self.total_cents) // self.voices, 1)

    def parts(self, cents: int) -> int:
        """Return the whole parts in an amount."""
        return cents << self.shift if self.shift >= 0 else cents >> -self.shift

    def covers(self, other: "Full") -> bool:
        """Return whether each voice began with at least as much as in another run."""
        return self.total_cents * other.voices >= other.total_cents * self.voices


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Earlier runs with the same ballots; nothing is kept or known unless somebody will count again."""

    keeps: bool = False
    changed: int = -1
    """The option that changed since, by its place."""
    runs: list[tuple[Full, Known]] = field(default_factory=list)
    traces: dict[Full, Trace] = field(default_factory=dict)

    @property
    def is_of_use(self) -> bool:
        """Return whether somebody counts again."""
        return self.keeps or self.changed >= 0

    def beside(self, option: int) -> "Earlier":
        """Return what is known where one option changed: its cost, or who chose it and nothing else."""
        return Earlier(changed=option, runs=self.runs, traces=self.traces)

    def rows(self, options: int) -> int:
        """Return of how many rounds the floors are kept."""
        return min(options, _CELLS_MAX // options) if self.keeps and options else 0

    def keep(self, full: Full, purses: Purses, trace: Trace, sure: int | None, *, ended: bool) -> None:
        """Keep what a run knew; it was `sure` of so many rounds, or of all, and it `ended` where nothing was left."""
        if not self.keeps:
            return
        self.traces[full] = trace
        rounds = int(purses.numbers[ROUND])
        floors = purses.floors_then[:rounds]
        if ended and len(floors) == rounds:
            floors = np.vstack([floors, np.full((1, floors.shape[1]), np.inf)])
        known = Known(
            winners=purses.winners[:rounds].copy(),
            floors=floors.copy(),
            lows=purses.lows_then[:rounds].copy(),
            highs=purses.highs_then[:rounds].copy(),
            were_full=purses.were_full[:rounds].copy(),
            sure=min(len(floors), rounds if sure is None else sure),
            needed=int(purses.numbers[NEEDED]),
            changed=-1,
        )
        self.runs.append((full, known))
        self.runs.sort(key=lambda run: run[0].total_cents)
        if sum(known.floors.size for _full, known in self.runs) > _CELLS_MAX:
            del self.runs[::2]

    def without(self, full: Full) -> Trace | None:
        """Return the run whose purses were as full, if it did not buy the option that changed since."""
        found = self.traces.get(full)
        return found if found and self.changed >= 0 and self.changed not in found.winners else None

    def known(self, full: Full) -> Known:
        """Return what the run knew whose purses were as full, or just fuller."""
        found = next((run for run in self.runs if run[0].covers(full)), None)
        if found is None or self.changed < 0:
            return _NOTHING
        then, known = found
        # Once it was bought that changed since, the runs are no longer alike.
        bought = np.flatnonzero(known.winners == self.changed).tolist()
        alike = bought[0] if bought else len(known.winners)
        scale = 2.0 ** (full.shift - then.shift)
        return known._replace(
            floors=known.floors[: alike + 1] * scale,
            winners=known.winners[:alike],
            sure=min(known.sure, alike) if then == full else 0,
            needed=min(int(known.needed * scale), _NOTHING.needed),
            changed=self.changed,
        )
