# SPDX-License-Identifier: EUPL-1.2
"""The tables of vouchers: a voucher and its holders, a claim with its receipt, an approval."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


class Voucher(Table, table=True):
    """An amount for one plan; what is claimed and returned is never more than its value."""

    __tablename__ = "voucher"
    __table_args__ = (
        UniqueConstraint("place", "about"),
        CheckConstraint("value_cents > 0 AND claimed_cents >= 0 AND returned_cents >= 0", name="amounts_positive"),
        CheckConstraint("claimed_cents + returned_cents <= value_cents", name="never_more_than_its_value"),
        CheckConstraint("state IN ('active', 'accounted', 'settled', 'expired')", name="known_state"),
        CheckConstraint(
            "state NOT IN ('settled', 'expired') OR claimed_cents + returned_cents = value_cents", name="nothing_left"
        ),
        CheckConstraint(
            "(state IN ('accounted', 'settled')) = (account IS NOT NULL AND finished_on IS NOT NULL)",
            name="accounted_is_told",
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"account"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    about: str
    title: str
    decision_id: UUID = Field(foreign_key="decision.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    """In whose name the plan was proposed; whoever is a member of it today has an interest too."""
    code_hash: str = Field(unique=True)
    value_cents: int = Field(sa_column=amount())
    claimed_cents: int = Field(sa_column=amount())
    returned_cents: int = Field(sa_column=amount())
    state: str
    issued_on: date
    valid_until: date
    stopped_on: date | None = None
    """The day on which its plan stopped, where its time was not over."""
    account: str | None = Field(default=None, sa_column=text(nullable=True))
    finished_on: date | None = None


class VoucherHolder(Table, table=True):
    """A member of the group that a voucher is for."""

    __tablename__ = "voucher_holder"
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    voucher_id: UUID = Field(foreign_key="voucher.id", primary_key=True)
    person: str = Field(primary_key=True)


class Claim(Table, table=True):
    """A request for money with its receipt; a receipt counts once, until its claim is refused."""

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("state IN ('filed', 'approved', 'refused')", name="known_state"),
        CheckConstraint(
            "(state = 'refused') = (reason IS NOT NULL AND refused_by IS NOT NULL)", name="refused_with_reason"
        ),
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
        {"claimant", "supplier", "number", "payee", "iban", "reason", "refused_by"}
    )

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    voucher_id: UUID = Field(foreign_key="voucher.id", index=True)
    claimant: str
    filed_at: datetime = Field(sa_column=moment())
    amount_cents: int = Field(sa_column=amount())
    category: str
    supplier: str
    number: str
    bought_on: date
    payee: str
    iban: str
    approvals_needed: int
    turn: int = 1
    """How often it was put before the approvers: once, and once more each time its account number was changed."""
    receipt_kind: str
    receipt_sha256: str
    receipt_key: str
    """A keyed hash of supplier, number, day and amount."""
    state: str
    refused_by: str | None = None
    reason: str | None = Field(default=None, sa_column=text(nullable=True))


class Approval(Table, table=True):
    """One person's approval of a claim, as it was in that turn; never two by the same."""

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("claim_id", "turn", "approver"),
        CheckConstraint("ordinal IN (1, 2)", name="at_most_two"),
        CheckConstraint("turn >= 1", name="turn_counts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"approver"})

    claim_id: UUID = Field(foreign_key="claim.id", primary_key=True)
    turn: int = Field(default=1, primary_key=True)
    ordinal: int = Field(primary_key=True)
    approver: str
    at: datetime = Field(sa_column=moment())


append_only(VoucherHolder)
append_only(Approval)
