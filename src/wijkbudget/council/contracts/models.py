# SPDX-License-Identifier: EUPL-1.2
"""The tables of the neighbourhood contract: its versions, parties and promises, and what became of each promise."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text

_IS_OPEN = sql("state = 'open'")
_IS_UNANSWERED = sql("answer IS NULL")


class Contract(Table, table=True):
    """What parties promise each other for a neighbourhood; one a year."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("state IN ('drafted', 'in_force', 'closed')", name="known_state"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_a_day"),
        UniqueConstraint("place", "year"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    year: int
    state: str
    review_on: date | None = None
    """When the parties look together at how far they are, the next time."""
    closed_on: date | None = None


class ContractVersion(Table, table=True):
    """The first text of a contract, or a change of it; it holds when every party agreed to its last edition."""

    __tablename__ = "contract_version"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'agreed', 'withdrawn')", name="known_state"),
        CheckConstraint("(state = 'open') = (ended_on IS NULL)", name="ended_on_a_day"),
        UniqueConstraint("contract_id", "number"),
        Index("uq_contract_version_open", "contract_id", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    contract_id: UUID = Field(foreign_key="contract.id")
    place: str
    number: int
    edition: int
    """How often its text changed; who agreed to another edition agrees anew."""
    why: str = Field(sa_column=text())
    state: str
    opened_on: date
    ended_on: date | None = None


class ContractParty(Table, table=True):
    """Who promises something, from a version on; only `organisation` parties are on our own list."""

    __tablename__ = "contract_party"
    __table_args__ = (
        CheckConstraint("kind IN ('council', 'municipality', 'organisation', 'outside')", name="known_kind"),
        CheckConstraint("(kind = 'organisation') = (organisation_id IS NOT NULL)", name="organisation_is_named"),
        UniqueConstraint("version_id", "name"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    contract_id: UUID = Field(foreign_key="contract.id", index=True)
    version_id: UUID = Field(foreign_key="contract_version.id")
    place: str
    kind: str
    name: str
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")


class ContractPromise(Table, table=True):
    """What a party will do, by when; its words never change, and a change is another promise in its place."""

    __tablename__ = "contract_promise"
    __table_args__ = (
        CheckConstraint(
            "state IN ('written', 'promised', 'kept', 'partly_kept', 'not_kept', 'dropped', 'taken_out')",
            name="known_state",
        ),
        CheckConstraint("promised_minutes IS NULL OR promised_cents IS NULL", name="hours_or_money"),
        CheckConstraint("promised_minutes > 0 AND promised_minutes % 15 = 0", name="quarters"),
        CheckConstraint("promised_cents > 0", name="money_positive"),
        CheckConstraint("(dropped_by IS NULL) = (drop_reason IS NULL)", name="dropped_with_reason"),
        CheckConstraint("state <> 'dropped' OR dropped_by IS NOT NULL", name="dropped_by_a_version"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    contract_id: UUID = Field(foreign_key="contract.id", index=True)
    version_id: UUID = Field(foreign_key="contract_version.id")
    party_id: UUID = Field(foreign_key="contract_party.id")
    place: str
    what: str
    promised_minutes: int | None = Field(default=None, sa_column=Column(BigInteger))
    promised_cents: int | None = Field(default=None, sa_column=Column(BigInteger))
    followed_at: str | None = None
    """Where its money can be followed, such as a pot or a voucher; a promise moves none."""
    due_on: date
    state: str
    dropped_by: UUID | None = Field(default=None, foreign_key="contract_version.id")
    """The change that drops it, once that is agreed."""
    drop_reason: str | None = Field(default=None, sa_column=text(nullable=True))


class ContractConsent(Table, table=True):
    """A party agreed to one edition of a version."""

    __tablename__ = "contract_consent"
    personal: ClassVar[frozenset[str]] = frozenset({"agreed_by"})

    version_id: UUID = Field(foreign_key="contract_version.id", primary_key=True)
    party_id: UUID = Field(foreign_key="contract_party.id", primary_key=True)
    edition: int = Field(primary_key=True)
    place: str
    agreed_by: str
    agreed_on: date


class PromiseReport(Table, table=True):
    """What a party says became of its promise, and what another party answered."""

    __tablename__ = "promise_report"
    __table_args__ = (
        CheckConstraint("says IN ('kept', 'partly_kept', 'not_kept')", name="known_end"),
        CheckConstraint("answer IN ('agrees', 'differs')", name="known_answer"),
        CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_on IS NULL)"
            " AND (answer IS NULL) = (answering_party_id IS NULL)",
            name="answered_whole",
        ),
        CheckConstraint("answer <> 'differs' OR answer_reason IS NOT NULL", name="differs_with_reason"),
        CheckConstraint("answered_by <> told_by", name="second_person"),
        Index(
            "uq_promise_report_unanswered",
            "promise_id",
            unique=True,
            sqlite_where=_IS_UNANSWERED,
            postgresql_where=_IS_UNANSWERED,
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"told_by", "answered_by"})

    id: UUID = Field(sa_column=id_column())
    promise_id: UUID = Field(foreign_key="contract_promise.id", index=True)
    place: str
    says: str
    explanation: str = Field(sa_column=text())
    told_by: str
    told_at: datetime = Field(sa_column=moment())
    answer: str | None = None
    answering_party_id: UUID | None = Field(default=None, foreign_key="contract_party.id")
    answer_reason: str | None = Field(default=None, sa_column=text(nullable=True))
    answered_by: str | None = None
    answered_on: date | None = None


class PromiseTime(Table, table=True):
    """Hours that a party gave for its promise, and whether another party says so too."""

    __tablename__ = "promise_time"
    __table_args__ = (
        CheckConstraint("given_minutes > 0 AND given_minutes % 15 = 0", name="quarters"),
        CheckConstraint("answer IN ('agrees', 'differs')", name="known_answer"),
        CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answering_party_id IS NULL)",
            name="answered_whole",
        ),
        CheckConstraint("answered_by <> logged_by", name="second_person"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"logged_by", "answered_by"})

    id: UUID = Field(sa_column=id_column())
    promise_id: UUID = Field(foreign_key="contract_promise.id", index=True)
    place: str
    given_on: date
    given_minutes: int = Field(sa_column=amount())
    logged_by: str
    answer: str | None = None
    answering_party_id: UUID | None = Field(default=None, foreign_key="contract_party.id")
    answered_by: str | None = None


class ContractReview(Table, table=True):
    """The parties met and looked at how far they are; a report of it, without names."""

    __tablename__ = "contract_review"
    personal: ClassVar[frozenset[str]] = frozenset({"told_by"})

    id: UUID = Field(sa_column=id_column())
    contract_id: UUID = Field(foreign_key="contract.id", index=True)
    place: str
    held_on: date
    report: str = Field(sa_column=text())
    told_by: str


append_only(ContractConsent)
append_only(ContractReview)
