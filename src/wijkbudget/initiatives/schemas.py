# SPDX-License-Identifier: EUPL-1.2
"""What plans are asked and answer."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from wijkbudget.council.schemas import InFavour, Members
from wijkbudget.initiatives.rules import Side, State, Verdict
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Prose, Sentences, View, symbol
from wijkbudget.kit.text import Text
from wijkbudget.kit.units import PositiveCents
from wijkbudget.voting.schemas import RoundLine

COST_LINES_MAX = 50
"""No policy allows more."""


class CostLineDraft(Command):
    """One line of what a plan costs."""

    what: Line
    amount_cents: PositiveCents


class ProposeInitiative(Command):
    """Propose a plan, alone or in the name of an organisation one belongs to."""

    title: Line
    summary: Sentences
    theme: Line
    quarter: Line
    """The code of the quarter."""
    spot: Line
    """Where exactly, in the proposer's own words."""
    cost_lines: Annotated[list[CostLineDraft], Field(min_length=1, max_length=COST_LINES_MAX)]
    organisation_id: Id | None = None


class AssessInitiative(Command):
    """Say whether a plan can be done, why, and, if not, what would help."""

    verdict: Annotated[Verdict, symbol(Verdict)]
    reason: Sentences
    what_would_help: Prose = ""


class AdoptOutcome(Command):
    """Adopt the outcome of a round, with the members for and against, and who stepped aside."""

    decided_on: Day
    motivation: Sentences
    for_: InFavour
    against: Members
    recused: Members


class RevokeInitiative(AdoptOutcome):
    """Say that the council decided to stop a plan that has money, and why."""


class GiveUpInitiative(Command):
    """Say why an own plan that has money stops."""

    reason: Sentences


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
    """Who stopped a plan that had money, why, and what moved up."""

    stopped_by: Side
    reason: str
    stopped_on: date
    decision_id: UUID | None
    kept_cents: int
    """What it had spent."""
    freed_cents: int
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
    organisation: str | None
    initiators: list[str]
    """The names of who proposed it, for whoever belongs to the neighbourhood."""
    assessment: AssessmentView | None
    result: ResultView | None
    """Known when the ballots are counted."""
    stopped: StoppedView | None
    moved_up: MovedUpView | None
    decision_id: UUID | None
    voucher_id: UUID | None
    is_mine: bool
    has_supported: bool
    may_support: bool
    may_withdraw: bool
    may_give_up: bool
    may_revoke: bool
    may_assess: bool


class BallotView(View):
    """Which plans wait for the ballot of a round, and which stand on it."""

    round_id: UUID
    round_title: str
    year: int
    is_prepared: bool
    waiting: list[InitiativeLine]
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
    granted_cents: int
    pot_cents: int
    """What is free in the pot of the year now."""
    members: list[AdopterView]
    decision_id: UUID | None


class StoppingView(View):
    """What happens if a plan that has money stops now."""

    id: UUID
    title: str
    voucher_id: UUID
    is_open: bool
    """A claim waits, which is decided first."""
    left_cents: int
    promoted: list[WinnerView]
    """What would move up, in order."""
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
