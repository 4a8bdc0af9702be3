# SPDX-License-Identifier: EUPL-1.2
"""The tables of tasks, of time given, and of who is exempt."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, text


class Task(Table, table=True):
    """Something that residents give time to."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'ended')", name="known_state"),
        UniqueConstraint("id", "place"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"opened_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    title: str
    explanation: str = Field(sa_column=text())
    state: str
    opened_by: UUID = Field(foreign_key="person.id")
    opened_on: date


class TaskConfirmer(Table, table=True):
    """Somebody who may confirm time given to a task."""

    __tablename__ = "task_confirmer"
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    task_id: UUID = Field(foreign_key="task.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)


class TimeEntry(Table, table=True):
    """Time that somebody gave on a day, and how far it has come; `objections_until` is exclusive."""

    __tablename__ = "time_entry"
    __table_args__ = (
        ForeignKeyConstraint(["task_id", "place"], ["task.id", "task.place"]),
        CheckConstraint(
            "state IN ('logged', 'confirmed', 'disputed', 'settled', 'rejected', 'withdrawn')", name="known_state"
        ),
        CheckConstraint("minutes BETWEEN 15 AND 720 AND minutes % 15 = 0", name="quarters"),
        CheckConstraint("confirmed_by <> person_id", name="second_person"),
        CheckConstraint("(confirmed_by IS NULL) = (objections_until IS NULL)", name="confirmed_whole"),
        CheckConstraint("state IN ('logged', 'withdrawn') OR confirmed_by IS NOT NULL", name="confirmed_first"),
        CheckConstraint("(state = 'settled') = (settled_on IS NOT NULL)", name="settled_whole"),
        Index("ix_time_entry_place_person_id", "place", "person_id"),
        Index("ix_time_entry_place_state", "place", "state"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "confirmed_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    task_id: UUID = Field(index=True)
    person_id: UUID = Field(foreign_key="person.id")
    given_on: date
    minutes: int = Field(sa_column=amount())
    state: str
    confirmed_by: UUID | None = Field(default=None, foreign_key="person.id")
    objections_until: date | None = None
    settled_on: date | None = None


class UsedTask(Table, table=True):
    """A task that somebody finished on a day, and that earned something; it earns once."""

    __tablename__ = "used_task"
    __table_args__ = (ForeignKeyConstraint(["task_id", "place"], ["task.id", "task.place"]),)
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "given_on"})

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    task_id: UUID = Field(primary_key=True)
    given_on: date = Field(primary_key=True)
    place: str
    about: str = Field(index=True)
    """What it earned; reciprocity does not know what that is."""
    still_counts: bool
    """Whether its time goes on to count as time given."""


class TimeDispute(Table, table=True):
    """Somebody says that confirmed time is not right; at most once for each entry."""

    __tablename__ = "time_dispute"
    __table_args__ = (
        CheckConstraint("ruling IN ('stands', 'falls')", name="known_ruling"),
        CheckConstraint("(ruling IS NULL) = (ruled_by IS NULL)", name="ruled_whole"),
        CheckConstraint("(ruling_reason IS NULL) = (ruled_by IS NULL)", name="ruled_with_reason"),
        CheckConstraint("(ruled_on IS NULL) = (ruled_by IS NULL)", name="ruled_on_a_day"),
        CheckConstraint("ruled_by <> raised_by", name="other_judge"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"raised_by", "reason", "ruled_by", "ruling_reason"})

    entry_id: UUID = Field(foreign_key="time_entry.id", primary_key=True)
    place: str = Field(foreign_key="neighbourhood.slug")
    raised_by: UUID = Field(foreign_key="person.id")
    raised_on: date
    reason: str = Field(sa_column=text())
    ruled_by: UUID | None = Field(default=None, foreign_key="person.id")
    ruled_on: date | None = None
    ruling: str | None = None
    ruling_reason: str | None = Field(default=None, sa_column=text(nullable=True))


class Exemption(Table, table=True):
    """Somebody is exempt from giving time until a day; never why."""

    __tablename__ = "exemption"
    __table_args__ = (
        CheckConstraint("until_on > granted_on", name="lasts"),
        CheckConstraint("granted_by <> person_id", name="second_person"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "granted_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    granted_by: UUID = Field(foreign_key="person.id")
    granted_on: date
    until_on: date


append_only(TaskConfirmer)
append_only(UsedTask)
