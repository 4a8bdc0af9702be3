# SPDX-License-Identifier: EUPL-1.2
"""The tables of the municipality, its neighbourhoods, their policy and their grants."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text

NOBODY: frozenset[str] = frozenset()


class Municipality(Table, table=True):
    """The one municipality of this house."""

    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint('"only" = 1', name="only_one"),)
    personal: ClassVar[frozenset[str]] = NOBODY

    only: int = Field(primary_key=True)
    code: str
    name: str


class Neighbourhood(Table, table=True):
    """A neighbourhood (wijk); its slug is the `place` of everything in it."""

    __tablename__ = "neighbourhood"
    personal: ClassVar[frozenset[str]] = NOBODY

    slug: str = Field(primary_key=True)
    name: str = Field(unique=True)
    code: str = Field(unique=True)


class Quarter(Table, table=True):
    """A small area (buurt) in a neighbourhood."""

    __tablename__ = "quarter"
    __table_args__ = (UniqueConstraint("place", "code"),)
    personal: ClassVar[frozenset[str]] = NOBODY

    code: str = Field(primary_key=True)
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    name: str


class QuarterPostcode(Table, table=True):
    """House numbers of a postcode that lie in a quarter."""

    __tablename__ = "quarter_postcode"
    __table_args__ = (
        CheckConstraint("first >= 1 AND last >= first", name="range"),
        ForeignKeyConstraint(["place", "quarter"], ["quarter.place", "quarter.code"]),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    postcode: str = Field(primary_key=True)
    first: int = Field(primary_key=True)
    last: int
    place: str
    quarter: str


class AdoptedPolicy(Table, table=True):
    """A version of the policy of a neighbourhood, as decided; never changed."""

    __tablename__ = "adopted_policy"
    __table_args__ = (
        UniqueConstraint("place", "valid_from"),
        CheckConstraint("version >= 1", name="version_counts"),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    place: str = Field(primary_key=True, foreign_key="neighbourhood.slug")
    version: int = Field(primary_key=True)
    valid_from: date
    decided_by: str
    adopted_at: datetime = Field(sa_column=moment())
    toml: str = Field(sa_column=text())
    """The file as it was adopted."""
    hash: str
    """Of what the file says, however it is laid out."""


class BudgetGrant(Table, table=True):
    """Money that the municipality granted to a pot."""

    __tablename__ = "budget_grant"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)
    personal: ClassVar[frozenset[str]] = NOBODY

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    theme: str | None = None
    """Of whose pot it is; None is the general one."""
    amount_cents: int = Field(sa_column=amount())
    decision: str
    granted_at: datetime = Field(sa_column=moment())


class BudgetHandBack(Table, table=True):
    """Free money of a pot that went back to the municipality."""

    __tablename__ = "budget_hand_back"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)
    personal: ClassVar[frozenset[str]] = NOBODY

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    theme: str | None = None
    """Of whose pot it is; None is the general one."""
    amount_cents: int = Field(sa_column=amount())
    reason: str
    handed_back_at: datetime = Field(sa_column=moment())


class BudgetCarryOver(Table, table=True):
    """Free money of a pot that went along to the pot of the next year, by a decision."""

    __tablename__ = "budget_carry_over"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)
    personal: ClassVar[frozenset[str]] = NOBODY

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    """The year that it came from."""
    theme: str | None = None
    amount_cents: int = Field(sa_column=amount())
    decision: str
    article: str
    """Of the policy that lets it."""
    carried_over_at: datetime = Field(sa_column=moment())


ADOPTED_POLICY_TABLE: sqlalchemy.Table = AdoptedPolicy.__table__  # type: ignore[attr-defined] # SQLModel does not say so
"""For what reads without the ORM."""

append_only(AdoptedPolicy)
append_only(BudgetGrant)
append_only(BudgetHandBack)
append_only(BudgetCarryOver)
