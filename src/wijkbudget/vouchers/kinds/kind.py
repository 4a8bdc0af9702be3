# SPDX-License-Identifier: EUPL-1.2
"""What a kind of voucher says of itself; plain values and pure functions."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from wijkbudget.ledger.rules import Account


class Holder(StrEnum):
    """In whose name a voucher stands; it is never whoever happens to have the code."""

    GROUP = "group"
    """The people whose plan it pays."""
    RESIDENT = "resident"
    """Somebody who lives in the neighbourhood, or everybody at one address."""


class Use(StrEnum):
    """How money leaves a voucher; there is no way to cash one, sell it or hand it on."""

    CLAIM = "claim"
    """Against a receipt that others approved."""
    PLEDGE = "pledge"
    """To plans of the neighbourhood, on the day after the last one."""
    REDEEM = "redeem"
    """Once, for what was chosen, at whoever gives it."""


class AccountOf(Protocol):
    """Where the money of a voucher is."""

    def __call__(self, place: str, year: int, subject: UUID, /) -> Account:
        """Return the account of a voucher, or of all that were issued in one act."""


class Rest(Protocol):
    """Where what is left of a voucher goes."""

    def __call__(self, place: str, year: int, /) -> Account:
        """Return the account."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of voucher."""

    key: str
    holder: Holder
    use: Use
    code_purpose: str
    """What its codes are made under. A code finds the voucher, and never pays by itself."""
    account: AccountOf
    rest: Rest
