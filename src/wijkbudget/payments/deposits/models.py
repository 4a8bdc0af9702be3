# SPDX-License-Identifier: EUPL-1.2
"""The tables of deposits: what a provider sent to our bank, and what that is made of."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from wijkbudget.db.types import Table, amount, moment


class Deposit(Table, table=True):
    """Money that a provider sent to our bank account."""

    __tablename__ = "deposit"
    __table_args__ = (
        CheckConstraint("state IN ('sent', 'arrived', 'failed')", name="known_state"),
        CheckConstraint("(state = 'arrived') = (bank_line_id IS NOT NULL)", name="arrived_on_a_statement"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: str = Field(primary_key=True)
    """The provider's own."""
    provider: str
    amount_cents: int = Field(sa_column=amount())
    arrives_on: date
    reference: str | None = None
    state: str
    has_parts: bool
    """Whether the provider told what it is made of."""
    bank_line_id: UUID | None = Field(default=None, foreign_key="bank_line.id", unique=True)
    noted_at: datetime = Field(sa_column=moment())


class DepositPart(Table, table=True):
    """One thing that a deposit is made of; what it costs and brings is booked once it is of a gift that we know."""

    __tablename__ = "deposit_part"
    personal: ClassVar[frozenset[str]] = frozenset({"object_id"})

    id: str = Field(primary_key=True)
    deposit_id: str = Field(foreign_key="deposit.id", index=True)
    news: str | None = None
    object_id: str | None = None
    amount_cents: int = Field(sa_column=amount())
    fee_cents: int = Field(sa_column=amount())
    place: str | None = Field(default=None, foreign_key="neighbourhood.slug")
    """Where the gift was given that it is of, once something of it is booked."""
