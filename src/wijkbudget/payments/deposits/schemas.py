# SPDX-License-Identifier: EUPL-1.2
"""What deposits answer."""

from datetime import date

from wijkbudget.kit.fields import View
from wijkbudget.payments.deposits.rules import DepositState, PartState


class DepositPartView(View):
    """One thing that a deposit is made of, and whether it is of a gift."""

    id: str
    object_id: str | None
    """By which the provider knows it."""
    amount_cents: int
    fee_cents: int
    place: str | None
    state: PartState


class DepositView(View):
    """Money that a provider sent to our bank."""

    id: str
    provider: str
    amount_cents: int
    arrives_on: date
    reference: str | None
    state: DepositState
    is_late: bool
    """Whether the bank should have shown it by now."""
    fee_cents: int
    part_count: int
    has_parts: bool
    parts_cents: int
    """What all parts bring together, less the costs; the same as the amount, or something is wrong."""
    differences: list[DepositPartView]
    """The parts that are of no gift that we know."""


class DepositBookView(View):
    """What a provider holds and sent, and what does not match."""

    held_cents: int
    """What the provider still has of us, on its way to the bank or not."""
    sent_cents: int
    """What of that is on its way."""
    fee_cents: int
    """What it all cost."""
    deposits: list[DepositView]
    """The newest first."""
