# SPDX-License-Identifier: EUPL-1.2
"""The table of payments that were undone: each as it was booked, why, and what came back."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from wijkbudget.db.types import Table, amount, moment, text


class PayoutReversal(Table, table=True):
    """A payment that was a mistake, undone once, by somebody else than who paid it."""

    __tablename__ = "payout_reversal"
    __table_args__ = (
        CheckConstraint("attempt >= 1", name="attempt_counts"),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("mistake IN ('never_paid', 'paid_wrongly')", name="known_mistake"),
        CheckConstraint(
            "recovered_cents >= 0 AND recovered_cents <= amount_cents"
            " AND (recovered_cents = 0 OR mistake = 'paid_wrongly')",
            name="recovers_what_went_out",
        ),
        CheckConstraint("reversed_by <> paid_by", name="two_people"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reason", "reversed_by", "paid_by", "bank_reference"})

    payout_id: UUID = Field(foreign_key="payout.id", primary_key=True)
    attempt: int = Field(primary_key=True)
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    amount_cents: int = Field(sa_column=amount())
    mistake: str
    reason: str = Field(sa_column=text())
    reversed_by: str
    reversed_at: datetime = Field(sa_column=moment())
    paid_by: str
    paid_at: datetime = Field(sa_column=moment())
    bank_reference: str
    """What the cashier wrote down when it was booked, or what the bank said."""
    recovered_cents: int = Field(default=0, sa_column=amount(server_default="0"))
    """How much came back of what went out by mistake."""
