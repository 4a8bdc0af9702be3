# SPDX-License-Identifier: EUPL-1.2
"""The tables of statements: a statement, its lines, and which payment or deposit a line is of."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


class BankStatement(Table, table=True):
    """What the bank says of one account; the file itself is not kept, for it may name people who are not ours."""

    __tablename__ = "bank_statement"
    __table_args__ = (UniqueConstraint("iban", "statement_id"),)
    personal: ClassVar[frozenset[str]] = frozenset({"received_by"})

    id: UUID = Field(sa_column=id_column())
    iban: str
    statement_id: str
    sequence: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    opened_on: date
    closed_on: date
    opening_cents: int = Field(sa_column=amount())
    closing_cents: int = Field(sa_column=amount())
    line_count: int
    file_sha256: str
    received_by: str
    received_at: datetime = Field(sa_column=moment())


class BankLine(Table, table=True):
    """One payment on a statement: it is of ours, or different until somebody explains it."""

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("statement_id", "entry", "part"),
        UniqueConstraint("iban", "bank_reference", "part"),
        CheckConstraint("amount_cents >= 0", name="amount_not_negative"),
        CheckConstraint('("match" IS NULL) <> (difference IS NULL)', name="matched_or_different"),
        CheckConstraint("\"match\" IN ('booked', 'sent_back', 'deposit')", name="known_match"),
        CheckConstraint(
            "difference IN ('unknown_reference', 'not_released', 'other_amount', 'paid_before', 'refused_before',"
            " 'unexpected_money')",
            name="known_difference",
        ),
        CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL) AND (settled_at IS NULL) = (settled_reason IS NULL)"
            " AND (settled_at IS NULL OR difference IS NOT NULL)",
            name="settled_is_complete",
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset(
        {"party", "party_iban", "remittance", "settled_by", "settled_reason"}
    )

    id: UUID = Field(sa_column=id_column())
    statement_id: UUID = Field(foreign_key="bank_statement.id", index=True)
    iban: str
    entry: int
    part: int
    bank_reference: str | None = None
    booked_on: date
    is_credit: bool
    amount_cents: int = Field(sa_column=amount())
    end_to_end_id: str | None = None
    return_reason: str | None = None
    match: str | None = None
    difference: str | None = None
    party: str | None = None
    """Who was on the other side; only where the line matches nothing."""
    party_iban: str | None = None
    remittance: str | None = None
    settled_by: str | None = None
    settled_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    settled_reason: str | None = Field(default=None, sa_column=text(nullable=True))


class BankMatch(Table, table=True):
    """A line that is of a payment of ours; a payment is booked once and sent back once, whatever a bank says."""

    __tablename__ = "bank_match"
    __table_args__ = (CheckConstraint("\"match\" IN ('booked', 'sent_back')", name="known_match"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    end_to_end_id: str = Field(foreign_key="payment_line.end_to_end_id", primary_key=True)
    match: str = Field(primary_key=True)
    line_id: UUID = Field(foreign_key="bank_line.id", index=True)


class DepositProposal(Table, table=True):
    """Which deposit somebody sees in a line that does not name it; somebody else joins the two."""

    __tablename__ = "deposit_proposal"
    __table_args__ = (
        CheckConstraint("joined_by <> proposed_by", name="other_eyes"),
        CheckConstraint("(joined_by IS NULL) = (joined_at IS NULL)", name="joined_is_complete"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reason", "proposed_by", "joined_by"})

    line_id: UUID = Field(foreign_key="bank_line.id", primary_key=True)
    deposit_id: str = Field(foreign_key="deposit.id")
    reason: str = Field(sa_column=text())
    proposed_by: str
    proposed_at: datetime = Field(sa_column=moment())
    joined_by: str | None = None
    joined_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


append_only(BankStatement)
append_only(BankMatch)
