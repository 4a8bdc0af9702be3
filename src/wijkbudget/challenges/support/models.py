# SPDX-License-Identifier: EUPL-1.2
"""The tables of support: signatures, papers, and what people counted on them."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, id_column, moment


class BidSignature(Table, table=True):
    """What a neighbour says of a bid, once; when is not kept here."""

    __tablename__ = "bid_signature"
    __table_args__ = (CheckConstraint("stance IN ('for', 'against')", name="known_stance"),)
    personal: ClassVar[frozenset[str]] = frozenset({"person", "stance"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    person: str = Field(primary_key=True)
    place: str
    stance: str


class Attachment(Table, table=True):
    """A paper that a group shows; its file is kept by its hash."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        UniqueConstraint("challenge_id", "sha256"),
        CheckConstraint("number BETWEEN 1 AND 10", name="at_most_ten"),
        CheckConstraint("what IN ('signatures', 'counter_signatures', 'minutes', 'other')", name="known_evidence"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"title", "attacher"})

    id: UUID = Field(sa_column=id_column())
    challenge_id: UUID = Field(foreign_key="challenge.id")
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    number: int
    what: str
    title: str
    kind: str
    """What kind of file it is."""
    sha256: str
    attacher: str
    attached_at: datetime = Field(sa_column=moment())


class SheetCount(Table, table=True):
    """How many valid signatures somebody counted on a sheet."""

    __tablename__ = "sheet_count"
    __table_args__ = (
        UniqueConstraint("attachment_id", "turn", "counter"),
        CheckConstraint("ordinal BETWEEN 1 AND 3", name="at_most_three"),
        CheckConstraint("valid_count >= 0", name="counts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"counter"})

    attachment_id: UUID = Field(foreign_key="attachment.id", primary_key=True)
    turn: int = Field(primary_key=True)
    ordinal: int = Field(primary_key=True)
    place: str
    counter: str
    valid_count: int
    counted_at: datetime = Field(sa_column=moment())


append_only(SheetCount)
