# SPDX-License-Identifier: EUPL-1.2
"""The tables of agreements: the pages being written, each text that was offered, and who signed it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, moment, text


class AgreementPage(Table, table=True):
    """One page of an agreement as it was last saved, as JSON."""

    __tablename__ = "agreement_page"
    __table_args__ = (
        CheckConstraint("chapter IN ('parties', 'results', 'money', 'term', 'conditions')", name="known_chapter"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"says"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    chapter: str = Field(primary_key=True)
    place: str
    says: str = Field(sa_column=text())


class AgreementText(Table, table=True):
    """A text that was offered to be signed, as JSON, with the hash that signatures rest on."""

    __tablename__ = "agreement_text"
    __table_args__ = (CheckConstraint("number >= 1", name="counts"),)
    personal: ClassVar[frozenset[str]] = frozenset({"says", "salt"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    says: str = Field(sa_column=text())
    salt: str
    """So that the hash says nothing about the text once both are erased."""
    text_hash: str
    offered_at: datetime = Field(sa_column=moment())


class AgreementSignature(Table, table=True):
    """Who signed a text for one side; each side signs it once."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["agreement_text.challenge_id", "agreement_text.number"],
        ),
        CheckConstraint("party IN ('group', 'municipality')", name="known_party"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    party: str = Field(primary_key=True)
    place: str
    person: str
    signed_at: datetime = Field(sa_column=moment())


append_only(AgreementText)
append_only(AgreementSignature)
