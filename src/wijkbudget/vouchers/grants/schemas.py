# SPDX-License-Identifier: EUPL-1.2
"""What decisions about money are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Sentences, View, symbol
from wijkbudget.kit.units import Cents
from wijkbudget.neighbourhoods.rules import Basis, Body
from wijkbudget.vouchers.grants.rules import DecisionKind, Ground, Heard, Way
from wijkbudget.vouchers.rules import PlanKind
from wijkbudget.vouchers.schemas import DecidedBy


class DecideGrant(Command):
    """Write a decision about money for a plan; asked by the verb that carries it out, never from outside."""

    kind: DecisionKind
    ground: Ground | None = None
    is_unasked: bool = False
    """Whether a settlement comes of the body's own accord, because the group did not account for its money."""
    about: Line
    """The id of the plan."""
    title: Line
    voucher_id: Id | None = None
    decision_id: Id | None = None
    """The decision of the council that it rests on, if there is one."""
    by: DecidedBy
    motivation: str
    heard_on: Day | None = None
    heard_note: str | None = None
    """On which day the group could tell its side, and what it said, where it must be heard."""
    amount_cents: Cents
    """What was granted, asked and refused, settled or taken back."""
    owed_cents: Cents = 0
    receivers: Annotated[list[str], Field(min_length=1)]


class AfterHearing(Command):
    """A decision before which the group could tell its side."""

    heard_on: Day
    heard_note: Sentences
    """What it said, or that it said nothing."""

    @property
    def heard(self) -> Heard:
        """Return both in one."""
        return Heard(self.heard_on, self.heard_note)


class LowerVoucher(AfterHearing):
    """Settle a voucher for less than was paid, or change its settlement to less, on a ground of the law."""

    settled_cents: Cents
    ground: Annotated[Ground, symbol(Ground)]
    motivation: Sentences


class MakeKnown(Command):
    """Say on which day decisions were sent or handed over to whom they are for."""

    decisions: Annotated[list[Id], Field(min_length=1, max_length=500)]
    known_on: Day
    way: Annotated[Way, symbol(Way)] = Way.SENT


class GrantDecisionView(View):
    """One decision about money for a plan, as a letter says it."""

    id: UUID
    kind: DecisionKind
    ground: Ground | None
    plan_kind: PlanKind
    about: str
    title: str
    voucher_id: UUID | None
    decision_id: UUID | None
    body: Body
    basis: Basis | None
    power_article: str
    """The article that gives the body this power."""
    article: str
    """The article of the law that the decision rests on."""
    motivation: str
    heard_on: date | None
    """The day on which the group could tell its side, where it must be heard before its money becomes less."""
    heard_note: str | None
    amount_cents: int
    owed_cents: int
    decided_on: date
    known_on: date | None
    known_way: Way | None
    objection_until: date | None
    """The last day on which somebody can object; known when the decision is."""
    objection_to: Body
    pay_until: date | None
    receivers: list[str]
    """The names of whom it is for."""
    may_collect: bool
    may_make_known: bool
