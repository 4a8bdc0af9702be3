# SPDX-License-Identifier: EUPL-1.2
"""The tables of fees: a book of what people received for their time, and its sums."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment

_IS_RECEIVED = sql("takes_off IS NULL")


class FeeEntry(Table, table=True):
    """Something that somebody received for their time, or, with less than nothing, that it counts no longer."""

    __tablename__ = "fee"
    __table_args__ = (
        CheckConstraint("amount_cents <> 0", name="amount_is_something"),
        CheckConstraint("(amount_cents < 0) = (takes_off IS NOT NULL)", name="less_takes_off"),
        CheckConstraint("form IN ('money', 'in_kind')", name="known_form"),
        CheckConstraint("source IN ('claim', 'reward', 'elsewhere')", name="known_source"),
        CheckConstraint("(source = 'elsewhere') = (giver IS NOT NULL)", name="giver_of_elsewhere"),
        Index("uq_fee_about", "source", "about", unique=True, sqlite_where=_IS_RECEIVED, postgresql_where=_IS_RECEIVED),
        Index("ix_fee_person_id_received_on", "person_id", "received_on"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "amount_cents", "received_on", "giver", "recorded_by"})
    """Kept for seven years, like all books. Source: Algemene wet inzake rijksbelastingen, art. 52 lid 4."""

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    person_id: UUID = Field(foreign_key="person.id")
    amount_cents: int = Field(sa_column=amount())
    received_on: date
    form: str
    source: str
    about: str
    """What it was for; with the source it names one thing."""
    giver: str | None = None
    """Which other organisation gave it."""
    takes_off: UUID | None = Field(default=None, foreign_key="fee.id", unique=True)
    """The entry that counts no longer by this one."""
    recorded_by: str
    recorded_at: datetime = Field(sa_column=moment())


class FeeTotal(Table, table=True):
    """What somebody received in a month (`2026-03`) or a year (`2026`): the sum of the entries of that period."""

    __tablename__ = "fee_total"
    __table_args__ = (CheckConstraint("amount_cents >= 0", name="never_less_than_nothing"),)
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "amount_cents"})

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    period: str = Field(primary_key=True)
    amount_cents: int = Field(sa_column=amount())


append_only(FeeEntry)
