# SPDX-License-Identifier: EUPL-1.2
"""What the inner loops of equal shares and of saving work on, and how they are compiled."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wijkbudget.voting.tallies.poll import Column, Narrow

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Cells = NDArray[np.int64]
FloatCells = NDArray[np.float64]
"""A row of numbers for each round."""

DONE, ASK_PRICE, ASK_WINNER, ASK_ROOM, ENDED = range(5)
"""Why the loops stopped: nothing is left to buy, a price is in doubt, or a winner is; there is no room for what was
weighed, or something no longer fits in the money.
"""

ROUND, SPENT, ERROR, ASKED, PURSE, MISSING, NEEDED, WAITING, CHEAPEST, FOLLOWED = range(10)
"""The places in `Purses.numbers`: rounds bought, cents spent, parts of error, who is asked about, parts at the start,
parts that the supporters of who was looked at last are short of, the least that a voice of any loser is short of, how
many options wait, at the end what the cheapest loser costs that limits have room for, and how many rounds bought the
same as an earlier run.
"""
TOLD, LEFT = 1, 2
"""More places in `Savings.numbers`, beside `ROUND` and `ASKED`: of how many rounds the exact moment is known, and the
cents that are left.
"""

LESS, MORE = 1 - 2.0**-50, 1 + 2.0**-50
"""Wider than what four operations with floats can round away."""
_PARTS_MAX = 2.0**61
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}


class Market(NamedTuple):
    """What can be bought and who would pay for it; the same however full the purses are."""

    costs: Column
    takes_part: Flags
    worths: Floats
    """What one mark is worth: the cost of the option, or one."""
    powers: Column
    """The voices of all supporters, each times its mark."""
    keys: Column
    """The place of each option in the order of what it costs for its worth if all supporters pay alike."""
    block_starts: Column
    """Where the blocks of each option begin; a block is its supporters with one mark."""
    block_marks: Column
    supporter_starts: Column
    supporters: NDArray[np.uint32]
    reach: Column
    """The voices of all supporters of each option."""
    voices: Column
    group_starts: Column
    group_options: Narrow
    group_marks: Narrow
    limit_starts: Column
    limit_of: Column
    """The limits that each option falls under."""
    limit_cents: Column
    limit_wins: Column


class Purses(NamedTuple):
    """One run: what is left in each purse, what is known of each price, and what was bought."""

    money: Column
    least: Column
    """By block of supporters: the least that one of those had who could pay."""
    parts: Column
    """The costs in parts of a cent."""
    emptied_at: Column
    """The round in which a purse gave all it had, or -1."""
    alive: Flags
    heap: Column
    """The options that wait, none below those before it; some may not be alive any more."""
    seen: Column
    """The round in which the price was last looked at."""
    doubted: Column
    """The last round in which it took whole numbers to know the price."""
    full: Flags
    """All supporters could pay alike."""
    lows: Floats
    highs: Floats
    """The price for one mark lies between these."""
    floors: Floats
    """No price for one unit of worth is below this."""
    won_at: Column
    winners: Column
    ceilings: Floats
    """By round: the price for a unit of worth was at most this."""
    others: Floats
    """By round: the price of all others was at least this."""
    rivals: Floats
    """By round: the same for those that could be cheaper than the winner if all its supporters pay alike."""
    were_full: Flags
    limit_cents: Column
    limit_wins: Column
    floors_then: FloatCells
    """By round: all floors as they were, and infinite for who could not win any more; no rows if nobody keeps them."""
    lows_then: Floats
    highs_then: Floats
    """By round: between what the price of the winner lay."""
    numbers: Column


class Known(NamedTuple):
    """What an earlier run knew, with purses at least as full and one option that may have changed.

    As long as both buy the same, nobody holds more now than then, so no price is lower: its floors are floors here.
    """

    winners: Column
    floors: FloatCells
    lows: Floats
    highs: Floats
    were_full: Flags
    sure: int
    """In so many rounds the winner paid the same to the last part, if both bought the same until then."""
    needed: int
    """What `NEEDED` was."""
    changed: int
    """The option of which nothing is known, or -1."""


class Savers(NamedTuple):
    """What can be bought with what voices save, and who would pay for it."""

    costs: Column
    support: Column
    """The voices of all supporters of each option."""
    option_starts: Column
    supporters: NDArray[np.uint32]
    voices: Column
    limit_starts: Column
    limit_of: Column
    """The limits that each option falls under."""


class Savings(NamedTuple):
    """What was bought until now, and when the rest can be paid."""

    is_open: Flags
    moments: Floats
    """What each whole voice has saved, in cents, when an option can be paid; or earlier, if it was seen earlier."""
    seen: Column
    """The round in which that was found."""
    last: Column
    """Which purchase was the last of each group, counted from one; none is zero."""
    times: Floats
    """The moment of each purchase; the first is that of none, when nothing was saved."""
    radii: Floats
    """By how much a moment may be off after so many purchases, for each part of it."""
    weighed: Column
    rows: Cells
    """What was weighed in each round since the exact moments are known."""
    winners: Column
    limit_cents: Column
    limit_wins: Column
    numbers: Column


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function as machine code, kept for the next time where something can be kept.

    It must make no columns of its own: whoever calls it holds all of them, so that nobody counts who holds which.
    That counting takes most of the time of a loop which hands a market and purses to others.
    """
    try:
        loop: Callable[..., Any] = njit(cache=True, **_OPTIONS)(function)
    except RuntimeError:
        loop = njit(**_OPTIONS)(function)
    return loop


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that becomes part of those that call it: handing over a market and purses takes long."""
    return njit(inline="always", error_model="numpy")(function)


@inlined
def at_most(parts: float) -> np.int64:
    """Return the whole parts in an amount; so many that nobody has them where they are too many to count."""
    return np.int64(min(parts, _PARTS_MAX))
