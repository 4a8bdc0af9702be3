# SPDX-License-Identifier: EUPL-1.2
"""What plans answer."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from wijkbudget.initiatives.rules import Side, State, Verdict
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text
from wijkbudget.voting.schemas import RoundLine, SuccessionView


class InitiativeLine(View):
    """A plan in a list."""

    id: UUID
    year: int
    title: str
    theme: str
    quarter: str
    """The name of the quarter."""
    state: State
    asked_cents: int
    support_count: int
    support_min: int
    proposed_on: date
    round_id: UUID | None
    """The round on whose ballot it stands."""


class OverviewView(View):
    """The page of plans: the plans, the themes to choose from, and the rounds for who puts plans to a vote."""

    initiatives: list[InitiativeLine]
    themes: tuple[str, ...]
    rounds: list[RoundLine]
    advised: list[UUID]
    """The rounds about which the council decided or advised, for the same readers."""


class CostLineView(View):
    """One line of what a plan costs."""

    what: str
    amount_cents: int


class AssessmentView(View):
    """What an official found of a plan, and why."""

    verdict: Verdict
    reason: str
    what_would_help: str
    assessed_on: date


class ResultView(View):
    """What became of a plan in the vote, by the count that decides."""

    won: bool
    votes_hundredths: int
    why: Text


class WinnerView(View):
    """A plan that won or moves up, with what it costs."""

    id: UUID
    title: str
    cost_cents: int


class StoppedView(View):
    """Who stopped a plan that won or moved up, why, and what moved up instead."""

    stopped_by: Side
    reason: str
    stopped_on: date
    decision_id: UUID | None
    kept_cents: int
    """What it had spent."""
    freed_cents: int
    given_back_cents: int
    """What of that went back to who gave to the plan."""
    promoted: list[WinnerView]


class MovedUpView(View):
    """Which plan stopped before this one moved up from the reserve list."""

    after_id: UUID
    after_title: str
    moved_on: date
    granted_cents: int


class InitiativeView(InitiativeLine):
    """One plan; what the reader may do is told with it."""

    summary: str
    spot: str
    cost_lines: list[CostLineView]
    own_cents: int
    own_minutes: int
    starts_on: date | None
    organisation: str | None
    initiators: list[str]
    """The names of who proposed it, for whoever belongs to the neighbourhood."""
    assessment: AssessmentView | None
    result: ResultView | None
    """Known when the ballots are counted."""
    stopped: StoppedView | None
    moved_up: MovedUpView | None
    not_awarded: str | None
    """Why a plan that won got no money, where an official decided otherwise than the council advised."""
    decision_id: UUID | None
    voucher_id: UUID | None
    is_mine: bool
    has_supported: bool
    may_support: bool
    collection_id: UUID | None
    """Where one gives to it, or could."""
    may_collect: bool
    may_withdraw: bool
    may_give_up: bool
    may_revoke: bool
    may_withdraw_grant: bool
    may_assess: bool


class WaitingView(View):
    """How many plans wait for the money of one pot, and how much there is."""

    theme: str | None
    plan_count: int
    free_cents: int


class BallotView(View):
    """Which plans wait for the ballot of a round, and which stand on it."""

    round_id: UUID
    round_title: str
    year: int
    is_prepared: bool
    pot: str | None
    """The theme whose pot the round divides; None is the general one, also while nothing is on the ballot."""
    waiting: list[InitiativeLine]
    pots: list[WaitingView]
    on_ballot: list[InitiativeLine]


class AdopterView(View):
    """A member of the council, and whether an interest keeps them from deciding."""

    id: str
    name: str
    is_interested: bool


class AdoptionView(View):
    """What the council adopts when it adopts the outcome of a round, and whether it did."""

    round_id: UUID
    round_title: str
    year: int
    closes_on: date
    article: str
    winners: list[WinnerView]
    not_chosen: list[WinnerView]
    successions: list[SuccessionView]
    """Which plans stopped after the count, and what moved up."""
    granted_cents: int
    pot_cents: int
    """What is free in the pot of the year now."""
    members: list[AdopterView]
    decision_id: UUID | None
    is_advice: bool
    """The council advises, and an official decides."""


class AwardingView(View):
    """What an official decides about after the council gave its advice, and whether that was done."""

    round_id: UUID
    round_title: str
    year: int
    article: str
    is_binding: bool
    """The council decides itself, so there is nothing to award."""
    advice_id: UUID | None
    """The decision in which the council gave its advice."""
    winners: list[WinnerView]
    not_chosen: list[WinnerView]
    successions: list[SuccessionView]
    """Which plans stopped after the count, and what moved up."""
    granted_cents: int
    pot_cents: int
    is_awarded: bool


class StoppingView(View):
    """What happens if a plan that has money, or is to get it, stops now."""

    id: UUID
    title: str
    voucher_id: UUID | None
    """None before the council decided about its money."""
    is_open: bool
    """A claim waits, which is decided first."""
    left_cents: int
    promoted: list[WinnerView]
    """What would move up, in order."""
    members: list[AdopterView]


class RaisingView(View):
    """What more money for a plan would take."""

    id: UUID
    title: str
    voucher_id: UUID
    value_cents: int
    """What its voucher is worth now."""
    pot_cents: int
    """What its pot can still give."""
    article: str
    is_in_use: bool
    """Its group can still spend it; later it gets nothing more."""
    is_binding: bool
    """The council decides; else an official does."""
    members: list[AdopterView]


class Step(StrEnum):
    """One link of the chain from the budget to the receipt."""

    BUDGET = "budget"
    PROPOSAL = "proposal"
    SUPPORT = "support"
    ASSESSMENT = "assessment"
    VOTE = "vote"
    OUTCOME = "outcome"
    DECISION = "decision"
    RESERVATION = "reservation"
    COMMITMENT = "commitment"
    CLAIM = "claim"
    PAYMENT = "payment"
    ACCOUNT = "account"
    RETURN = "return"
    STOP = "stop"
    MOVING_UP = "moving_up"


class ChainLink(View):
    """One thing that happened on the way of the money, with where to look further."""

    step: Step
    on: date
    says: Text
    detail: str | None = None
    """What somebody wrote with it: a reason, a motivation, an account."""
    why: Text | None = None
    """Why it came out so, where a rule decided."""
    amount_cents: int | None = None
    page: str | None = None
    """The page that shows it."""
    receipt_sha256: str | None = None
    reference: str | None = None
    """The reference of the transfer in the ledger."""


class ChainView(View):
    """Everything that happened to one plan and its money, in order."""

    initiative: InitiativeLine
    links: list[ChainLink]
    granted_cents: int
    committed_cents: int
    """What is in the voucher and not paid yet."""
    paid_cents: int
    returned_cents: int
