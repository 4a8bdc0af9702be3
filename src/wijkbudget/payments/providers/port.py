# SPDX-License-Identifier: EUPL-1.2
"""What the house asks of a payment provider, and what it hears from one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from wijkbudget.kit.errors import BadInput


class ProviderAway(ConnectionError):
    """The provider does not answer, or says that it cannot now; the same is asked again later."""


class ProviderRefused(OSError):
    """The provider does not do what was asked, and asking again does not help before somebody looks."""


class NotFromProvider(BadInput):
    """What was sent in as news of the provider is not signed by it, is too old, or is about another account."""


class News(StrEnum):
    """What a provider tells."""

    ARRIVED = "arrived"
    """Money of a giver is with the provider."""
    COMPLETED = "completed"
    """The giver went through the pay page, and it is paid."""
    FAILED = "failed"
    """The giver tried, and the bank said no."""
    EXPIRED = "expired"
    """The pay page closed without a payment."""
    REFUNDED = "refunded"
    """Money went back to a giver."""
    REFUND_FAILED = "refund_failed"
    """Money that went back came in again, for the account of the giver did not take it."""
    DISPUTED = "disputed"
    """The bank of the giver took the money back."""
    DISPUTE_WON = "dispute_won"
    """What was disputed came back."""


@dataclass(frozen=True, kw_only=True)
class CheckoutOrder:
    """A pay page for one contribution; asked again with the same contribution, it is the same page."""

    contribution_id: UUID
    amount_cents: int
    title: str
    """What the giver reads on the pay page."""
    return_url: str
    """Where the giver comes back to, paid or not."""


@dataclass(frozen=True, kw_only=True)
class Checkout:
    """A pay page that is open."""

    id: str
    url: str


@dataclass(frozen=True, kw_only=True)
class RefundOrder:
    """Money that goes back to a giver; asked again with the same refund, it goes back once."""

    refund_id: UUID
    contribution_id: UUID
    payment_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One piece of news of the provider; it may come late, twice or in any order."""

    event_id: str
    news: News
    contribution_id: UUID | None
    """Of which contribution, where the news itself says so."""
    payment_id: str | None
    """Of which payment at the provider."""
    object_id: str
    """The payment, refund or dispute it is about, by the provider's own id."""
    refund_id: UUID | None
    """Which of our refunds it is about; None if the provider gave money back of itself."""
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class DepositNotice:
    """News of a deposit: money that the provider sends to our bank account."""

    deposit_id: str
    """The provider's own id of it."""
    amount_cents: int
    """Less than nothing if the provider takes money from our account, because more went back than came in."""
    arrives_on: date
    reference: str | None
    """What the bank statement says of it, if the provider tells."""
    has_failed: bool
    is_complete: bool
    """Whether the provider can tell by now what it is made of."""


@dataclass(frozen=True, kw_only=True)
class DepositLine:
    """One thing that a deposit is made of."""

    id: str
    news: News | None
    """What happened, in the words of the news of it; None for costs, and for what only the provider knows."""
    object_id: str | None
    """The payment, refund or dispute it is of, by the provider's own id."""
    amount_cents: int
    """Less than nothing if it went out."""
    fee_cents: int
    """What the provider kept for its work."""


class Provider(Protocol):
    """Takes money for the municipality."""

    key: str

    def open(self, order: CheckoutOrder) -> Checkout:
        """Open a pay page. Raises ProviderAway or ProviderRefused."""

    def refund(self, order: RefundOrder) -> str:
        """Send money back, and return the provider's id of it. Raises ProviderAway or ProviderRefused."""

    def lines(self, deposit_id: str) -> list[DepositLine]:
        """Return what a deposit is made of. Raises ProviderAway or ProviderRefused."""

    def read(self, body: bytes, signature: str, now: datetime) -> Notice | DepositNotice | None:
        """Return the news in a message, or None if it is of no use to us. Raises NotFromProvider."""
