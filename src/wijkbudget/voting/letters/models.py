# SPDX-License-Identifier: EUPL-1.2
"""The tables of letters: what stands on them, which files there are, and reports of stolen codes."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.types import Table, id_column, moment


class Letterhead(Table, table=True):
    """What stands on every letter of a neighbourhood."""

    __tablename__ = "voting_letterhead"
    __table_args__ = (CheckConstraint("\"window\" IN ('left', 'right')", name="known_window"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    place: str = Field(foreign_key="neighbourhood.slug", primary_key=True)
    help_desk: str
    phone_number: str
    return_address: str
    colour: str
    window: str


class LetterBatch(Table, table=True):
    """A file of letters of a round; the letters themselves stand in no table."""

    __tablename__ = "voting_letter_batch"
    __table_args__ = (CheckConstraint("letter_count > 0", name="letters"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    letter_count: int
    is_replacement: bool = False
    wiped_on: date
    """The day on which it is thrown away, if nobody did so before."""
    made_at: datetime = Field(sa_column=moment())
    printed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    wiped_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class StolenReport(Table, table=True):
    """Somebody says that another voted with their code; whom it is about is forgotten with who voted."""

    __tablename__ = "voting_stolen_report"
    __table_args__ = (UniqueConstraint("round_id", "person"),)
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    id: UUID = Field(sa_column=id_column())
    round_id: UUID = Field(foreign_key="voting_round.id")
    place: str
    person: str | None = None
