# SPDX-License-Identifier: EUPL-1.2
"""The trail, its seals, and what the desk keeps to be whole: answers, errands and wrong tries."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text


class TrailEntry(Table, table=True):
    """One event; written in the act itself, in no particular order.

    What is public and what points at a person stand apart. The public part holds a salted hash of the other, so that
    everybody can check an entry from what they may see, and the hash says nothing once the salt is gone.
    """

    __tablename__ = "trail_entry"
    personal: ClassVar[frozenset[str]] = frozenset({"hidden", "salt"})

    id: UUID = Field(sa_column=id_column())
    at: datetime = Field(sa_column=moment())
    kind: str = Field(index=True)
    place: str | None = Field(default=None, index=True)
    subject: str = Field(index=True)
    facts: str = Field(sa_column=text())
    hidden: str = Field(sa_column=text())
    salt: str
    hidden_hash: str


class TrailUnsealed(Table, table=True):
    """An entry that has no position yet."""

    __tablename__ = "trail_unsealed"
    personal: ClassVar[frozenset[str]] = frozenset()

    entry_id: UUID = Field(sa_column=id_column())


class TrailLeaf(Table, table=True):
    """The position of an entry in the Merkle log."""

    __tablename__ = "trail_leaf"
    personal: ClassVar[frozenset[str]] = frozenset()

    position: int = Field(sa_column=amount(primary_key=True, autoincrement=False))
    entry_id: UUID = Field(foreign_key="trail_entry.id", unique=True)
    hash: bytes


class TrailCheckpoint(Table, table=True):
    """The signed size and root of the log at a moment; `frontier` lets the next seal go on from here."""

    __tablename__ = "trail_checkpoint"
    personal: ClassVar[frozenset[str]] = frozenset()

    size: int = Field(sa_column=amount(primary_key=True, autoincrement=False))
    root: bytes
    at: datetime = Field(sa_column=moment())
    signature: bytes
    frontier: bytes


class KeptAnswer(Table, table=True):
    """The answer to a command with an idempotency key, so that a repeat gets the same."""

    __tablename__ = "kept_answer"
    personal: ClassVar[frozenset[str]] = frozenset({"actor", "answer"})

    actor: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    command_hash: str
    answer: str = Field(sa_column=text())
    at: datetime = Field(sa_column=moment())


class Errand(Table, table=True):
    """Something to do outside the house after the act; the payload is emptied when done."""

    __tablename__ = "errand"
    personal: ClassVar[frozenset[str]] = frozenset({"payload"})

    id: UUID = Field(sa_column=id_column())
    kind: str
    payload: str = Field(sa_column=text())
    made_at: datetime = Field(sa_column=moment())
    done_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Lease(Table, table=True):
    """Which process runs the clock of the house, and until when, in seconds since 1970."""

    __tablename__ = "lease"
    personal: ClassVar[frozenset[str]] = frozenset()

    name: str = Field(primary_key=True)
    holder: str
    ends_at: int = Field(sa_column=amount())


class WrongTry(Table, table=True):
    """How many wrong codes came from one peer in one window; the peer is a keyed hash that changes with the window.

    One peer stands for all machines together.
    """

    __tablename__ = "wrong_try"
    personal: ClassVar[frozenset[str]] = frozenset({"peer"})

    peer: str = Field(primary_key=True)
    window_number: int
    count: int


class WrongCodesAlarm(Table, table=True):
    """That very many wrong codes were tried in an hour."""

    __tablename__ = "wrong_codes_alarm"
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    kind: str
    at: datetime = Field(sa_column=moment())
    wrong_count: int


for _kept in (TrailEntry, TrailLeaf, TrailCheckpoint, WrongCodesAlarm):
    append_only(_kept)
