# SPDX-License-Identifier: EUPL-1.2
"""The tables of claims: a claim with its receipt, its lines, and an approval."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


class Claim(Table, table=True):
    """A request for money with its receipt; a receipt counts once, until its claim is refused."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint(
            "covered_cents >= 0 AND covered_cents <= amount_cents AND (covered_cents > 0) = (advance_id IS NOT NULL)",
            name="covered_by_an_advance",
        ),
        CheckConstraint(
            "accounted_cents >= 0 AND paid_back_cents >= 0 AND reclaimed_cents >= 0"
            " AND accounted_cents + paid_back_cents + reclaimed_cents <= amount_cents",
            name="never_more_than_was_advanced",
        ),
        CheckConstraint(
            "accounted_cents + paid_back_cents + reclaimed_cents = 0 OR category IS NULL", name="only_of_an_advance"
        ),
        CheckConstraint("(payee IS NULL) = (iban IS NULL)", name="account_is_whole"),
        CheckConstraint("(receipt_kind IS NULL) = (receipt_sha256 IS NULL)", name="receipt_is_whole"),
        CheckConstraint("state IN ('filed', 'approved', 'refused')", name="known_state"),
        CheckConstraint(
            "(state = 'refused') = (reason IS NOT NULL AND refused_by IS NOT NULL)", name="refused_with_reason"
        ),
        CheckConstraint("(kind = 'volunteer_fee') = (volunteer_id IS NOT NULL)", name="volunteer_of_a_fee"),
        *(
            Index(
                f"uq_claim_{name}",
                name,
                unique=True,
                sqlite_where=sql("state <> 'refused'"),
                postgresql_where=sql("state <> 'refused'"),
            )
            for name in ("receipt_sha256", "receipt_key")
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset(
        {"claimant", "purpose", "volunteer_id", "supplier", "number", "payee", "iban", "reason", "refused_by"}
    )

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    voucher_id: UUID = Field(foreign_key="voucher.id", index=True)
    claimant: str
    filed_at: datetime = Field(sa_column=moment())
    kind: str
    amount_cents: int = Field(sa_column=amount())
    category: str | None = None
    """What its largest line was for; an advance has no lines yet."""
    purpose: str | None = None
    volunteer_id: UUID | None = Field(default=None, foreign_key="person.id")
    """Who gets a fee for their time."""
    supplier: str | None = None
    number: str | None = None
    bought_on: date | None = None
    payee: str | None = None
    iban: str | None = None
    advance_id: UUID | None = Field(default=None, foreign_key="claim.id", index=True)
    """The advance that covers it, or a part of it."""
    covered_cents: int = Field(default=0, sa_column=amount(server_default="0"))
    accounted_cents: int = Field(default=0, sa_column=amount(server_default="0"))
    """Of an advance: what receipts account for."""
    paid_back_cents: int = Field(default=0, sa_column=amount(server_default="0"))
    """Of an advance: what came back on the bank account."""
    reclaimed_cents: int = Field(default=0, sa_column=amount(server_default="0"))
    """Of an advance: what was still open at a settlement for less, which claims it back."""
    approvals_needed: int
    turn: int = 1
    """How often it was put before the approvers: once, and once more each time its account number was changed."""
    receipt_kind: str | None = None
    receipt_sha256: str | None = None
    receipt_key: str | None = None
    """A keyed hash of supplier, number, day and amount."""
    state: str
    refused_by: str | None = None
    reason: str | None = Field(default=None, sa_column=text(nullable=True))


class ClaimLine(Table, table=True):
    """One line of the bill behind a claim; together they are its amount."""

    __tablename__ = "claim_line"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("vat IN ('0', '9', '21', 'exempt')", name="known_vat"),
        CheckConstraint("ordinal >= 1", name="ordinal_counts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"about"})

    claim_id: UUID = Field(foreign_key="claim.id", primary_key=True)
    ordinal: int = Field(primary_key=True)
    category: str
    amount_cents: int = Field(sa_column=amount())
    vat: str | None = None
    """Nothing where the paper does not say."""
    about: str | None = Field(default=None, sa_column=text(nullable=True))
    """What an electronic invoice calls it."""


class Approval(Table, table=True):
    """One person's approval of a claim, as it was in that turn; never two by the same."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("claim_id", "turn", "approver"),
        CheckConstraint("ordinal BETWEEN 1 AND 5", name="at_most_five"),
        CheckConstraint("turn >= 1", name="turn_counts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"approver", "reason"})

    claim_id: UUID = Field(foreign_key="claim.id", primary_key=True)
    turn: int = Field(default=1, primary_key=True)
    ordinal: int = Field(primary_key=True)
    approver: str
    reason: str | None = Field(default=None, sa_column=text(nullable=True))
    """Why, where the policy asks it."""
    at: datetime = Field(sa_column=moment())


append_only(ClaimLine)
append_only(Approval)
