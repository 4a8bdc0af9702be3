# SPDX-License-Identifier: EUPL-1.2
"""The tables of decisions about money: a decision with when it was made known, and whom it is for."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, false
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


class GrantDecision(Table, table=True):
    """A decision about money for a plan; only when it was made known is filled in later, once."""

    __tablename__ = "grant_decision"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('grant', 'increase', 'refusal', 'settlement', 'withdrawal', 'change')", name="known_kind"
        ),
        CheckConstraint("(ground IS NOT NULL) OR kind IN ('grant', 'increase', 'settlement')", name="has_its_ground"),
        CheckConstraint("kind = 'settlement' OR NOT is_unasked", name="only_settlements_unasked"),
        CheckConstraint("kind = 'refusal' OR voucher_id IS NOT NULL", name="is_about_a_voucher"),
        CheckConstraint("amount_cents >= 0 AND owed_cents >= 0", name="amounts"),
        CheckConstraint("known_way IN ('sent', 'handed_over', 'collected')", name="known_way"),
        CheckConstraint(
            "(known_on IS NULL) = (known_way IS NULL) AND (known_on IS NULL) = (known_by IS NULL)",
            name="known_is_complete",
        ),
        *(
            Index(
                f"uq_grant_decision_{kind}",
                "voucher_id",
                unique=True,
                sqlite_where=sql(f"kind = '{kind}'"),
                postgresql_where=sql(f"kind = '{kind}'"),
            )
            for kind in ("grant", "settlement")
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"motivation", "heard_note", "decided_by", "known_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    about: str = Field(index=True)
    title: str
    voucher_id: UUID | None = Field(default=None, foreign_key="voucher.id")
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    kind: str
    ground: str | None = None
    is_unasked: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether a settlement came of the body's own accord, because the group did not account for its money."""
    body: str
    basis: str | None = None
    power_article: str
    motivation: str = Field(sa_column=text())
    heard_on: date | None = None
    heard_note: str | None = Field(default=None, sa_column=text(nullable=True))
    """When the group could tell its side, and what it said."""
    amount_cents: int = Field(sa_column=amount())
    owed_cents: int = Field(sa_column=amount())
    decided_at: datetime = Field(sa_column=moment())
    decided_by: str
    """Who wrote it down, in the name of the body that decided."""
    known_on: date | None = None
    known_way: str | None = None
    known_by: str | None = None


class GrantReceiver(Table, table=True):
    """Somebody a decision is for, and who can object to it."""

    __tablename__ = "grant_receiver"
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    grant_decision_id: UUID = Field(foreign_key="grant_decision.id", primary_key=True)
    person: str = Field(primary_key=True)


append_only(GrantReceiver)
