# SPDX-License-Identifier: EUPL-1.2
"""What decisions about bids are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.challenges.assessment.schemas import GroundName
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.states import Move
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.fields import Command, Day, Field, Line, Sentences, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.vouchers.grants.rules import Way

Grounds = Annotated[list[Annotated[Ground, symbol(Ground)]], Field(min_length=1, max_length=len(Ground))]


class Award(Command):
    """Let a group take a task over, as it asked."""

    reason: Sentences
    legal_character: Annotated[LegalCharacter | None, symbol(LegalCharacter)] = None
    """What the policy says, if it is left out."""


class AwardPartly(Award):
    """Let a group take part of a task over."""

    part: Line
    """What of the task the group may take over."""
    granted_cents: PositiveCents
    """The most that this part may cost a year."""
    grounds: Grounds
    """Why not all of it."""


class Refuse(Award):
    """Say no to a bid."""

    grounds: Grounds


class MakeDecisionKnown(Command):
    """Say on which day a decision was sent or handed over to the group."""

    known_on: Day
    way: Annotated[Way, symbol(Way)] = Way.SENT


class DecisionView(View):
    """One decision about a bid."""

    challenge_id: UUID
    number: int
    """The number of the move by which it was taken."""
    move: Move
    body: Decider
    power_article: str
    """The article that gives the body this power."""
    article: str
    """The article of the law that the decision rests on."""
    legal_character: LegalCharacter
    part: str
    granted_cents: int
    grounds: list[GroundName]
    motivation: str
    is_revised: bool
    """It was taken anew, after an objection."""
    decided_on: date
    known_on: date | None
    known_way: Way | None
    objection_until: date | None
    """The last day on which somebody can object; None before it is known, and where nobody can."""
    may_collect: bool
    may_make_known: bool


class DecisionLine(View):
    """A decision in the public list, without anything about a person."""

    challenge_id: UUID
    decided_on: date
    task_title: str
    title: str
    outcome: Move
    body: Decider
    grounds: list[GroundName]


class DecisionListView(View):
    """The decisions of one year, the newest first."""

    year: int
    years: list[int]
    """The years from the first decision until now."""
    lines: list[DecisionLine]
