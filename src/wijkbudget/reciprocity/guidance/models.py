# SPDX-License-Identifier: EUPL-1.2
"""The tables of contracts with young people; when one ends, all that it said is erased."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.types import Table, id_column, text

_HAS_NOT_ENDED = sql("ended_on IS NULL")


class Guidance(Table, table=True):
    """What a young person and a guide agree; one at a time."""

    __tablename__ = "guidance"
    __table_args__ = (
        CheckConstraint("guide_id <> young_id", name="two_people"),
        CheckConstraint(
            "(has_consent IS NULL) = (consent_told_on IS NULL) AND (has_consent IS NULL) = (consent_told_by IS NULL)",
            name="consent_whole",
        ),
        CheckConstraint("ended_on IS NULL OR (tasks = '' AND guide_does = '')", name="erased_at_the_end"),
        Index(
            "uq_guidance_young_id",
            "young_id",
            unique=True,
            sqlite_where=_HAS_NOT_ENDED,
            postgresql_where=_HAS_NOT_ENDED,
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset(
        {
            "young_id",
            "guide_id",
            "tasks",
            "guide_does",
            "until_on",
            "proposed_on",
            "signed_on",
            "has_consent",
            "consent_told_by",
            "consent_told_on",
            "ended_on",
        }
    )

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    young_id: UUID = Field(foreign_key="person.id")
    guide_id: UUID = Field(foreign_key="person.id", index=True)
    tasks: str = Field(sa_column=text())
    """What the young person does."""
    guide_does: str = Field(sa_column=text())
    until_on: date
    """The last day."""
    proposed_on: date
    signed_on: date | None = None
    has_consent: bool | None = None
    """Whether a parent agrees; yes or no, and no document."""
    consent_told_by: UUID | None = Field(default=None, foreign_key="person.id")
    consent_told_on: date | None = None
    ended_on: date | None = None


class GuidanceNote(Table, table=True):
    """A short note of the guide, which the young person reads too."""

    __tablename__ = "guidance_note"
    personal: ClassVar[frozenset[str]] = frozenset({"note", "written_on"})

    id: UUID = Field(sa_column=id_column())
    guidance_id: UUID = Field(foreign_key="guidance.id", index=True)
    place: str
    note: str | None = Field(default=None, sa_column=text(nullable=True))
    """None once it was erased."""
    written_on: date
