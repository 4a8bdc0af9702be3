# SPDX-License-Identifier: EUPL-1.2
"""What an account and a transfer are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, NotFound, RuleBroken


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


class TransferNotFound(NotFound):
    """The neighbourhood has no transfer with this reference."""


class NotReserved(Conflict):
    """Nothing is set apart under this reference: it never was, it ended before, or its time is over."""


class ReservationState(StrEnum):
    """How far a reservation is; it ends once."""

    RESERVED = "reserved"
    """The money waits."""
    POSTED = "posted"
    """It went where it was set apart for."""
    VOIDED = "voided"
    """It went back, because somebody decided so."""
    EXPIRED = "expired"
    """It went back, because nobody decided in time."""


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


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """`amount` cents leave `source` and wait in `held`, until they are posted to what they are for, or go back."""

    reference: str
    source: Account
    held: Account
    amount: int
    until: date | None = None
    """The first day on which it can no longer be posted; None: it waits until somebody decides."""

    @property
    def opening(self) -> Transfer:
        """Return the transfer that sets the money apart."""
        return Transfer(source=self.source, target=self.held, amount=self.amount, reference=self.reference)


def void_reference(reference: str) -> str:
    """Return the one reference under which a reservation goes back because somebody decided so."""
    return f"void:{reference}"


def expiry_reference(reference: str) -> str:
    """Return the one reference under which a reservation goes back because its time is over."""
    return f"expire:{reference}"


def reversal_reference(reference: str) -> str:
    """Return the one reference under which a transfer can be reversed."""
    return f"reverse:{reference}"
