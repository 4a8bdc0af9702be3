# SPDX-License-Identifier: EUPL-1.2
"""The tables of what the audit committee drew, found, and looked at."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, id_column, text


class TimeSample(Table, table=True):
    """The lots of one period: drawn once, from a value that everybody can look up."""

    __tablename__ = "time_sample"
    __table_args__ = (
        UniqueConstraint("place", "period"),
        UniqueConstraint("id", "place"),
        CheckConstraint("drawn_count BETWEEN 1 AND entry_count", name="drawn_from_them"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"drawn_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    period: str
    lots_from: str
    """What was announced, by the policy of the period."""
    value: str
    seed: str
    entry_count: int
    drawn_count: int
    drawn_on: date
    drawn_by: UUID = Field(foreign_key="person.id")


class TimeCheck(Table, table=True):
    """Time on which the lot fell, and what was found once somebody looked."""

    __tablename__ = "time_check"
    __table_args__ = (
        ForeignKeyConstraint(["sample_id", "place"], ["time_sample.id", "time_sample.place"]),
        CheckConstraint("finding IN ('right', 'not_right')", name="known_finding"),
        CheckConstraint("(finding IS NULL) = (found_by IS NULL)", name="found_by_somebody"),
        CheckConstraint("(finding IS NULL) = (found_on IS NULL)", name="found_on_a_day"),
        CheckConstraint("(finding IS NULL) = (reason IS NULL)", name="found_with_reason"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reason", "found_by"})

    sample_id: UUID = Field(primary_key=True)
    entry_id: UUID = Field(foreign_key="time_entry.id", primary_key=True)
    place: str
    finding: str | None = None
    reason: str | None = Field(default=None, sa_column=text(nullable=True))
    found_by: UUID | None = Field(default=None, foreign_key="person.id")
    found_on: date | None = None


class RingNote(Table, table=True):
    """Somebody looked at people who confirm mostly each other, and wrote down what they made of it."""

    __tablename__ = "ring_note"
    personal: ClassVar[frozenset[str]] = frozenset({"ring", "reason", "noted_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    ring: str = Field(index=True)
    """The name of the ring, made of who is in it."""
    entry_count: int
    """How many entries they had when somebody looked."""
    reason: str = Field(sa_column=text())
    noted_by: UUID = Field(foreign_key="person.id")
    noted_on: date


append_only(TimeSample)
