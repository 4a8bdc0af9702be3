# SPDX-License-Identifier: EUPL-1.2
"""The tables of voting: rounds, the register of who may vote, and the box that knows nobody."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import sqlalchemy
from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, UniqueConstraint, false
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


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
    hand_in_at: str | None = None
    """Where they hand a ballot on paper in; None: where they get help on paper, as the letter says."""
    hand_in_until: date | None = None
    """The last day to do so; None: the last day of voting."""
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


class RoundLimit(Table, table=True):
    """Some options of a round in preparation of which only so many can win, or that can cost only so much together."""

    __tablename__ = "voting_limit"
    __table_args__ = (
        UniqueConstraint("round_id", "name"),
        CheckConstraint("(wins_max IS NULL) <> (spent_cents_max IS NULL)", name="one_kind"),
        CheckConstraint("wins_max > 0 AND spent_cents_max > 0", name="positive"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    round_id: UUID = Field(foreign_key="voting_round.id", index=True)
    place: str
    name: str
    keys: str = Field(sa_column=text())
    """The options, as JSON."""
    wins_max: int | None = None
    spent_cents_max: int | None = Field(default=None, sa_column=Column(BigInteger))


class HeldUp(Table, table=True):
    """A round that could not go on by itself, and why; until it does."""

    __tablename__ = "voting_held_up"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    phase: str
    """In which it stays."""
    tried_on: date
    reason: str = Field(sa_column=text())


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

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    ballot_key: str = Field(primary_key=True)
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
    seal: str = Field(sa_column_kwargs={"server_default": ""})
    """What was signed of it at the close, and the signature."""


class Draw(Table, table=True):
    """What came out of the announced draw for a round's lots."""

    __tablename__ = "voting_draw"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    value: str


class VoterAnswer(Table, table=True):
    """What somebody said who was drawn to be asked whether they voted.

    Who it was stands nowhere: the number is a place in a draw that nobody can make again once it is forgotten who
    voted.
    """

    __tablename__ = "voting_voter_answer"
    __table_args__ = (
        CheckConstraint("answer IN ('voted', 'did_not_vote', 'no_answer')", name="known_answer"),
        CheckConstraint("number > 0", name="numbered"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"answer"})

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    answer: str


class OutcomeRow(Table, table=True):
    """Both counts of a round, and the hash of what stands here."""

    __tablename__ = "voting_outcome"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    outcome_hash: str
    document: str = Field(sa_column=text())


class Stopped(Table, table=True):
    """An option that won or moved up, and stopped; what it had not spent was free again."""

    __tablename__ = "voting_stopped"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "key"], ["voting_option.round_id", "voting_option.key"]),
        CheckConstraint("kept_cents >= 0 AND freed_cents > 0", name="amounts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    place: str
    kept_cents: int = Field(sa_column=amount())
    """What it had spent."""
    freed_cents: int = Field(sa_column=amount())
    stopped_at: datetime = Field(sa_column=moment())


class Promotion(Table, table=True):
    """An option of the reserve list that got its money because another one stopped; none twice."""

    __tablename__ = "voting_promotion"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "key"], ["voting_option.round_id", "voting_option.key"]),
        ForeignKeyConstraint(["round_id", "after_key"], ["voting_stopped.round_id", "voting_stopped.key"]),
        CheckConstraint("granted_cents >= 0 AND turn > 0", name="amounts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True)
    place: str
    after_key: str
    """The option that stopped."""
    turn: int
    """Its place among those that moved up then, from 1."""
    granted_cents: int = Field(sa_column=amount())


for _kept in (RoundOption, Frozen, Sealed, Draw, OutcomeRow, Stopped, Promotion):
    append_only(_kept)

BOX_TABLE: sqlalchemy.Table = Ballot.__table__  # type: ignore[attr-defined] # the same
REGISTER_TABLE: sqlalchemy.Table = RegisterRow.__table__  # type: ignore[attr-defined] # the same
"""For what is done to many rows at once."""
