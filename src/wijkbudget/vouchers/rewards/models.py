# SPDX-License-Identifier: EUPL-1.2
"""The tables of rewards: what is offered, and a row for each that was chosen."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Integer
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, text


class RewardOffer(Table, table=True):
    """Something that residents can choose; never more often than there are."""

    __tablename__ = "reward_offer"
    __table_args__ = (
        CheckConstraint("value_cents > 0", name="amount_positive"),
        CheckConstraint("left_count >= 0 AND left_count <= stock_count", name="never_more_than_there_are"),
        CheckConstraint("(stock_count IS NULL) = (left_count IS NULL)", name="counted_whole"),
        CheckConstraint("payer IN ('pot', 'sponsor')", name="known_payer"),
        CheckConstraint("payer = 'sponsor' OR stock_count IS NOT NULL", name="paid_is_counted"),
        CheckConstraint(
            "(payer = 'pot') = (payee IS NOT NULL) AND (payer = 'pot') = (iban IS NOT NULL)", name="paid_has_a_receiver"
        ),
        CheckConstraint("state IN ('open', 'closed')", name="known_state"),
        CheckConstraint("last_on > opened_on", name="last_day_follows"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"payee", "iban", "receiver_by", "opened_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    year: int
    title: str
    explanation: str = Field(sa_column=text())
    sponsor: str
    spot: str
    """Where it can be fetched."""
    value_cents: int = Field(sa_column=amount())
    stock_count: int | None = Field(default=None, sa_column=Column(Integer))
    """How many there are; None where the sponsor gives as many as are chosen."""
    left_count: int | None = Field(default=None, sa_column=Column(Integer))
    payer: str
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    """Whose members give it; without one only the desk of the neighbourhood does."""
    payee: str | None = None
    iban: str | None = None
    receiver_by: str | None = None
    """Who last said to whom it is paid, where that changed since it was opened."""
    decision: str
    article: str
    opened_by: str
    opened_on: date
    last_on: date
    """The last day on which it can be chosen, and on which it can be fetched."""
    state: str


class Reward(Table, table=True):
    """A reward that somebody chose; given once, or not in time."""

    __tablename__ = "reward"
    __table_args__ = (
        CheckConstraint("value_cents > 0 AND task_count > 0", name="amounts_positive"),
        CheckConstraint("state IN ('chosen', 'redeemed', 'lapsed')", name="known_state"),
        CheckConstraint(
            "(state = 'redeemed') = (redeemed_on IS NOT NULL) AND (redeemed_on IS NULL) = (redeemed_by IS NULL)",
            name="redeemed_is_whole",
        ),
        CheckConstraint("redeemed_by <> person", name="other_hands"),
        Index("ix_reward_place_person", "place", "person"),
        Index("ix_reward_place_state", "place", "state"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person", "redeemed_by"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    offer_id: UUID = Field(foreign_key="reward_offer.id", index=True)
    year: int
    person: str
    code_hash: str = Field(unique=True)
    value_cents: int = Field(sa_column=amount())
    task_count: int
    state: str
    chosen_on: date
    redeemed_on: date | None = None
    redeemed_by: str | None = None


class RewardUndoing(Table, table=True):
    """It was booked by mistake that a reward was given; each time by another person, with the reason."""

    __tablename__ = "reward_undoing"
    __table_args__ = (
        CheckConstraint("turn > 0", name="turn_counts"),
        CheckConstraint("undone_by <> redeemed_by", name="other_hands"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"reason", "redeemed_by", "undone_by"})

    reward_id: UUID = Field(foreign_key="reward.id", primary_key=True)
    turn: int = Field(primary_key=True)
    place: str
    reason: str = Field(sa_column=text())
    redeemed_by: str
    redeemed_on: date
    undone_by: str
    undone_on: date


append_only(RewardUndoing)
