# SPDX-License-Identifier: EUPL-1.2
"""What payments that are undone are asked and answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Field, Sentences, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.payments.reversals.rules import Mistake


class ReversePayment(Command):
    """Undo a payment that was booked by mistake, and say what went wrong."""

    mistake: Annotated[Mistake, symbol(Mistake)]
    reason: Sentences


class RecoverMoney(Command):
    """Say that money came back which went out by mistake."""

    attempt: Annotated[int, Field(ge=1, le=99)]
    """Which payment of the payout was undone; a payout can be paid and undone again."""
    amount_cents: PositiveCents


class ReversalView(View):
    """A payment that was undone, for who pays or checks."""

    payout_id: UUID
    attempt: int
    title: str
    payee: str
    iban: str
    amount_cents: int
    mistake: Mistake
    reason: str
    reversed_at: datetime
    reversed_by: str
    paid_at: datetime
    bank_reference: str
    recovered_cents: int
    open_cents: int
    """What still has to come back."""
    may_recover: bool
    """Whether whoever asks may say that some of it came back."""
