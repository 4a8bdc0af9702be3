# SPDX-License-Identifier: EUPL-1.2
"""What plans are asked."""

from typing import Annotated

from wijkbudget.council.schemas import InFavour, Members
from wijkbudget.initiatives.rules import Verdict
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Prose, Sentences, symbol
from wijkbudget.kit.units import Cents, Minutes, PositiveCents
from wijkbudget.vouchers.grants.rules import Ground
from wijkbudget.vouchers.grants.schemas import AfterHearing

COST_LINES_MAX = 50
"""No policy allows more."""

OWN_MINUTES_MAX = 10_000_000
"""Choice: twenty people who work a whole year; a slip that is longer is caught."""


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
    own_cents: Cents = 0
    """What the group brings itself in money, besides what it asks."""
    own_minutes: Annotated[Minutes, Field(le=OWN_MINUTES_MAX)] = 0
    """What it brings itself in time; it earns no voice with it."""
    starts_on: Day | None = None


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


class RefusedWinner(Command):
    """A plan that won and gets no money, and why."""

    initiative_id: Id
    reason: Sentences


class AwardOutcome(Command):
    """Decide about an outcome after the advice of the council: why, and which plans get no money all the same."""

    motivation: Sentences
    refused: Annotated[list[RefusedWinner], Field(max_length=100, default_factory=list)]


class RevokeInitiative(AdoptOutcome, AfterHearing):
    """Say that the council decided to stop a plan that has money, on which ground of the law, and why."""

    ground: Annotated[Ground, symbol(Ground)]


class RaiseGrant(AdoptOutcome):
    """Say that the council decided that a plan gets more money, how much and why."""

    amount_cents: PositiveCents


class AwardMore(Command):
    """Give a plan more money in the name of the executive, and say why."""

    amount_cents: PositiveCents
    motivation: Sentences


class WithdrawGrant(AfterHearing):
    """Take the money of a plan back in the name of the executive, on a ground of the law, and say why."""

    ground: Annotated[Ground, symbol(Ground)]
    reason: Sentences


class GiveUpInitiative(Command):
    """Say why an own plan that won stops."""

    reason: Sentences
