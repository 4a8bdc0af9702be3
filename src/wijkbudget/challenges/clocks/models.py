# SPDX-License-Identifier: EUPL-1.2
"""The tables of the clock: how the time to decide stood still, was put off, and was said to be over."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table

NOBODY: frozenset[str] = frozenset()


class Pause(Table, table=True):
    """The time stood still, from the day after; what ended it is a move. A request to complete a bid is its own row."""

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("kind IN ('elaboration', 'group', 'force_majeure')", name="known_kind"),
        CheckConstraint("last_on > asked_on", name="lasts"),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    """Of the move that began it."""
    place: str
    kind: str
    asked_on: date
    last_on: date


class Adjournment(Table, table=True):
    """The decision was put off; once a bid."""

    __tablename__ = "adjournment"
    __table_args__ = (CheckConstraint("decide_on > adjourned_on", name="is_later"),)
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int
    """Of the move."""
    place: str
    adjourned_on: date
    decide_on: date
    """The day that was named."""


class DefaultNotice(Table, table=True):
    """The group told the municipality that it is too late; once a bid."""

    __tablename__ = "default_notice"
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int
    """Of the move."""
    place: str
    given_on: date


for _kept in (Pause, Adjournment, DefaultNotice):
    append_only(_kept)
