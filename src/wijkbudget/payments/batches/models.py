# SPDX-License-Identifier: EUPL-1.2
"""The tables of batches: the account that pays, a batch, and each payment in it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment


class DebtorAccount(Table, table=True):
    """The account the municipality pays from, as it was decided; the last one holds."""

    __tablename__ = "debtor_account"
    __table_args__ = (CheckConstraint("version >= 1", name="version_counts"),)
    personal: ClassVar[frozenset[str]] = frozenset({"named_by"})

    version: int = Field(primary_key=True)
    holder: str
    iban: str
    bic: str | None = None
    decided_by: str
    named_by: str
    named_at: datetime = Field(sa_column=moment())


class PaymentBatch(Table, table=True):
    """Payouts for the bank; whoever released it is not who put it together."""

    __tablename__ = "payment_batch"
    __table_args__ = (
        CheckConstraint("payment_count > 0 AND total_cents > 0", name="amounts_positive"),
        CheckConstraint("state IN ('drafted', 'released', 'sent', 'undone')", name="known_state"),
        CheckConstraint("released_by <> drafted_by", name="two_people"),
        CheckConstraint(
            "(state IN ('released', 'sent')) ="
            " (released_by IS NOT NULL AND released_at IS NOT NULL AND file_sha256 IS NOT NULL)",
            name="released_is_complete",
        ),
        CheckConstraint("(state = 'sent') = (sent_by IS NOT NULL AND sent_at IS NOT NULL)", name="sent_is_complete"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"drafted_by", "released_by", "sent_by"})

    id: UUID = Field(sa_column=id_column())
    state: str = Field(index=True)
    account_version: int = Field(foreign_key="debtor_account.version")
    payment_count: int
    total_cents: int = Field(sa_column=amount())
    drafted_by: str
    drafted_at: datetime = Field(sa_column=moment())
    released_by: str | None = None
    released_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    file_sha256: str | None = None
    sent_by: str | None = None
    sent_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class PaymentLine(Table, table=True):
    """One payment of a batch; an attempt to pay a payout stands in one batch only."""

    __tablename__ = "payment_line"
    __table_args__ = (
        UniqueConstraint("payout_id", "attempt"),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("state IN ('waiting', 'booked', 'sent_back', 'refused')", name="known_state"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    end_to_end_id: str = Field(primary_key=True)
    batch_id: UUID = Field(foreign_key="payment_batch.id", index=True)
    payout_id: UUID = Field(foreign_key="payout.id")
    attempt: int
    amount_cents: int = Field(sa_column=amount())
    state: str


append_only(DebtorAccount)
