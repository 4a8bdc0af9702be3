# SPDX-License-Identifier: EUPL-1.2
"""What a kind of claim says of itself; plain values."""

from dataclasses import dataclass

from wijkbudget.kit.text import Text


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A way to ask for money of a voucher."""

    key: str
    name: Text
    """What residents choose it by."""
    sentence: Text
    """When to choose it, for somebody who never did this."""
    needs: frozenset[str]
    """The fields of a claim that must be filled in."""
    allows: frozenset[str] = frozenset()
    """The fields that may be filled in; any other must stay empty."""
    is_paid: bool = True
    """The bank pays what is approved; otherwise it counts as spent, and nothing goes out."""
    pays_supplier: bool = False
    """The money goes to who sent the bill, not to who paid it."""
    is_advance: bool = False
    """It is paid before anything was bought, and receipts must account for it later."""
    category: str | None = None
    """What all of it is for, where that is always the same; no other kind pays it."""
    covers_advance: bool = False
    """It accounts for an advance first, if the voucher has one; only what is more is paid."""
