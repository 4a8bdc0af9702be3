# SPDX-License-Identifier: EUPL-1.2
"""The tables of attendance: the list at the door, and who is on it."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.types import Table, amount, id_column

_IS_HERE = sql("entry_id IS NULL")


class AttendanceList(Table, table=True):
    """The list at the door for one task on one day, in minutes after midnight; found by a keyed hash of its code."""

    __tablename__ = "attendance_list"
    __table_args__ = (
        ForeignKeyConstraint(["task_id", "place"], ["task.id", "task.place"]),
        UniqueConstraint("task_id", "held_on"),
        CheckConstraint("state IN ('open', 'ended')", name="known_state"),
        CheckConstraint(
            "start_minutes >= 0 AND end_minutes <= 1440 AND end_minutes - start_minutes BETWEEN 15 AND 720"
            " AND start_minutes % 15 = 0 AND end_minutes % 15 = 0",
            name="hours_of_one_day",
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"opened_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    task_id: UUID
    held_on: date
    start_minutes: int = Field(sa_column=amount())
    end_minutes: int = Field(sa_column=amount())
    code_hash: str = Field(unique=True)
    opened_by: UUID = Field(foreign_key="person.id")
    state: str


class Attendance(Table, table=True):
    """Somebody who signed in, and, once they left, the time that it gave."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("arrived_minutes BETWEEN 0 AND 1440", name="arrived_that_day"),
        Index(
            "uq_attendance_here",
            "list_id",
            "person_id",
            unique=True,
            sqlite_where=_IS_HERE,
            postgresql_where=_IS_HERE,
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "arrived_minutes"})

    id: UUID = Field(sa_column=id_column())
    list_id: UUID = Field(foreign_key="attendance_list.id")
    person_id: UUID = Field(foreign_key="person.id")
    arrived_minutes: int = Field(sa_column=amount())
    entry_id: UUID | None = Field(default=None, foreign_key="time_entry.id", unique=True)
