# SPDX-License-Identifier: EUPL-1.2
"""The tables of gifts: what is collected for, each gift, what a provider told of it, and what went back."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, false
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment


class GiftCollection(Table, table=True):
    """What people can give to: a plan, or the pot of a year."""

    __tablename__ = "gift_collection"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'passed_on', 'returned')", name="known_state"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_is_dated"),
        CheckConstraint("matched_cents >= 0 AND match_count >= 0", name="amounts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"title"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    theme: str | None = None
    about: str = Field(unique=True)
    """The id of the plan, or the address of the pot; payments does not know what it is."""
    is_pot: bool
    title: str
    state: str
    matched_cents: int = Field(sa_column=amount())
    match_count: int
    opened_at: datetime = Field(sa_column=moment())
    closed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Contribution(Table, table=True):
    """One gift; whoever has its code sees what became of it, and nobody else sees who gave."""

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND refunded_cents >= 0 AND taken_cents >= 0", name="amounts"),
        CheckConstraint(
            "covered_cents >= 0 AND refunded_cents + covered_cents <= amount_cents", name="never_overspent"
        ),
        CheckConstraint("waiting_cents >= 0", name="waiting_not_negative"),
        CheckConstraint("state IN ('opened', 'paid', 'failed', 'expired')", name="known_state"),
        CheckConstraint("giver IN ('person', 'organisation')", name="known_giver"),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL AND payment_id IS NOT NULL)", name="paid_is_complete"),
        CheckConstraint("NOT is_name_shown OR name IS NOT NULL", name="shown_is_named"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"name", "email_address", "checkout_url", "payment_id"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    collection_id: UUID = Field(foreign_key="gift_collection.id", index=True)
    code_hash: str = Field(unique=True)
    amount_cents: int = Field(sa_column=amount())
    giver: str
    name: str | None = None
    is_name_shown: bool
    may_go_to_pot: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether the giver wants nothing back: what the plan does not need goes to the pot."""
    email_address: str | None = None
    state: str
    provider: str | None = None
    checkout_url: str | None = None
    payment_id: str | None = Field(default=None, index=True)
    refunded_cents: int = Field(sa_column=amount())
    """What we sent back, or will."""
    taken_cents: int = Field(sa_column=amount())
    """What a bank or the provider took back of itself."""
    covered_cents: int = Field(sa_column=amount())
    """What of that the gift bore; the rest the municipality bears."""
    cover_count: int
    waiting_cents: int = Field(sa_column=amount())
    """What arrived at the provider and is of no gift."""
    opened_at: datetime = Field(sa_column=moment())
    paid_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class ProviderNotice(Table, table=True):
    """One piece of news of a provider, however often it was sent."""

    __tablename__ = "provider_notice"
    personal: ClassVar[frozenset[str]] = frozenset({"payment_id", "object_id"})

    event_id: str = Field(primary_key=True)
    news: str
    contribution_id: UUID | None = Field(default=None, index=True)
    """As the news says; it can name a gift that is not ours."""
    payment_id: str | None = Field(default=None, index=True)
    object_id: str = Field(index=True)
    refund_id: UUID | None = None
    amount_cents: int = Field(sa_column=amount())
    heard_at: datetime = Field(sa_column=moment())


class ContributionRefund(Table, table=True):
    """Money that goes back to a giver."""

    __tablename__ = "contribution_refund"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("state IN ('ordered', 'done', 'failed', 'settled')", name="known_state"),
        CheckConstraint("(state = 'settled') = (bank_reference IS NOT NULL)", name="settled_is_complete"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"bank_reference"})

    id: UUID = Field(sa_column=id_column())
    contribution_id: UUID = Field(foreign_key="contribution.id", index=True)
    place: str
    amount_cents: int = Field(sa_column=amount())
    state: str
    ordered_at: datetime = Field(sa_column=moment())
    bank_reference: str | None = None


append_only(ProviderNotice)
