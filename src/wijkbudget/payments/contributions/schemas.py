# SPDX-License-Identifier: EUPL-1.2
"""What gifts are asked and answer."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from wijkbudget.identity.schemas import EmailAddress
from wijkbudget.kit.fields import Command, Field, Line, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.payments.contributions.rules import CollectionState, ContributionState, RefundState


class Giver(StrEnum):
    """Who gives."""

    PERSON = "person"
    """Somebody, from the neighbourhood or elsewhere."""
    ORGANISATION = "organisation"
    """A firm, housing corporation, fund or association."""


class OpenPot(Command):
    """Let people give to the pot of a year."""

    year: Annotated[int, Field(ge=2000, le=2999)]


class OpenCollection(Command):
    """Let people give to a plan; asked by a domain above, never from outside."""

    about: Line
    year: Annotated[int, Field(ge=2000, le=2999)]
    theme: Line | None
    title: Line


class GiveMoney(Command):
    """Give money; it is paid on the page of the provider."""

    amount_cents: PositiveCents
    giver: Annotated[Giver, symbol(Giver)] = Giver.PERSON
    name: Line | None = None
    is_name_shown: bool = False
    """Whether the name stands with the plan, for everybody to read."""
    may_go_to_pot: bool = False
    """Whether what a plan does not need goes to the pot; without it, it goes back to the giver."""
    email_address: EmailAddress | None = None
    """Where the receipt goes to, with the address at which one sees what became of the gift."""


class SettleRefund(Command):
    """Say that a refund that did not arrive was paid by hand."""

    bank_reference: Line


class GiftRulesView(View):
    """What can be given here, and what the pot adds."""

    article: str
    least_cents: int
    most_cents: int
    matched_percent: int
    matched_most_cents: int


class CollectionView(View):
    """What people can give to, and what was given."""

    id: UUID
    place: str
    year: int
    about: str | None
    """The id of the plan; None for a pot."""
    title: str
    state: CollectionState
    given_cents: int
    matched_cents: int
    gift_count: int
    names: list[str]
    """Who wants to be named."""
    rules: GiftRulesView | None
    """None where gifts are not arranged any more."""
    may_give: bool
    contact_kept_days: int
    """After how many days the address of a giver is thrown away."""


class GivenView(View):
    """A gift that was begun."""

    id: UUID
    code: str
    """Whoever has it sees what becomes of the gift; no account is needed."""


class RefundView(View):
    """Money that goes back to a giver."""

    id: UUID
    amount_cents: int
    state: RefundState
    ordered_at: datetime


class ContributionView(View):
    """A gift as the giver sees it."""

    id: UUID
    code: str
    place: str
    collection_id: UUID
    about: str | None
    title: str
    amount_cents: int
    state: ContributionState
    name: str | None
    is_name_shown: bool
    may_go_to_pot: bool
    checkout_url: str | None
    """Where to pay; None until the provider opened it, and when it is paid."""
    opened_at: datetime
    paid_at: datetime | None
    collection: CollectionState
    closed_at: datetime | None
    given_cents: int
    """All that was given to this."""
    matched_cents: int
    kept_cents: int
    """What of this gift is with the plan or the pot."""
    refunds: list[RefundView]
    taken_cents: int
    """What the bank of the giver took back."""


class GiftLineView(View):
    """A gift or refund as the cashier sees it."""

    contribution_id: UUID
    place: str
    title: str
    amount_cents: int
    state: ContributionState
    opened_at: datetime
    paid_at: datetime | None
    refunded_cents: int
    taken_cents: int
    waiting_cents: int


class GiftRefundView(RefundView):
    """A refund as the cashier sees it."""

    contribution_id: UUID
    place: str
    title: str
    payment_id: str | None
    """By which the provider knows the payment."""
    may_settle: bool


class NoticeView(View):
    """News of a provider that is of no gift we know."""

    event_id: str
    news: str
    payment_id: str | None
    amount_cents: int
    heard_at: datetime


class ClearingView(View):
    """What is on its way in or out of a neighbourhood."""

    account: str
    place: str
    held_cents: int
    explained_cents: int
    """What the gifts and refunds below say should be there; the same, or something is wrong."""


class GiftBookView(View):
    """All gifts of the municipality, and what needs somebody's eye first."""

    clearing: list[ClearingView]
    refunds: list[GiftRefundView]
    """On their way, or not arrived."""
    differences: list[GiftLineView]
    """Gifts of which something was taken back, or more arrived than was given."""
    strangers: list[NoticeView]
    gifts: list[GiftLineView]
    """The newest."""
