# SPDX-License-Identifier: EUPL-1.2
"""The tables of resident vouchers: an issuance, a row a voucher, what it is pledged to, and files of cards."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text

_IS_OPEN = sql("state = 'open'")


class Issuance(Table, table=True):
    """All resident vouchers that were issued in one act; at most one of a neighbourhood is open."""

    __tablename__ = "issuance"
    __table_args__ = (
        CheckConstraint("value_cents > 0 AND cheque_count > 0", name="amounts_positive"),
        CheckConstraint("per IN ('resident', 'household')", name="known_holder"),
        CheckConstraint("state IN ('open', 'closed')", name="known_state"),
        CheckConstraint("(state = 'closed') = (returned_cents IS NOT NULL)", name="closed_is_counted"),
        CheckConstraint("returned_cents >= 0 AND returned_cents <= value_cents * cheque_count", name="returned_fits"),
        CheckConstraint("last_on > issued_on", name="last_day_follows"),
        Index("uq_issuance_open", "place", unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"issued_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    per: str
    value_cents: int = Field(sa_column=amount())
    cheque_count: int = Field(sa_column=amount())
    decision: str
    article: str
    issued_by: str
    issued_on: date
    last_on: date
    state: str
    returned_cents: int | None = Field(default=None, sa_column=Column(BigInteger))


class Cheque(Table, table=True):
    """One resident voucher; what is pledged is never more than its value."""

    __tablename__ = "cheque"
    __table_args__ = (
        UniqueConstraint("issuance_id", "holder"),
        CheckConstraint("pledged_cents >= 0 AND pledged_cents <= value_cents", name="never_more_than_its_value"),
        CheckConstraint("state IN ('active', 'deactivated')", name="known_state"),
        CheckConstraint("(state = 'deactivated') = (reason IS NOT NULL)", name="deactivated_with_reason"),
        CheckConstraint("turn >= 1", name="turn_counts"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"holder", "pledged_cents", "reason"})

    id: UUID = Field(sa_column=id_column())
    issuance_id: UUID = Field(foreign_key="issuance.id")
    holder: str
    """The person, or the household where each household gets one."""
    turn: int = 1
    """Which code is the one that works; one more each time it was replaced."""
    code_hash: str = Field(unique=True)
    value_cents: int = Field(sa_column=amount())
    pledged_cents: int = Field(sa_column=amount())
    state: str
    reason: str | None = Field(default=None, sa_column=text(nullable=True))


class ChequePledge(Table, table=True):
    """What one resident voucher gives to one plan, as its holder wants it now."""

    __tablename__ = "cheque_pledge"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)
    personal: ClassVar[frozenset[str]] = frozenset({"voucher_id", "amount_cents"})

    cheque_id: UUID = Field(foreign_key="cheque.id", primary_key=True)
    voucher_id: UUID = Field(primary_key=True)
    """The voucher of the plan, or the one that it gets if it is granted money."""
    amount_cents: int = Field(sa_column=amount())


class HopefulPlan(Table, table=True):
    """A plan on a ballot that takes pledges: under which id it gets its voucher if it is granted money."""

    __tablename__ = "hopeful_plan"
    __table_args__ = (UniqueConstraint("place", "about"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    voucher_id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    about: str
    year: int
    title: str
    is_refused: bool = False
    """It gets no money, so what is pledged to it is free again."""


class IssuanceTotal(Table, table=True):
    """What a plan got, for ever, when resident vouchers were closed."""

    __tablename__ = "issuance_total"
    __table_args__ = (CheckConstraint("amount_cents > 0 AND pledge_count > 0", name="amounts_positive"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    issuance_id: UUID = Field(foreign_key="issuance.id", primary_key=True)
    voucher_id: UUID = Field(foreign_key="voucher.id", primary_key=True)
    amount_cents: int = Field(sa_column=amount())
    pledge_count: int


class CardFile(Table, table=True):
    """A file of cards; the codes on them stand in no table."""

    __tablename__ = "card_file"
    __table_args__ = (CheckConstraint("card_count > 0", name="cards"),)
    personal: ClassVar[frozenset[str]] = frozenset()

    issuance_id: UUID = Field(foreign_key="issuance.id", primary_key=True)
    number: int = Field(primary_key=True)
    card_count: int
    made_at: datetime = Field(sa_column=moment())
    wiped_on: date
    """The day on which it is thrown away, if nobody did so before."""
    printed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    wiped_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


append_only(IssuanceTotal)
