# SPDX-License-Identifier: EUPL-1.2
"""The ledger's tables: a row a transfer, append-only, and a balance row an account with a floor."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment


class LedgerTransfer(Table, table=True):
    """One transfer, for ever."""

    __tablename__ = "ledger_transfer"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("source <> target", name="two_accounts"),
        CheckConstraint("unit IN ('cent', 'minute', 'share')", name="known_unit"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"source", "target"})

    id: UUID = Field(sa_column=id_column())
    at: datetime = Field(sa_column=moment())
    place: str = Field(index=True)
    source: str = Field(index=True)
    target: str = Field(index=True)
    unit: str
    amount: int = Field(sa_column=amount())
    reference: str = Field(unique=True)


class LedgerBalance(Table, table=True):
    """What an account holds now; changed in the same act as each transfer, and never below zero."""

    __tablename__ = "ledger_balance"
    __table_args__ = (CheckConstraint("amount >= 0", name="floor"),)
    personal: ClassVar[frozenset[str]] = frozenset({"account"})

    account: str = Field(primary_key=True)
    unit: str
    amount: int = Field(sa_column=amount())


append_only(LedgerTransfer)
