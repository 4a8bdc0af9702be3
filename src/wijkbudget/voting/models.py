# SPDX-License-Identifier: EUPL-1.2
"""The tables of voting: rounds, the register of who may vote, and the box that knows nobody."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy
from sqlalchemy import CheckConstraint, UniqueConstraint, false
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, text


class Round(Table, table=True):
    """One vote of a neighbourhood; after the opening only its phase changes."""

    __tablename__ = "voting_round"
    __table_args__ = (
        CheckConstraint("phase IN ('prepared', 'open', 'closed', 'counted', 'final')", name="known_phase"),
        CheckConstraint("opens_on <= closes_on AND reference_on <= opens_on", name="days_in_order"),
        CheckConstraint("budget_cents > 0", name="budget_positive"),
        CheckConstraint("(phase = 'prepared') = (frozen_hash IS NULL)", name="frozen"),
        CheckConstraint(
            "(phase IN ('counted', 'final')) = (objections_until IS NOT NULL) OR is_imported", name="objections"
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    title: str
    phase: str
    opens_on: date
    closes_on: date
    reference_on: date
    budget_cents: int = Field(sa_column=amount())
    lots_from: str | None = None
    """What lots will be drawn from, as it was announced; None: from the sealed ballots alone."""
    with_paper: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """People can vote on paper too, so the box is sealed when the paper is entered."""
    frozen_hash: str | None = None
    objections_until: date | None = None
    is_imported: bool = False
    """It was held elsewhere, so there is no register."""


class RoundOption(Table, table=True):
    """Something that can be voted for; `about` is known to whoever put it there."""

    __tablename__ = "voting_option"
    __table_args__ = (
        UniqueConstraint("round_id", "about"),
        CheckConstraint("cost_cents >= 0", name="cost"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    key: str = Field(primary_key=True)
    place: str
    about: str
    title: str
    cost_cents: int = Field(sa_column=amount())


class Frozen(Table, table=True):
    """The rules, options, classes and roll of a round as they were at the opening."""

    __tablename__ = "voting_frozen"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    document: str = Field(sa_column=text())


class RegisterRow(Table, table=True):
    """Somebody who may vote, under a keyed hash of the voting code; without row ids, so that no order is kept."""

    __tablename__ = "voting_register"
    __table_args__ = (
        UniqueConstraint("round_id", "person"),
        CheckConstraint("voice_hundredths >= 100", name="floor"),
        {"sqlite_with_rowid": False},
    )
    personal: ClassVar[frozenset[str]] = frozenset({"code_hash", "person", "voice_hundredths", "voted_on"})

    code_hash: str = Field(primary_key=True)
    round_id: UUID = Field(foreign_key="voting_round.id")
    place: str
    person: str
    voice_hundredths: int
    voted_on: date | None = None
    """The day, set once, and emptied when objections are over."""


class Ballot(Table, table=True):
    """A ballot in the box: no resident, no time, no order; only who has the code can find it."""

    __tablename__ = "voting_box"
    __table_args__ = ({"sqlite_with_rowid": False},)
    personal: ClassVar[frozenset[str]] = frozenset()

    ballot_key: str = Field(primary_key=True)
    round_id: UUID = Field(foreign_key="voting_round.id", index=True)
    voice_hundredths: int
    marks: str = Field(sa_column=text())
    turn: int = Field(sa_column_kwargs={"server_default": "0"})
    """1, and one more each time other marks took their place, so that an older receipt accuses nobody; 0: has none."""


class Sealed(Table, table=True):
    """The published box of a round."""

    __tablename__ = "voting_sealed"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    root: str
    document: str = Field(sa_column=text())
    turnout: str | None = Field(default=None, sa_column=text(nullable=True))
    """How many voted; None for a vote that was held elsewhere."""


class Draw(Table, table=True):
    """What came out of the announced draw for a round's lots."""

    __tablename__ = "voting_draw"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    value: str


class OutcomeRow(Table, table=True):
    """Both counts of a round, and the hash of what stands here."""

    __tablename__ = "voting_outcome"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    outcome_hash: str
    document: str = Field(sa_column=text())


for _kept in (RoundOption, Frozen, Sealed, Draw, OutcomeRow):
    append_only(_kept)

BOX_TABLE: sqlalchemy.Table = Ballot.__table__  # type: ignore[attr-defined] # the same
REGISTER_TABLE: sqlalchemy.Table = RegisterRow.__table__  # type: ignore[attr-defined] # the same
"""For what is done to many rows at once."""
