# SPDX-License-Identifier: EUPL-1.2
"""What an account and a transfer are."""

from dataclasses import dataclass
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, RuleBroken


class Unit(StrEnum):
    """What an account counts; two accounts can only exchange the same unit."""

    CENT = "cent"
    """Euro cents."""
    MINUTE = "minute"
    """Minutes of time given."""
    SHARE = "share"
    """Whole neighbourhood shares."""


class NotEnough(RuleBroken):
    """The account holds less than the transfer takes."""


class ReferenceTaken(Conflict):
    """The reference was used before for another transfer; a reference cannot mean two things."""


class NothingToReverse(Conflict):
    """There is no such transfer, or it was reversed already."""


@dataclass(frozen=True)
class Account:
    """An address in the chart of accounts, such as `pot:oost:2026`; its unit never changes."""

    address: str
    unit: Unit
    has_floor: bool = True
    """It never falls below zero; only `external:*` has no floor."""


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """`amount` units move from `source` to `target`; balanced by construction."""

    source: Account
    target: Account
    amount: int
    reference: str

    def __post_init__(self) -> None:
        """Refuse what could never be a transfer; a bug in a rule."""
        assert self.amount > 0
        assert self.source.address != self.target.address
        assert self.source.unit is self.target.unit


def reversal_reference(reference: str) -> str:
    """Return the one reference under which a transfer can be reversed."""
    return f"reverse:{reference}"
