# SPDX-License-Identifier: EUPL-1.2
"""The tables of decisions about bids: what each is in law, when it was made known, and its grounds."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, text


class ChallengeDecision(Table, table=True):
    """What belongs to a move that decides; only when it was made known is filled in later, once.

    Who decided, when, what and why stand in the move itself.
    """

    __tablename__ = "challenge_decision"
    __table_args__ = (
        ForeignKeyConstraint(["challenge_id", "number"], ["challenge_move.challenge_id", "challenge_move.number"]),
        CheckConstraint("body IN ('municipal_council', 'executive', 'mayor')", name="known_body"),
        CheckConstraint("legal_character IN ('subsidy', 'private_law', 'other')", name="known_character"),
        CheckConstraint("granted_cents >= 0", name="amount"),
        CheckConstraint("known_way IN ('sent', 'handed_over', 'collected')", name="known_way"),
        CheckConstraint(
            "(known_on IS NULL) = (known_way IS NULL) AND (known_on IS NULL) = (known_by IS NULL)",
            name="known_is_complete",
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"known_by"})

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    """The number of the move."""
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    body: str
    power_article: str
    legal_character: str
    part: str = Field(default="", sa_column=text())
    """Which part of the task, where it is not all of it."""
    granted_cents: int = Field(default=0, sa_column=amount())
    """The most that it may cost a year; nothing where the answer is no."""
    known_on: date | None = None
    known_way: str | None = None
    known_by: str | None = None


class DecisionGround(Table, table=True):
    """One ground on which the answer is no, or no in part."""

    __tablename__ = "decision_ground"
    __table_args__ = (
        ForeignKeyConstraint(
            ["challenge_id", "number"], ["challenge_decision.challenge_id", "challenge_decision.number"]
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    ground: str = Field(primary_key=True)
    place: str


append_only(DecisionGround)
