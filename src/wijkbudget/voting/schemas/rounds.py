# SPDX-License-Identifier: EUPL-1.2
"""What voting answers about a round."""

from datetime import date
from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text
from wijkbudget.voting.phases import FrozenClass, Phase
from wijkbudget.voting.schemas.papers import MarksView, PaperLimit
from wijkbudget.voting.turnout import Turnout


class RoundLine(View):
    """A round in a list."""

    id: UUID
    year: int
    title: str
    phase: Phase
    opens_on: date
    closes_on: date
    budget_cents: int
    is_early: bool
    """All is fixed and letters go out, and the first day of voting has not come."""
    is_over: bool
    """The last day of voting is over."""
    held_up: Text | None
    """Why it could not go on by itself, though its day has come."""


class OptionView(View):
    """An option on the ballot."""

    key: str
    about: str
    title: str
    cost_cents: int


class LimitView(PaperLimit):
    """A limit as it was set for a round."""

    id: UUID


class RulesView(MarksView):
    """How a round is voted on and counted, as it was frozen at the opening."""

    frozen_hash: str
    article: str
    ballot: str
    ballot_parameters: dict[str, int | str]
    tally: str
    tally_parameters: dict[str, int | str]
    decides: str
    voter_age_min: int
    voters_per_class_min: int
    ballots_per_class_min: int
    voice_rule: str
    voice_parameters: dict[str, int]
    voice_words: list[Text]
    """How time earns a voice, in plain sentences."""
    classes: list[FrozenClass]
    merged: list[Text]
    tally_name: Text
    how_counted: list[Text]
    """How the tally chooses, in plain sentences."""
    roll: str
    """A keyed hash over who can vote with which voice."""
    receipt_key: str
    """The public key that checks signed receipts, in base64."""


class RoundView(RoundLine):
    """A round with its options, and from the opening on with its rules; it never tells how many have voted."""

    place: str
    reference_on: date
    objections_until: date | None
    is_imported: bool
    with_paper: bool
    hand_in_at: str | None
    """Where a ballot on paper is handed in; without it, at the desk that the letter names."""
    hand_in_until: date
    """The last day to do so."""
    lots_from: str | None
    drawn: str | None
    """What came out of the draw for the lots."""
    turnout: Turnout | None
    """From the close on."""
    options: list[OptionView]
    limits: list[LimitView]
    """Which plans exclude each other, and what a theme or a small area can cost."""
    rules: RulesView | None


class MovedView(View):
    """Rounds that went to their next phase because their day had come."""

    moved: list[UUID]
