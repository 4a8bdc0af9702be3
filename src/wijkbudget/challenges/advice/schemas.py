# SPDX-License-Identifier: EUPL-1.2
"""What is asked and answered before a bid is decided."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.challenges.advice.rules.council import Advice
from wijkbudget.challenges.advice.rules.procurement import Form, Kind, ThresholdOutcome
from wijkbudget.challenges.advice.rules.state_aid import AidOutcome
from wijkbudget.council.schemas import InFavour, Members
from wijkbudget.kit.fields import Command, Day, Field, Line, Prose, Sentences, View, symbol
from wijkbudget.kit.text import Text
from wijkbudget.kit.units import Cents, PositiveCents

AID_LINES_MAX = 20


class AssessProcurement(Command):
    """Say what a bid is worth over its whole time, who else may want it, and whether it can be state aid."""

    form: Annotated[Form, symbol(Form)]
    kind: Annotated[Kind, symbol(Kind)]
    base_cents: Cents
    """For the whole agreed time, without VAT; never a part of it."""
    options_cents: Cents = 0
    """For every time that it can be extended, without VAT."""
    has_market_interest: bool = False
    has_cross_border_interest: bool = False
    is_undertaking: bool = False
    """The group does what a firm could do, whatever its legal form."""
    is_general_interest: bool = False
    """It is a service of general economic interest, entrusted as such."""
    reason: Sentences


class ReceivedAidDraft(Command):
    """One sum of small aid that a group received."""

    giver: Line
    amount_cents: PositiveCents
    granted_on: Day
    is_general_interest: bool = False


class DeclareAid(Command):
    """Say which small aid the group received, its organisation and what belongs to it included; none is an answer."""

    received: Annotated[list[ReceivedAidDraft], Field(max_length=AID_LINES_MAX, default_factory=list)]


class GiveAdvice(Command):
    """Say what the council advised about a bid, with the members for and against, and who stepped aside."""

    stance: Annotated[Advice, symbol(Advice)]
    motivation: Sentences
    conditions: Prose = ""
    decided_on: Day
    for_: InFavour
    against: Members
    recused: Members


class ProcurementView(View):
    """What an official found, beside the threshold."""

    form: Form
    kind: Kind
    base_cents: int
    options_cents: int
    total_cents: int
    threshold_cents: int
    outcome: ThresholdOutcome
    says: Text
    follows: Text
    is_below_bid: bool
    """The value is less than what the group asks for the whole time."""
    has_market_interest: bool
    has_cross_border_interest: bool
    is_undertaking: bool
    is_general_interest: bool
    reason: str
    assessed_on: date


class ReceivedAidView(View):
    """One sum of small aid."""

    giver: str
    amount_cents: int
    granted_on: date
    is_general_interest: bool
    is_counted: bool
    """It was granted in the three years."""


class AidSumView(View):
    """What still counts, with what the group would get now, beside a ceiling."""

    received_cents: int
    now_cents: int
    total_cents: int
    ceiling_cents: int
    is_over: bool


class AidView(View):
    """What a group said that it received, added up."""

    declared_on: date | None
    received: list[ReceivedAidView]
    counts_from: date
    """What was granted on this day or later counts."""
    sums: list[AidSumView]
    outcome: AidOutcome | None
    """None until an official looked at it."""
    says: Text | None


class SheetView(View):
    """Procurement and state aid of a bid."""

    challenge_id: UUID
    title: str
    asked_cents: int
    """A year."""
    duration_months: int | None
    whole_cents: int
    """What the group asks for the whole time."""
    procurement: ProcurementView | None
    aid: AidView
    may_assess: bool
    may_declare: bool


class CouncilAdviceView(View):
    """What the council was asked and advised."""

    asked_on: date
    last_on: date
    is_late: bool
    """It was given after its last day, or that day is past without any."""
    stance: Advice | None
    conditions: str
    motivation: str
    decision_id: UUID | None
    given_on: date | None
    may_advise: bool


class WaitingAdviceLine(View):
    """A bid about which the council can advise."""

    challenge_id: UUID
    title: str
    task_title: str
    asked_on: date
    last_on: date
    is_late: bool


class AdviserView(View):
    """A member of the council, and whether they have an interest in the bid."""

    id: str
    name: str
    is_interested: bool


class AdvisingView(View):
    """A bid as the council advises about it."""

    challenge_id: UUID
    title: str
    task_title: str
    article: str
    advice: CouncilAdviceView
    members: list[AdviserView]
