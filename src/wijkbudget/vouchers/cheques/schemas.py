# SPDX-License-Identifier: EUPL-1.2
"""What resident vouchers are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator

from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Sentences, View
from wijkbudget.kit.units import Cents, PositiveCents
from wijkbudget.vouchers.cheques.rules import IssuanceState
from wijkbudget.vouchers.rules import typed_code

ChequeCode = Annotated[str, BeforeValidator(typed_code)]
"""A code as typed; a typing mistake is told before anything is looked up."""


class IssueCheques(Command):
    """Give everybody in a neighbourhood an equal amount, from the pot of this year."""

    value_cents: PositiveCents
    last_on: Day
    """The last day on which they can be pledged."""
    decision: Line
    """Who decided so, and when."""


class OpenCheque(Command):
    """Find a resident voucher by the code on its card."""

    code: ChequeCode


class Pledge(Command):
    """An amount for one plan; zero is nothing."""

    voucher_id: Id
    amount_cents: Cents = 0


class PledgeOwn(Command):
    """Divide your resident voucher over plans, instead of how it was divided before."""

    pledges: Annotated[list[Pledge], Field(max_length=200)]


class PledgeByCode(PledgeOwn):
    """Divide the resident voucher with a code over plans."""

    code: ChequeCode


class HandCheque(Command):
    """Give somebody at the desk a new code; the old one stops working."""

    person_id: Id


class DeactivateCheque(Command):
    """Stop somebody's resident voucher, and say why."""

    person_id: Id
    reason: Sentences


class HopePlan(Command):
    """Let a plan on a ballot take pledges; asked by the verb that puts it there, never from outside."""

    about: Line
    year: int
    title: Line


class PlanTotalView(View):
    """What a plan got from resident vouchers."""

    voucher_id: UUID
    title: str
    amount_cents: int
    pledge_count: int | None
    """How many people gave; None for fewer than ten."""


class IssuanceView(View):
    """The resident vouchers that were issued in one act."""

    id: UUID
    year: int
    state: IssuanceState
    value_cents: int
    cheque_count: int
    total_cents: int
    is_per_household: bool
    decision: str
    article: str
    issued_on: date
    last_on: date
    is_over: bool
    """The last day has passed; what was pledged may wait for plans that are still voted on."""
    used_count: int | None
    """How many were pledged, whole or in part; None for fewer than ten."""
    plans: list[PlanTotalView]
    """What each plan got, once they are closed; until then nobody sees a count."""
    returned_cents: int | None
    """What went back to the pot, once they are closed."""


class OverviewView(View):
    """The resident vouchers of a neighbourhood: those that are open, and those before."""

    open: IssuanceView | None
    closed: list[IssuanceView]


class PlanPledgeView(View):
    """A plan that takes pledges, and what this resident voucher gives it."""

    voucher_id: UUID
    """The voucher of the plan, or the one that it gets if it is granted money."""
    title: str
    has_money: bool
    """False while people vote about it."""
    pledged_cents: int


class ChequeView(View):
    """One resident voucher, for whoever holds it."""

    value_cents: int
    pledged_cents: int
    left_cents: int
    last_on: date
    article: str
    is_per_household: bool
    plans: list[PlanPledgeView]


class HandedChequeView(View):
    """A new code, shown once."""

    name: str
    code: str
    value_cents: int
    last_on: date


class CardFileView(View):
    """A file of cards."""

    number: int
    card_count: int
    is_printed: bool
    is_wiped: bool
    wiped_on: date


class CardsView(View):
    """How far the cards of the resident vouchers that are open are."""

    place: str
    cheque_count: int
    card_count: int
    printed_count: int
    at_desk_count: int
    """How many have no address here, so that they are handed over at the desk."""
    files: list[CardFileView]

    @property
    def is_busy(self) -> bool:
        """Return whether cards are still being made."""
        return self.printed_count < self.card_count

    @property
    def is_kept(self) -> bool:
        """Return whether there is a file that can be fetched."""
        return any(each.is_printed and not each.is_wiped for each in self.files)


class CardView(View):
    """What stands on one card."""

    name: str
    address: str
    code: str


class CardsAskedView(View):
    """What a file of cards is made of."""

    municipality: str
    neighbourhood: str
    value_cents: int
    last_on: date
    made_on: date
    is_formal: bool
    is_per_household: bool
    cards: list[CardView]
