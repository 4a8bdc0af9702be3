# SPDX-License-Identifier: EUPL-1.2
"""The tables of looking into a bid: the talk, what was found about each ground, and what the municipality means to say.

All of them are append-only: what was said or found stays, and what comes later counts.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from wijkbudget.challenges.assessment.rules import Finding
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, moment, text

_GROUNDS = ", ".join(repr(str(ground)) for ground in Ground)
_FINDINGS = ", ".join(repr(str(finding)) for finding in Finding)


class ChallengeTalk(Table, table=True):
    """When and where the group and the officials meet; the last one planned counts."""

    __tablename__ = "challenge_talk"
    __table_args__ = (CheckConstraint("number >= 1", name="begins_at_one"),)
    personal: ClassVar[frozenset[str]] = frozenset({"venue", "planned_by"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    planned_on: date
    venue: str
    planned_by: str
    planned_at: datetime = Field(sa_column=moment())


class TalkMinutes(Table, table=True):
    """What was said in the talk; once a bid."""

    __tablename__ = "talk_minutes"
    personal: ClassVar[frozenset[str]] = frozenset({"minutes", "written_by"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    place: str
    held_on: date
    minutes: str = Field(sa_column=text())
    written_by: str
    written_at: datetime = Field(sa_column=moment())


class GroundFinding(Table, table=True):
    """What the case worker found about one ground; the last one counts."""

    __tablename__ = "ground_finding"
    __table_args__ = (
        CheckConstraint(f"ground IN ({_GROUNDS})", name="known_ground"),
        CheckConstraint(f"finding IN ({_FINDINGS})", name="known_finding"),
        CheckConstraint("finding = 'not_met' OR reason <> ''", name="says_why"),
        CheckConstraint("number >= 1", name="begins_at_one"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reason", "found_by"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    ground: str
    finding: str
    reason: str = Field(sa_column=text())
    after_move: int
    """The number of the last move of the bid, when this was found."""
    found_by: str
    found_at: datetime = Field(sa_column=moment())


class IntendedRefusal(Table, table=True):
    """That the municipality means to say no, why, and until when the group can answer; one a move."""

    __tablename__ = "intended_refusal"
    personal: ClassVar[frozenset[str]] = frozenset({"motivation"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    """The number of the move."""
    place: str
    motivation: str = Field(sa_column=text())
    told_on: date
    answer_until: date


class IntendedGround(Table, table=True):
    """One ground on which the municipality means to say no."""

    __tablename__ = "intended_ground"
    __table_args__ = (
        ForeignKeyConstraint(["challenge_id", "number"], ["intended_refusal.challenge_id", "intended_refusal.number"]),
        CheckConstraint(f"ground IN ({_GROUNDS})", name="known_ground"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    ground: str = Field(primary_key=True)
    place: str


class IntentionAnswer(Table, table=True):
    """What the group answered; once for each time that the municipality means to say no."""

    __tablename__ = "intention_answer"
    __table_args__ = (
        ForeignKeyConstraint(["challenge_id", "number"], ["intended_refusal.challenge_id", "intended_refusal.number"]),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"answer", "answered_by"})

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    answer: str = Field(sa_column=text())
    answered_by: str
    answered_at: datetime = Field(sa_column=moment())


for _kept in (ChallengeTalk, TalkMinutes, GroundFinding, IntendedRefusal, IntendedGround, IntentionAnswer):
    append_only(_kept)
