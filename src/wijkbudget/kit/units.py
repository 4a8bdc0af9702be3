# SPDX-License-Identifier: EUPL-1.2
"""Whole units of measure: money is euro cents, time is minutes, both int, never float; and how one is shared out."""

import re
from collections.abc import Sequence
from typing import Annotated

from annotated_types import Ge, Gt, Le

AMOUNT_MAX = 10**15
"""No amount in any unit is larger; far below what a 64-bit column holds."""

Cents = Annotated[int, Ge(0), Le(AMOUNT_MAX)]
"""An amount of money in euro cents, zero or more; direction is told by the account, not a sign."""

PositiveCents = Annotated[int, Gt(0), Le(AMOUNT_MAX)]
"""An amount of money in euro cents, more than zero."""

Minutes = Annotated[int, Ge(0), Le(AMOUNT_MAX)]
"""A length of time in whole minutes, zero or more."""

_EURO = re.compile(r"(?:€|EUR)?\s*(\d{1,3}(?:\.\d{3})+|\d{1,13})(?:,(\d{2}|-))?", re.ASCII)


def cents_from_euros(written: str) -> int | None:
    """Return the cents in an amount as the Dutch write it (`1.250,50`), or None if it is not one."""
    match = _EURO.fullmatch(written.strip())
    if match is None:
        return None
    euros, cents = match.groups()
    return int(euros.replace(".", "")) * 100 + (int(cents) if cents and cents != "-" else 0)


def euros_from_cents(cents: int) -> str:
    """Return an amount as somebody types it (`1250,50`); nothing is left empty."""
    return f"{cents // 100},{cents % 100:02}" if cents else ""


def clock(minutes: int) -> str:
    """Return minutes after midnight as a clock shows them, such as `19:15`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours:02}:{rest:02}"


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Return a total shared out by weight, to the unit; what is left over goes to the largest remainders, first first.

    No share is more than its weight while the total is no more than all weights together.
    """
    whole = sum(weights)
    assert whole > 0, "something is shared out among somebody"
    assert min(weights) >= 0
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
