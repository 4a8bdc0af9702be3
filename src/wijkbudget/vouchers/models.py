# SPDX-License-Identifier: EUPL-1.2
"""The tables of vouchers: a voucher, its holders, and from when which part of it can be asked."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, text


class Voucher(Table, table=True):
    """An amount for one plan; what is claimed and returned is never more than its value."""

    __tablename__ = "voucher"
    __table_args__ = (
        UniqueConstraint("place", "about"),
        CheckConstraint("value_cents > 0 AND claimed_cents >= 0 AND returned_cents >= 0", name="amounts_positive"),
        CheckConstraint("claimed_cents + returned_cents <= value_cents", name="never_more_than_its_value"),
        CheckConstraint("turn >= 1", name="turn_counts"),
        CheckConstraint("topped_up_cents >= 0 AND topped_up_cents < value_cents", name="begins_with_something"),
        CheckConstraint("state IN ('active', 'accounted', 'settled', 'expired')", name="known_state"),
        CheckConstraint("plan_kind IN ('initiative', 'challenge')", name="known_plan_kind"),
        CheckConstraint("plan_kind = 'challenge' OR decision_id IS NOT NULL", name="has_its_decision"),
        CheckConstraint(
            "state NOT IN ('settled', 'expired') OR claimed_cents + returned_cents = value_cents", name="nothing_left"
        ),
        CheckConstraint(
            "paid_back_cents >= 0 AND paid_back_cents <= owed_cents AND owed_cents <= claimed_cents",
            name="owes_what_it_was_paid",
        ),
        CheckConstraint(
            "(account IS NULL) = (finished_on IS NULL) AND (account IS NOT NULL OR state <> 'accounted')"
            " AND (account IS NULL OR state IN ('accounted', 'settled'))",
            name="accounted_is_told",
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"account"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    theme: str | None = None
    """Of whose pot its money is, where a theme has one of its own."""
    plan_kind: str = Field(default="initiative", sa_column_kwargs={"server_default": "initiative"})
    about: str
    title: str
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    """What the council decided; None where the municipality decided without it."""
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    """In whose name the plan was proposed; whoever is a member of it today has an interest too."""
    turn: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """Which code is the one that works; one more each time it was replaced."""
    code_hash: str = Field(unique=True)
    value_cents: int = Field(sa_column=amount())
    topped_up_cents: int = Field(sa_column=amount(server_default="0"))
    """How much of its value came after it was issued."""
    claimed_cents: int = Field(sa_column=amount())
    returned_cents: int = Field(sa_column=amount())
    state: str
    issued_on: date
    valid_until: date
    owed_cents: int = Field(sa_column=amount(server_default="0"))
    """What was paid and has to come back, by a decision."""
    paid_back_cents: int = Field(sa_column=amount(server_default="0"))
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


class VoucherInstalment(Table, table=True):
    """A part of a voucher that can be asked from a day on; without any, all of it can be asked at once."""

    __tablename__ = "voucher_instalment"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    voucher_id: UUID = Field(foreign_key="voucher.id", primary_key=True)
    position: int = Field(primary_key=True)
    what: str
    amount_cents: int = Field(sa_column=amount())
    due_on: date


append_only(VoucherHolder)
append_only(VoucherInstalment)
