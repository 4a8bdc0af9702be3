# SPDX-License-Identifier: EUPL-1.2
"""The tables of plans: a plan with its costs, who supports it, its assessment, and adopted outcomes."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy
from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


class Initiative(Table, table=True):
    """A plan; how it ends after it was granted is told by its voucher."""

    __tablename__ = "initiative"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'supported', 'feasible', 'infeasible', 'on_ballot', 'not_chosen', 'granted',"
            " 'withdrawn')",
            name="known_state",
        ),
        CheckConstraint("asked_cents > 0 AND support_min >= 0 AND support_count >= 0", name="amounts"),
        CheckConstraint("own_cents >= 0 AND own_minutes >= 0", name="own_share"),
        CheckConstraint("state <> 'proposed' OR support_count < support_min", name="enough_is_enough"),
        CheckConstraint("state IN ('proposed', 'withdrawn') OR support_count >= support_min", name="supported_first"),
        CheckConstraint("(supported_at IS NOT NULL) = (support_count >= support_min)", name="supported_is_dated"),
        CheckConstraint(
            "(round_id IS NOT NULL) = (state IN ('on_ballot', 'not_chosen', 'granted'))", name="voted_in_a_round"
        ),
        ForeignKeyConstraint(["place", "quarter"], ["quarter.place", "quarter.code"]),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"title", "summary", "spot", "proposer"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    """The year it was proposed in, and from the ballot on the budget year it is paid from."""
    pot: str | None = None
    """From the ballot on the theme whose pot it is paid from, where it has one of its own."""
    title: str
    summary: str = Field(sa_column=text())
    theme: str
    spot: str
    quarter: str
    proposer: str
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    asked_cents: int = Field(sa_column=amount())
    own_cents: int = Field(default=0, sa_column=amount())
    own_minutes: int = Field(default=0, sa_column=amount())
    """What the group brings itself, in money and in time."""
    starts_on: date | None = None
    support_min: int
    """What the policy asked on the day of the proposal."""
    support_count: int
    state: str
    proposed_at: datetime = Field(sa_column=moment())
    supported_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """When enough neighbours supported it."""
    round_id: UUID | None = Field(default=None, foreign_key="voting_round.id", index=True)


class CostLine(Table, table=True):
    """One line of what a plan costs."""

    __tablename__ = "cost_line"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)
    personal: ClassVar[frozenset[str]] = frozenset({"what"})

    initiative_id: UUID = Field(foreign_key="initiative.id", primary_key=True)
    position: int = Field(primary_key=True)
    place: str
    what: str
    amount_cents: int = Field(sa_column=amount())


class Support(Table, table=True):
    """Somebody who supports a plan; nobody twice. When is not kept here; the trail has it, sealed as a hash."""

    __tablename__ = "support"
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    initiative_id: UUID = Field(foreign_key="initiative.id", primary_key=True)
    person: str = Field(primary_key=True)
    place: str


class Assessment(Table, table=True):
    """What an official found of a plan, and why; one a plan."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("verdict IN ('feasible', 'infeasible')", name="known_verdict"),
        CheckConstraint("verdict = 'feasible' OR what_would_help <> ''", name="no_says_what_helps"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"assessor"})

    initiative_id: UUID = Field(foreign_key="initiative.id", primary_key=True)
    place: str
    verdict: str
    reason: str = Field(sa_column=text())
    what_would_help: str = Field(sa_column=text())
    assessor: str
    assessed_at: datetime = Field(sa_column=moment())


class Adoption(Table, table=True):
    """The decision by which the council adopted the outcome of a round; one a round."""

    __tablename__ = "adoption"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    decision_id: UUID = Field(foreign_key="decision.id", unique=True)
    adopted_at: datetime = Field(sa_column=moment())


class StoppedInitiative(Table, table=True):
    """Who stopped a plan that had money, and why; what happened to its money, the round and the books say."""

    __tablename__ = "stopped_initiative"
    __table_args__ = (
        CheckConstraint("stopped_by IN ('group', 'council', 'executive')", name="known_side"),
        CheckConstraint("(stopped_by = 'council') = (decision_id IS NOT NULL)", name="council_decides"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    initiative_id: UUID = Field(foreign_key="initiative.id", primary_key=True)
    place: str
    stopped_by: str
    reason: str = Field(sa_column=text())
    decision_id: UUID | None = Field(default=None, foreign_key="decision.id", unique=True)
    stopped_at: datetime = Field(sa_column=moment())


INITIATIVE_TABLE: sqlalchemy.Table = Initiative.__table__  # type: ignore[attr-defined] # SQLModel does not say so
"""For what reads many rows at once."""

for _kept in (CostLine, Assessment, Adoption, StoppedInitiative):
    append_only(_kept)
