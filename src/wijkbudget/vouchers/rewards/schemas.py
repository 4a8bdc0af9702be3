# SPDX-License-Identifier: EUPL-1.2
"""What rewards are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator

from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Sentences, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.vouchers.rewards.rules import STOCK_MAX, OfferState, Payer, RewardState
from wijkbudget.vouchers.rules import typed_code

RewardCode = Annotated[str, BeforeValidator(typed_code)]
"""A code as typed; a typing mistake is told before anything is looked up."""


class OpenOffer(Command):
    """Let residents choose something as a reward."""

    title: Line
    explanation: Sentences
    sponsor: Line
    """Who gives it, as residents read it."""
    spot: Line
    """Where it can be fetched."""
    value_cents: PositiveCents
    payer: Annotated[Payer, symbol(Payer)]
    stock_count: Annotated[int, Field(ge=1, le=STOCK_MAX)] | None = None
    """How many there are; left out only where the sponsor gives as many as are chosen."""
    last_on: Day
    """The last day on which it can be chosen, and on which it can be fetched."""
    organisation_id: Id | None = None
    """Whose members give it; without one only the desk of the neighbourhood does."""
    payee: Line | None = None
    """Who is paid, where the neighbourhood pays."""
    iban: Line | None = None
    decision: Line
    """Who decided so, and when."""


class ChangeReceiver(Command):
    """Have something paid to somebody else, or to another account."""

    payee: Line
    iban: Line


class FindReward(Command):
    """Find a reward by its code."""

    code: RewardCode


class RedeemReward(FindReward):
    """Say that a reward was given."""


class UndoRedemption(FindReward):
    """Say that a reward was not given after all."""

    reason: Line


class OfferView(View):
    """Something that residents can choose, for everybody."""

    id: UUID
    title: str
    explanation: str
    sponsor: str
    spot: str
    value_cents: int
    payer: Payer
    state: OfferState
    stock_count: int | None
    left_count: int | None
    """How many can still be chosen; None where there is no end to them."""
    chosen_count: int
    redeemed_count: int
    lapsed_count: int
    last_on: date
    decision: str
    article: str
    can_be_chosen: bool
    """Whether it is offered today and there are some left."""
    may_close: bool
    may_change_receiver: bool
    """Whether whoever asks may have it paid to another account; that is for whoever could offer it."""


class CatalogueView(View):
    """What is offered in a neighbourhood."""

    tasks_each: int | None
    """How many finished tasks earn one choice; None where the rules know no rewards."""
    time_counts: bool
    """Whether the time of those tasks goes on to count as time given."""
    article: str | None
    offers: list[OfferView]
    """Those that can be chosen first, then the newest."""


class RewardView(View):
    """A reward, for whoever chose it."""

    id: UUID
    title: str
    sponsor: str
    spot: str
    value_cents: int
    task_count: int
    state: RewardState
    code: str | None
    """For whoever gives it; it pays nothing. After it was given it finds it, should that be a mistake."""
    chosen_on: date
    last_on: date
    redeemed_on: date | None


class OwnRewardsView(View):
    """What somebody earned by finished tasks, and what they chose."""

    finished_count: int
    """Finished tasks that earned nothing yet."""
    needed_count: int | None
    """How many earn one choice; None where the rules know no rewards."""
    missing_count: int
    """How many are needed still for the next choice."""
    needs_contract: bool
    """Whether the rules ask for a contract with a guide first, and there is none."""
    article: str | None
    rewards: list[RewardView]


class FoundRewardView(View):
    """A reward for whoever gives it: what, until when and to whom, and nothing else about them."""

    title: str
    explanation: str
    sponsor: str
    name: str
    """Who chose it; it is not for anybody else."""
    state: RewardState
    last_on: date
    redeemed_on: date | None
