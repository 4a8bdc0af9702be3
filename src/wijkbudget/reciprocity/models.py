# SPDX-License-Identifier: EUPL-1.2
"""The tables of tasks, of time given, and of who is exempt."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.no_overlap import Stretch, no_overlap
from wijkbudget.db.types import Table, amount, id_column, text


class Task(Table, table=True):
    """Something that residents give time to."""

    __tablename__ = "task"
    __table_args__ = (
        ForeignKeyConstraint(["place", "quarter"], ["quarter.place", "quarter.code"]),
        CheckConstraint("state IN ('open', 'ended')", name="known_state"),
        CheckConstraint("asked_by IN ('initiative', 'council', 'neighbour', 'organisation')", name="known_asker"),
        CheckConstraint("age_min BETWEEN 12 AND 21", name="for_an_age"),
        CheckConstraint("norm_minutes BETWEEN 15 AND 720 AND norm_minutes % 15 = 0", name="norm_in_quarters"),
        CheckConstraint("needed_minutes > 0 AND needed_minutes % 15 = 0", name="needs_quarters"),
        CheckConstraint("(needed_minutes IS NULL) = (needed_by IS NULL)", name="needed_whole"),
        CheckConstraint("pledged_minutes BETWEEN 0 AND coalesce(needed_minutes, 0)", name="pledged_what_is_needed"),
        CheckConstraint(
            "(started_on IS NOT NULL) = (pledged_minutes = coalesce(needed_minutes, -1))", name="starts_when_reached"
        ),
        UniqueConstraint("id", "place"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"title", "explanation", "about", "opened_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    title: str
    explanation: str = Field(sa_column=text())
    state: str
    opened_by: UUID = Field(foreign_key="person.id")
    opened_on: date
    asked_by: str = Field(default="council", sa_column_kwargs={"server_default": "council"})
    """What kind of asker: a plan, the council, a neighbour or an organisation."""
    about: str | None = Field(default=None, index=True)
    """Which plan, organisation or neighbour; None is the council."""
    theme: str | None = None
    quarter: str | None = None
    """The small area where it is; None is the whole neighbourhood."""
    on_day: date | None = None
    """The day on which it is done; None is any day."""
    ended_on: date | None = None
    """The day on which it was ended; tasks that ended before this was kept have none."""
    age_min: int = Field(default=12, sa_column_kwargs={"server_default": "12"})
    """From which age somebody can do it."""
    norm_minutes: int | None = Field(default=None, sa_column=amount(nullable=True))
    """How long it takes whoever does it; None is as long as they say."""
    needed_minutes: int | None = Field(default=None, sa_column=amount(nullable=True))
    """How much time must be pledged before it starts; None needs no pledges."""
    needed_by: date | None = None
    """The last day of what was pledged."""
    pledged_minutes: int = Field(default=0, sa_column=amount(server_default="0"))
    started_on: date | None = None
    """The day on which all that it needs was pledged."""


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
            "state IN ('logged', 'confirmed', 'disputed', 'settled', 'rejected', 'withdrawn', 'reversed')",
            name="known_state",
        ),
        CheckConstraint("minutes BETWEEN 15 AND 720 AND minutes % 15 = 0", name="quarters"),
        CheckConstraint(
            "start_minutes >= 0 AND start_minutes % 15 = 0 AND start_minutes + minutes <= 1440", name="on_one_day"
        ),
        CheckConstraint("kind IN ('doing', 'organising', 'meeting', 'guiding', 'in_kind')", name="known_kind"),
        CheckConstraint("evidence IN ('none', 'list')", name="known_evidence"),
        CheckConstraint("logged_by <> person_id", name="logged_for_another"),
        CheckConstraint("confirmed_by <> person_id", name="second_person"),
        CheckConstraint("confirmed_by <> logged_by", name="other_hands"),
        CheckConstraint("(confirmed_by IS NULL) = (objections_until IS NULL)", name="confirmed_whole"),
        CheckConstraint("state IN ('logged', 'withdrawn') OR confirmed_by IS NOT NULL", name="confirmed_first"),
        CheckConstraint("(state IN ('settled', 'reversed')) = (settled_on IS NOT NULL)", name="settled_whole"),
        CheckConstraint("(state = 'reversed') = (reversed_on IS NOT NULL)", name="reversed_whole"),
        Index("ix_time_entry_place_person_id", "place", "person_id"),
        Index("ix_time_entry_place_state", "place", "state"),
        Index("ix_time_entry_person_id_given_on", "person_id", "given_on"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "start_minutes", "note", "logged_by", "confirmed_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    task_id: UUID = Field(index=True)
    person_id: UUID = Field(foreign_key="person.id")
    given_on: date
    minutes: int = Field(sa_column=amount())
    start_minutes: int | None = Field(default=None, sa_column=amount(nullable=True))
    """When it began, in minutes after midnight; None is some time of that day."""
    kind: str = Field(default="doing", sa_column_kwargs={"server_default": "doing"})
    note: str | None = Field(default=None, sa_column=text(nullable=True))
    """What somebody did, in their own words."""
    evidence: str = Field(default="none", sa_column_kwargs={"server_default": "none"})
    """What speaks for it besides the giver's word."""
    logged_by: UUID | None = Field(default=None, foreign_key="person.id")
    """Who wrote it down for the giver; None is the giver."""
    state: str
    confirmed_by: UUID | None = Field(default=None, foreign_key="person.id")
    objections_until: date | None = None
    settled_on: date | None = None
    reversed_on: date | None = None
    """The day from which it counts no longer, because it was found not right later."""


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


class TimeCorrection(Table, table=True):
    """Settled time was found not right, and counts no longer; the giver can object, and somebody else rules on that."""

    __tablename__ = "time_correction"
    __table_args__ = (
        CheckConstraint("ruling IN ('stands', 'falls')", name="known_ruling"),
        CheckConstraint("(objection IS NULL) = (objected_on IS NULL)", name="objected_whole"),
        CheckConstraint("ruling IS NULL OR objection IS NOT NULL", name="objected_first"),
        CheckConstraint(
            "(ruling IS NULL) = (ruled_by IS NULL) AND (ruling IS NULL) = (ruled_on IS NULL)"
            " AND (ruling IS NULL) = (ruling_reason IS NULL)",
            name="ruled_whole",
        ),
        CheckConstraint("ruled_by <> corrected_by", name="other_judge"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"corrected_by", "reason", "objection", "ruled_by", "ruling_reason"})

    entry_id: UUID = Field(foreign_key="time_entry.id", primary_key=True)
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    corrected_by: UUID = Field(foreign_key="person.id")
    corrected_on: date
    reason: str = Field(sa_column=text())
    objections_until: date
    objection: str | None = Field(default=None, sa_column=text(nullable=True))
    objected_on: date | None = None
    ruled_by: UUID | None = Field(default=None, foreign_key="person.id")
    ruled_on: date | None = None
    ruling: str | None = None
    """Whether the correction stands or falls."""
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


TIME_OF_A_PERSON = Stretch(
    owner="person_id",
    day="given_on",
    start="start_minutes",
    length="minutes",
    states=("logged", "confirmed", "disputed", "settled"),
)
"""The same hours count once; what was withdrawn, rejected or reversed leaves them free."""

append_only(TaskConfirmer)
no_overlap(TimeEntry, TIME_OF_A_PERSON)
append_only(UsedTask)
