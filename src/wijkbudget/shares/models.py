# SPDX-License-Identifier: EUPL-1.2
"""The tables of shares: a row a share, a row for all shares of somebody that lapsed, both for ever, and the review."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment


class Share(Table, table=True):
    """One share that somebody was granted; `spell` and `year` make that it is granted once."""

    __tablename__ = "share"
    __table_args__ = (
        UniqueConstraint("place", "person_id", "spell", "year"),
        ForeignKeyConstraint(["place", "policy_version"], ["adopted_policy.place", "adopted_policy.version"]),
        CheckConstraint("reason IN ('resident', 'year_of_residence')", name="known_reason"),
        CheckConstraint("(reason = 'resident') = (year = 0)", name="year_fits_reason"),
        CheckConstraint("year >= 0", name="year_counts"),
        CheckConstraint("spell >= 1", name="spell_counts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    person_id: UUID = Field(foreign_key="person.id")
    spell: int
    year: int
    reason: str
    granted_on: date
    policy_version: int


class ShareLapse(Table, table=True):
    """All shares that somebody held in one spell lapsed."""

    __tablename__ = "share_lapse"
    __table_args__ = (
        UniqueConstraint("place", "person_id", "spell"),
        CheckConstraint("reason = 'left'", name="known_reason"),
        CheckConstraint("share_count > 0", name="share_count_positive"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    person_id: UUID = Field(foreign_key="person.id")
    spell: int
    share_count: int = Field(sa_column=amount())
    reason: str
    lapsed_on: date


class ShareReview(Table, table=True):
    """When everybody in a neighbourhood last got what was due, and by which version of the policy."""

    __tablename__ = "share_review"
    personal: ClassVar[frozenset[str]] = frozenset()

    place: str = Field(primary_key=True, foreign_key="neighbourhood.slug")
    reviewed_at: datetime = Field(sa_column=moment())
    policy_version: int


append_only(Share)
append_only(ShareLapse)
