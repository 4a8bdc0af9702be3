# SPDX-License-Identifier: EUPL-1.2
"""The tables of the council: decisions, what members did, and what they are about."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, id_column, moment, text


class Decision(Table, table=True):
    """A decision, for ever; another decision can change what it did."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("kind IN ('outcome', 'advice', 'other')", name="known_kind"),
        CheckConstraint("member_count > 0", name="has_members"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    kind: str
    title: str
    motivation: str = Field(sa_column=text())
    decided_on: date
    article: str
    recorded_at: datetime = Field(sa_column=moment())
    member_count: int
    """How many members the council had."""


class DecisionVoice(Table, table=True):
    """What one member did when a decision was taken; nobody twice."""

    __tablename__ = "decision_voice"
    __table_args__ = (CheckConstraint("stance IN ('for', 'against', 'recused')", name="known_stance"),)
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    decision_id: UUID = Field(foreign_key="decision.id", primary_key=True)
    person_id: str = Field(primary_key=True)
    place: str
    stance: str


class DecisionAbout(Table, table=True):
    """The id of a thing that a decision is about."""

    __tablename__ = "decision_about"
    personal: ClassVar[frozenset[str]] = frozenset()

    decision_id: UUID = Field(foreign_key="decision.id", primary_key=True)
    about: str = Field(primary_key=True)
    place: str


append_only(Decision)
append_only(DecisionVoice)
append_only(DecisionAbout)
