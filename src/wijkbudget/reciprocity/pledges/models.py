# SPDX-License-Identifier: EUPL-1.2
"""The table of pledged time."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.types import Table, amount, id_column

_STANDS = sql("state <> 'withdrawn'")


class TimePledge(Table, table=True):
    """Time that somebody pledged to a task, and what became of it; every step has its day."""

    __tablename__ = "time_pledge"
    __table_args__ = (
        ForeignKeyConstraint(["task_id", "place"], ["task.id", "task.place"]),
        CheckConstraint("state IN ('open', 'kept', 'unkept', 'lifted', 'lapsed', 'withdrawn')", name="known_state"),
        CheckConstraint("minutes > 0 AND minutes % 15 = 0", name="quarters"),
        CheckConstraint("(state IN ('open', 'unkept')) = (closed_on IS NULL)", name="closed_on_a_day"),
        CheckConstraint("state <> 'unkept' OR unkept_on IS NOT NULL", name="unkept_on_a_day"),
        CheckConstraint("state NOT IN ('open', 'lapsed', 'withdrawn') OR unkept_on IS NULL", name="never_unkept"),
        CheckConstraint("(state = 'lifted') = (lifted_by IS NOT NULL)", name="lifted_by_somebody"),
        CheckConstraint("lifted_by <> person_id", name="second_person"),
        Index(
            "uq_time_pledge_task_id_person_id",
            "task_id",
            "person_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_time_pledge_place_state", "place", "state"),
        Index("ix_time_pledge_person_id", "person_id"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "lifted_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    task_id: UUID
    person_id: UUID = Field(foreign_key="person.id")
    minutes: int = Field(sa_column=amount())
    state: str
    pledged_on: date
    unkept_on: date | None = None
    """The day on which it was found unkept."""
    closed_on: date | None = None
    """The day on which it was kept, lifted, taken back or bound nobody any more."""
    lifted_by: UUID | None = Field(default=None, foreign_key="person.id")
    """Who decided that it has no consequence; never why."""
