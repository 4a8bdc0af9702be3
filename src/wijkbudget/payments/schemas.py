# SPDX-License-Identifier: EUPL-1.2
"""What payments are asked and answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Field, Line, View
from wijkbudget.kit.units import PositiveCents
from wijkbudget.ledger.rules import Account
from wijkbudget.payments.rules import PayoutState


class OrderPayout(Command):
    """Let an amount go to somebody; asked by a domain above, never from outside."""

    year: Annotated[int, Field(ge=2000, le=2999)]
    about: Line
    """The id of the thing that is paid; payments does not know what it is."""
    title: Line
    number: Line | None = None
    """What the payee knows it by, such as the number of a bill; it goes to the bank too."""
    amount_cents: PositiveCents
    payee: Line
    iban: Line
    source: Account
    target: Account
    parties: list[str]
    """Everybody who asked for the money or approved it: none of them may pay it."""


class PayPayout(Command):
    """Say that the bank paid, and under which reference."""

    bank_reference: Line


class PayoutView(View):
    """One payout, for who may see to whom it goes."""

    id: UUID
    year: int
    about: str
    title: str
    amount_cents: int
    payee: str
    iban: str
    paid_from: str
    """What kind of account pays it, as the chart names it: a `voucher` for the claim that it is about."""
    state: PayoutState
    ordered_at: datetime
    paid_at: datetime | None
    bank_reference: str | None
    sent_back: str | None
    """Why the bank sent the last payment back, in its own code."""
    may_pay: bool
    """Whether whoever asks may pay this one now."""
    may_reverse: bool
    """Whether whoever asks may undo its payment as a mistake."""
