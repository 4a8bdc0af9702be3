# SPDX-License-Identifier: EUPL-1.2
"""The tables of payouts: a row a payout, and who had a hand in it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment


class Payout(Table, table=True):
    """Money to one payee at one account, which never changes; ordered once, and paid once, or again if it came back."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("attempt >= 1", name="attempt_counts"),
        CheckConstraint("state IN ('ordered', 'batched', 'paid', 'withdrawn')", name="known_state"),
        CheckConstraint(
            "(state = 'paid') = (paid_at IS NOT NULL AND paid_by IS NOT NULL AND bank_reference IS NOT NULL)",
            name="paid_is_complete",
        ),
        CheckConstraint("target LIKE 'external:paid:%'", name="goes_to_the_bank"),
        Index(
            "uq_payout_about",
            "about",
            unique=True,
            sqlite_where=sql("state <> 'withdrawn'"),
            postgresql_where=sql("state <> 'withdrawn'"),
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"number", "payee", "iban", "paid_by", "bank_reference"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    about: str
    title: str
    number: str | None = None
    """What the payee knows it by, such as the number of a bill."""
    amount_cents: int = Field(sa_column=amount())
    payee: str
    iban: str
    source: str
    target: str
    state: str
    ordered_at: datetime = Field(sa_column=moment())
    paid_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    paid_by: str | None = None
    bank_reference: str | None = None
    attempt: int = 1
    """How often this was tried, one more each time the bank sent it back."""
    sent_back: str | None = None
    """Why the bank sent the last one back, in its own code."""


class PayoutParty(Table, table=True):
    """Somebody who asked for a payout or approved it, and therefore does not pay it."""

    __tablename__ = "payout_party"
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    payout_id: UUID = Field(foreign_key="payout.id", primary_key=True)
    person: str = Field(primary_key=True)


append_only(PayoutParty)
