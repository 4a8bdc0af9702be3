# SPDX-License-Identifier: EUPL-1.2
"""The tables of shares: a row a share and a row for how it ended, for ever; suspensions, hand-backs and the review."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


class Share(Table, table=True):
    """One share that somebody was granted; `spell`, `reason` and `year` make that it is granted once."""

    __tablename__ = "share"
    __table_args__ = (
        UniqueConstraint("place", "person_id", "spell", "reason", "year"),
        ForeignKeyConstraint(["place", "policy_version"], ["adopted_policy.place", "adopted_policy.version"]),
        CheckConstraint(
            "reason IN ('resident', 'year_of_residence', 'effort', 'neighbourhood_contract')", name="known_reason"
        ),
        CheckConstraint("(reason = 'neighbourhood_contract') = (decision_id IS NOT NULL)", name="contract_is_decided"),
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
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id")
    granted_on: date
    policy_version: int


class ShareHandBack(Table, table=True):
    """Somebody handed shares back for the price of that day; payments says whether it was paid, and to whom."""

    __tablename__ = "share_hand_back"
    __table_args__ = (
        ForeignKeyConstraint(["place", "policy_version"], ["adopted_policy.place", "adopted_policy.version"]),
        CheckConstraint("share_count > 0 AND price_cents > 0", name="amounts_positive"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    person_id: UUID = Field(foreign_key="person.id", index=True)
    year: int
    """The year of the pot that pays."""
    share_count: int = Field(sa_column=amount())
    price_cents: int = Field(sa_column=amount())
    handed_back_on: date
    policy_version: int


class ShareEnding(Table, table=True):
    """One share that ended while its holder kept the others."""

    __tablename__ = "share_ending"
    __table_args__ = (
        CheckConstraint("ending IN ('handed_back', 'corrected')", name="known_ending"),
        CheckConstraint("(ending = 'handed_back') = (hand_back_id IS NOT NULL)", name="handed_back_is_paid"),
        CheckConstraint(
            "(ending = 'corrected') = (reason IS NOT NULL) AND (ending = 'corrected') = (corrected_by IS NOT NULL)",
            name="corrected_with_reason",
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reason", "corrected_by"})

    share_id: UUID = Field(foreign_key="share.id", primary_key=True)
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    ending: str
    ended_on: date
    hand_back_id: UUID | None = Field(default=None, foreign_key="share_hand_back.id")
    reason: str | None = Field(default=None, sa_column=text(nullable=True))
    corrected_by: str | None = None


class ShareSuspension(Table, table=True):
    """All shares of somebody do not count while it is looked into whether they are right, until that is lifted."""

    __tablename__ = "share_suspension"
    __table_args__ = (
        Index(
            "uq_share_suspension_open",
            "place",
            "person_id",
            unique=True,
            sqlite_where=sql("lifted_on IS NULL"),
            postgresql_where=sql("lifted_on IS NULL"),
        ),
        CheckConstraint("(lifted_on IS NULL) = (lifted_by IS NULL)", name="lifted_is_complete"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "reason", "suspended_by", "lifted_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    person_id: UUID = Field(foreign_key="person.id")
    reason: str = Field(sa_column=text())
    suspended_on: date
    suspended_by: str
    lifted_on: date | None = None
    lifted_by: str | None = None


class HandBackStop(Table, table=True):
    """Days on which no share is handed back, because a vote is on the way; `about` is known to whoever stopped it."""

    __tablename__ = "share_hand_back_stop"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="days_in_order"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    about: str = Field(primary_key=True)
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    first_on: date
    last_on: date


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
append_only(ShareHandBack)
append_only(ShareEnding)
append_only(HandBackStop)
append_only(ShareLapse)
