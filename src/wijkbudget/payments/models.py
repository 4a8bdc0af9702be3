# SPDX-License-Identifier: EUPL-1.2
"""The tables of payments: a row a payout, and who had a hand in it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment


class Payout(Table, table=True):
    """Money to one payee; ordered once, paid once."""

    __tablename__ = "payout"
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("state IN ('ordered', 'paid')", name="known_state"),
        CheckConstraint(
            "(state = 'paid') = (paid_at IS NOT NULL AND paid_by IS NOT NULL AND bank_reference IS NOT NULL)",
            name="paid_is_complete",
        ),
        CheckConstraint("target LIKE 'external:paid:%'", name="goes_to_the_bank"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"payee", "iban", "paid_by", "bank_reference"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    about: str = Field(unique=True)
    title: str
    amount_cents: int = Field(sa_column=amount())
    payee: str
    iban: str
    source: str
    target: str
    state: str
    ordered_at: datetime = Field(sa_column=moment())
    paid_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    paid_by: str | None = None
    bank_reference: str | None = None


class PayoutParty(Table, table=True):
    """Somebody who asked for a payout or approved it, and therefore does not pay it."""

    __tablename__ = "payout_party"
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    payout_id: UUID = Field(foreign_key="payout.id", primary_key=True)
    person: str = Field(primary_key=True)


append_only(PayoutParty)
