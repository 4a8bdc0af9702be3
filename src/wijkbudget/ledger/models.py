# SPDX-License-Identifier: EUPL-1.2
"""The ledger's tables: a row a transfer, append-only; a balance row an account; and reservations."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment

IS_WAITING = text("state = 'reserved'")
"""In words, for a database uses a part of an index only where it reads the same words."""


class LedgerTransfer(Table, table=True):
    """One transfer, for ever."""

    __tablename__ = "ledger_transfer"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("source <> target", name="two_accounts"),
        CheckConstraint("unit IN ('cent', 'minute', 'share')", name="known_unit"),
        Index("ix_ledger_transfer_source", "source", "place", "at", "reference"),
        Index("ix_ledger_transfer_target", "target", "place", "at", "reference"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"source", "target"})

    id: UUID = Field(sa_column=id_column())
    at: datetime = Field(sa_column=moment())
    place: str = Field(index=True)
    source: str
    target: str
    unit: str
    amount: int = Field(sa_column=amount())
    reference: str = Field(unique=True)


class LedgerBalance(Table, table=True):
    """What an account holds now; changed in the same act as each transfer, and never below its floor."""

    __tablename__ = "ledger_balance"
    __table_args__ = (CheckConstraint("amount >= 0 OR substr(account, 1, 9) = 'external:'", name="floor"),)
    personal: ClassVar[frozenset[str]] = frozenset({"account"})

    account: str = Field(primary_key=True)
    unit: str
    amount: int = Field(sa_column=amount())


class LedgerReservation(Table, table=True):
    """Money that was set apart, and which transfer ended that; the references are those of its transfers."""

    __tablename__ = "ledger_reservation"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("state IN ('reserved', 'posted', 'voided', 'expired')", name="known_state"),
        CheckConstraint("(state = 'reserved') = (ended_by IS NULL)", name="ended_by_a_transfer"),
        CheckConstraint("state <> 'expired' OR until IS NOT NULL", name="expires_on_a_day"),
        Index("ix_ledger_reservation_waiting", "place", sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    reference: str = Field(primary_key=True)
    place: str
    source: str
    held: str
    amount: int = Field(sa_column=amount())
    until: date | None = None
    state: str
    ended_by: str | None = Field(default=None, unique=True)


append_only(LedgerTransfer)
