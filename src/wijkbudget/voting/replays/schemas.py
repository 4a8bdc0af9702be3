# SPDX-License-Identifier: EUPL-1.2
"""What is asked when a vote is played again with other voices, and what is answered."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from wijkbudget.kit.fields import Command, View
from wijkbudget.kit.text import Text

Key = Annotated[str, Field(min_length=1, max_length=40)]


class RuleValue(Command):
    """One setting of a rule."""

    name: Key
    value: Annotated[int, Field(ge=0, le=1_000_000)]


class TryRule(Command):
    """Ask what a vote would have come to by another rule for voices; nothing is kept of it."""

    rule: Key
    settings: list[RuleValue] = Field(default_factory=list, max_length=20)
    giving_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    """Only of a vote that was held elsewhere, of which nobody's time is known: how many voters gave time."""
    hours_mean: Annotated[int, Field(ge=1, le=500)] | None = None
    """The same: how much they gave on average."""


class VoiceLine(View):
    """How many people had a voice, and how many would have had it."""

    voice_hundredths: int
    people_then: int
    people_now: int


class PlanLine(View):
    """What became of an option, and what would have."""

    key: str
    title: str
    cost_cents: int
    won: bool
    """In the count that decided."""
    won_equal: bool
    """Had everybody had the same voice."""
    won_draws: int
    """In so many of the draws."""


class AreaLine(View):
    """The voice of the people of one or more small areas on average; together where few can vote."""

    quarters: list[str]
    people: int
    then_hundredths: int
    now_hundredths: int


class ReplayView(View):
    """What a vote would have come to by another rule for voices, beside what it came to."""

    round_id: UUID
    title: str
    rule: str
    words: list[Text]
    """The rule with its settings, in plain sentences."""
    is_imagined: bool
    """Nobody's time is known, so it was imagined."""
    people: list[VoiceLine]
    notes: list[Text]
    """What the guards changed for all, and why voices were merged."""
    draws: int
    """1: no lot was needed."""
    same_draws: int
    """In how many of them the same plans win as in the count that decided."""
    same_equal_draws: int
    """In how many of them the same plans win as with equal voices."""
    plans: list[PlanLine]
    areas: list[AreaLine]
    """Empty where it is not known who lives where."""
