# SPDX-License-Identifier: EUPL-1.2
"""The tables of what must be known before a decision: nothing in them is ever changed; what is written later counts."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, moment, text


class ProcurementAssessment(Table, table=True):
    """What an official found about procurement and state aid; the one with the highest number counts."""

    __tablename__ = "procurement_assessment"
    __table_args__ = (
        CheckConstraint("form IN ('subsidy', 'public_contract', 'use')", name="known_form"),
        CheckConstraint("kind IN ('services', 'works', 'social')", name="known_kind"),
        CheckConstraint("base_cents >= 0 AND options_cents >= 0", name="amounts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"assessor"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    form: str
    kind: str
    base_cents: int = Field(sa_column=amount())
    """For the whole agreed time, without VAT."""
    options_cents: int = Field(sa_column=amount())
    """For every time that it can be extended, without VAT."""
    has_market_interest: bool
    has_cross_border_interest: bool
    is_undertaking: bool
    is_general_interest: bool
    reason: str = Field(sa_column=text())
    assessor: str
    assessed_at: datetime = Field(sa_column=moment())


class AidDeclaration(Table, table=True):
    """A group said which small aid it received; the one with the highest number counts."""

    __tablename__ = "aid_declaration"
    personal: ClassVar[frozenset[str]] = frozenset({"declarer"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    declarer: str
    declared_at: datetime = Field(sa_column=moment())


class ReceivedAid(Table, table=True):
    """One line of a declaration."""

    __tablename__ = "received_aid"
    __table_args__ = (
        ForeignKeyConstraint(["challenge_id", "number"], ["aid_declaration.challenge_id", "aid_declaration.number"]),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"giver"})

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    place: str
    giver: str
    amount_cents: int = Field(sa_column=amount())
    granted_on: date
    is_general_interest: bool


class CouncilAdvice(Table, table=True):
    """What the council advised, each time that it was asked."""

    __tablename__ = "council_advice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["challenge_id", "asked_number"], ["challenge_move.challenge_id", "challenge_move.number"]
        ),
        CheckConstraint("stance IN ('positive', 'negative', 'with_conditions')", name="known_stance"),
        CheckConstraint("(conditions <> '') = (stance = 'with_conditions')", name="conditions_stand"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    challenge_id: UUID = Field(primary_key=True)
    asked_number: int = Field(primary_key=True)
    """The number of the move by which it was asked."""
    place: str
    stance: str
    conditions: str = Field(sa_column=text())
    decision_id: UUID = Field(foreign_key="decision.id")
    given_at: datetime = Field(sa_column=moment())


for _kept in (ProcurementAssessment, AidDeclaration, ReceivedAid, CouncilAdvice):
    append_only(_kept)
