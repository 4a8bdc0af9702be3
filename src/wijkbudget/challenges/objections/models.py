# SPDX-License-Identifier: EUPL-1.2
"""The tables of objections: each of them, and how the municipality looks at all that are about one decision."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.types import Table, id_column, text


class Objection(Table, table=True):
    """What somebody has against a decision, and what came of it."""

    __tablename__ = "objection"
    __table_args__ = (
        ForeignKeyConstraint(
            ["challenge_id", "decision_number"], ["challenge_decision.challenge_id", "challenge_decision.number"]
        ),
        CheckConstraint("(objector IS NULL) = (called IS NOT NULL)", name="knows_who"),
        CheckConstraint("outcome IN ('inadmissible', 'unfounded', 'founded', 'withdrawn')", name="known_outcome"),
        CheckConstraint("bar IN ('late', 'no_interest', 'not_complete')", name="known_bar"),
        CheckConstraint("(bar IS NOT NULL) = (outcome = 'inadmissible' AND outcome IS NOT NULL)", name="says_why_not"),
        CheckConstraint("(outcome IS NULL) = (decided_on IS NULL)", name="outcome_is_dated"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"objector", "called", "interest", "words", "why_late"})

    id: UUID = Field(sa_column=id_column())
    challenge_id: UUID = Field(foreign_key="challenge.id", index=True)
    number: int
    """Of the move by which it came."""
    decision_number: int
    """Of the move that decided."""
    place: str
    objector: str | None = None
    called: str | None = None
    """Who objected on paper."""
    interest: str = Field(sa_column=text())
    words: str = Field(sa_column=text())
    received_on: date
    is_late: bool
    why_late: str = Field(default="", sa_column=text())
    outcome: str | None = None
    bar: str | None = None
    decided_on: date | None = None


class ObjectionCase(Table, table=True):
    """How the municipality looks at the objections to one decision."""

    __tablename__ = "objection_case"
    __table_args__ = (
        ForeignKeyConstraint(
            ["challenge_id", "number"], ["challenge_decision.challenge_id", "challenge_decision.number"]
        ),
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint("(hearing_on IS NULL) = (invited_on IS NULL)", name="invited_is_dated"),
        CheckConstraint("report IS NULL OR hearing_on IS NOT NULL", name="heard_before_reported"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"report"})

    id: UUID = Field(sa_column=id_column())
    challenge_id: UUID = Field(foreign_key="challenge.id", index=True)
    number: int
    """Of the move that decided."""
    place: str
    invited_on: date | None = None
    hearing_on: date | None = None
    hearing_where: str | None = None
    report: str | None = Field(default=None, sa_column=text(nullable=True))
    adjourned_on: date | None = None
    why_adjourned: str | None = Field(default=None, sa_column=text(nullable=True))
