# SPDX-License-Identifier: EUPL-1.2
"""The tables of offers of time, of a task and a helper brought together, and of what they write each other."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field, text

from wijkbudget.db.types import Table, id_column, moment
from wijkbudget.db.types import text as text_column

_IS_LIVE = text("state IN ('proposed', 'accepted')")


class TimeOffer(Table, table=True):
    """Time and talents that a resident offers; it ends after a day, or when it is withdrawn."""

    __tablename__ = "time_offer"
    __table_args__ = (
        ForeignKeyConstraint(["place", "quarter"], ["quarter.place", "quarter.code"]),
        CheckConstraint("audience IN ('guides', 'residents')", name="known_audience"),
        CheckConstraint("last_on >= offered_on", name="lasts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "talents"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    talents: str = Field(sa_column=text_column())
    """What somebody can do, in their words; wiped a month after it ended."""
    themes: str = Field(sa_column=text_column())
    """The themes, as JSON; none is every theme."""
    quarter: str | None = None
    weekdays: str
    """The days of the week, as JSON; none is every day."""
    on_day: date | None = None
    last_on: date
    audience: str
    offered_on: date
    withdrawn_on: date | None = None


class Pairing(Table, table=True):
    """A task and somebody who helps with it; only one of the same two at a time."""

    __tablename__ = "pairing"
    __table_args__ = (
        ForeignKeyConstraint(["task_id", "place"], ["task.id", "task.place"]),
        CheckConstraint("proposed_by IN ('helper', 'asker')", name="known_side"),
        CheckConstraint("state IN ('proposed', 'accepted', 'declined', 'withdrawn', 'finished')", name="known_state"),
        CheckConstraint("state NOT IN ('accepted', 'finished') OR accepted_on IS NOT NULL", name="accepted_first"),
        CheckConstraint("state NOT IN ('proposed', 'declined') OR accepted_on IS NULL", name="not_accepted_yet"),
        CheckConstraint("(state IN ('proposed', 'accepted')) = (ended_on IS NULL)", name="ended_whole"),
        Index(
            "uq_pairing_live",
            "task_id",
            "person_id",
            unique=True,
            sqlite_where=_IS_LIVE,
            postgresql_where=_IS_LIVE,
        ),
        Index("ix_pairing_place_person_id", "place", "person_id"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    task_id: UUID
    person_id: UUID = Field(foreign_key="person.id")
    """Who helps."""
    offer_id: UUID | None = Field(default=None, foreign_key="time_offer.id")
    """What they offered, where that is how the asking side found them."""
    proposed_by: str
    state: str
    proposed_on: date
    accepted_on: date | None = None
    ended_on: date | None = None


class PairingMessage(Table, table=True):
    """What one side of a pairing wrote to the other; wiped a month after it ended."""

    __tablename__ = "pairing_message"
    personal: ClassVar[frozenset[str]] = frozenset({"sender_id", "words"})

    id: UUID = Field(sa_column=id_column())
    pairing_id: UUID = Field(foreign_key="pairing.id", index=True)
    sender_id: UUID = Field(foreign_key="person.id")
    words: str = Field(sa_column=text_column())
    sent_at: datetime = Field(sa_column=moment())
