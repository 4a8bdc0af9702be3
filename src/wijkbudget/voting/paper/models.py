# SPDX-License-Identifier: EUPL-1.2
"""The tables of paper ballots; all but the returns and the sheet are emptied when the sheet balances."""

from typing import ClassVar
from uuid import UUID

import sqlalchemy
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, text


class PaperWorker(Table, table=True):
    """What somebody does with the paper of a round: one thing, so that nobody enters what somebody else must check."""

    __tablename__ = "voting_paper_worker"
    __table_args__ = (
        UniqueConstraint("round_id", "person", "seat"),
        CheckConstraint("seat IN ('receive', 'first', 'second', 'third')", name="known_seat"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    person: str = Field(primary_key=True)
    place: str
    seat: str


class PaperEnvelope(Table, table=True):
    """The code of an envelope that came back; forgotten when the envelopes are counted, before one is opened."""

    __tablename__ = "voting_paper_envelope"
    __table_args__ = ({"sqlite_with_rowid": False},)
    personal: ClassVar[frozenset[str]] = frozenset({"code_hash", "voice_hundredths", "is_accepted"})

    code_hash: str = Field(primary_key=True)
    round_id: UUID = Field(foreign_key="voting_round.id", index=True)
    place: str
    voice_hundredths: int
    is_accepted: bool
    """False: the code voted online, so the envelope is set aside."""


class PaperReturn(Table, table=True):
    """The envelopes of a round, counted."""

    __tablename__ = "voting_paper_return"
    __table_args__ = (
        CheckConstraint(
            "voted_online >= 0 AND second_envelope >= 0 AND wrong_code >= 0 AND too_late >= 0", name="counts"
        ),
        CheckConstraint("returned >= voted_online + second_envelope + wrong_code + too_late", name="counts_all"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    returned: int
    voted_online: int
    second_envelope: int
    wrong_code: int
    too_late: int


class PaperStack(Table, table=True):
    """How many paper ballots of one voice there are to enter; they have numbers from 1 on."""

    __tablename__ = "voting_paper_stack"
    __table_args__ = (CheckConstraint("ballots > 0", name="some"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    voice_hundredths: int = Field(primary_key=True)
    place: str
    ballots: int


class PaperEntry(Table, table=True):
    """What one person entered of one paper ballot; the keys see to it that two seats are two people."""

    __tablename__ = "voting_paper_entry"
    __table_args__ = (
        CheckConstraint("seat IN ('first', 'second', 'third')", name="known_seat"),
        CheckConstraint("number >= 1", name="numbered"),
        CheckConstraint("(marks IS NULL) <> (spoiled IS NULL)", name="marks_or_spoiled"),
        ForeignKeyConstraint(
            ["round_id", "person", "seat"],
            ["voting_paper_worker.round_id", "voting_paper_worker.person", "voting_paper_worker.seat"],
        ),
        ForeignKeyConstraint(
            ["round_id", "voice_hundredths"], ["voting_paper_stack.round_id", "voting_paper_stack.voice_hundredths"]
        ),
        {"sqlite_with_rowid": False},
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    round_id: UUID = Field(primary_key=True)
    voice_hundredths: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    seat: str = Field(primary_key=True)
    place: str
    person: str
    marks: str | None = Field(default=None, sa_column=text(nullable=True))
    spoiled: str | None = None


class PaperSheet(Table, table=True):
    """The sheet of a round, as it balanced."""

    __tablename__ = "voting_paper_sheet"
    personal: ClassVar[frozenset[str]] = frozenset()

    round_id: UUID = Field(foreign_key="voting_round.id", primary_key=True)
    place: str
    document: str = Field(sa_column=text())


for _kept in (PaperReturn, PaperSheet):
    append_only(_kept)

ENTRY_TABLE: sqlalchemy.Table = PaperEntry.__table__  # type: ignore[attr-defined] # SQLModel does not type it
ENVELOPE_TABLE: sqlalchemy.Table = PaperEnvelope.__table__  # type: ignore[attr-defined] # the same
"""For what is done to many rows at once."""
