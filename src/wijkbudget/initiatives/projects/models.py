# SPDX-License-Identifier: EUPL-1.2
"""The tables of votes inside a project: the question, its choices, what each gave before it, and who voted what."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, text


class ProjectVote(Table, table=True):
    """A question of a project, with the rule for voices as it was that day; nothing of it changes any more."""

    __tablename__ = "project_vote"
    __table_args__ = (CheckConstraint("closes_on > opened_on", name="lasts"),)
    personal: ClassVar[frozenset[str]] = frozenset({"question", "explanation", "opened_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    initiative_id: UUID = Field(foreign_key="initiative.id", index=True)
    question: str
    explanation: str = Field(sa_column=text())
    opened_by: UUID = Field(foreign_key="person.id")
    opened_on: date
    closes_on: date
    """The last day on which one can vote."""
    article: str
    per_hour_hundredths: int
    bonus_hundredths_max: int
    share_percent_max: int
    voter_age_min: int
    rule_hash: str


class ProjectChoice(Table, table=True):
    """A choice of a question."""

    __tablename__ = "project_choice"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 10", name="few_choices"),)
    personal: ClassVar[frozenset[str]] = frozenset({"title"})

    vote_id: UUID = Field(foreign_key="project_vote.id", primary_key=True)
    position: int = Field(primary_key=True)
    title: str


class ProjectGiver(Table, table=True):
    """What somebody gave to a project before a question was asked."""

    __tablename__ = "project_giver"
    __table_args__ = (CheckConstraint("minutes > 0", name="gave_something"),)
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "minutes"})

    vote_id: UUID = Field(foreign_key="project_vote.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    minutes: int = Field(sa_column=amount())


class ProjectBallot(Table, table=True):
    """What one voter, a person or an organisation, voted last; one for each, by its key."""

    __tablename__ = "project_ballot"
    __table_args__ = (
        ForeignKeyConstraint(["vote_id", "position"], ["project_choice.vote_id", "project_choice.position"]),
        CheckConstraint("is_organisation OR voter = cast_by", name="people_vote_themselves"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"voter", "cast_by", "position"})

    vote_id: UUID = Field(primary_key=True)
    voter: UUID = Field(primary_key=True)
    """A person or an organisation, by id."""
    is_organisation: bool
    cast_by: UUID = Field(foreign_key="person.id")
    position: int
    cast_on: date


for _kept in (ProjectVote, ProjectChoice, ProjectGiver):
    append_only(_kept)
