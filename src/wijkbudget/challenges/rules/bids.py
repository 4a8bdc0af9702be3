# SPDX-License-Identifier: EUPL-1.2
"""What a bid says, what is still missing in it, and how its cost compares with what the task costs now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.kit.errors import NotFound
from wijkbudget.kit.text import Text, _


class Part(StrEnum):
    """Something that a municipality asks of a bid."""

    WHAT = "what"
    WHY_BETTER = "why_better"
    GOAL = "goal"
    AREA_BOND = "area_bond"
    ADDED_VALUE = "added_value"
    INDICATORS = "indicators"
    AUDIENCE = "audience"
    RECRUITMENT = "recruitment"
    SUPPORT = "support"
    """Asked for when it is too little; how much is enough is weighed, so the form never misses it by itself."""
    COST_LINES = "cost_lines"
    EXPERIENCE = "experience"
    QUALITY = "quality"
    CONTINUITY = "continuity"
    SAFETY = "safety"
    HARM = "harm"
    STARTS_ON = "starts_on"
    DURATION_MONTHS = "duration_months"


PART_NAMES: Mapping[Part, Text] = {
    Part.WHAT: _("What you want to do"),
    Part.WHY_BETTER: _("Why it gets better"),
    Part.GOAL: _("What the municipality gains by it"),
    Part.AREA_BOND: _("Your bond with the neighbourhood"),
    Part.ADDED_VALUE: _("What it does for people"),
    Part.INDICATORS: _("How everybody can see that it works"),
    Part.AUDIENCE: _("Who it is for"),
    Part.RECRUITMENT: _("How people are found"),
    Part.SUPPORT: _("How many neighbours are for it"),
    Part.COST_LINES: _("What it costs"),
    Part.EXPERIENCE: _("What you can and know"),
    Part.QUALITY: _("How it stays good"),
    Part.CONTINUITY: _("How it goes on"),
    Part.SAFETY: _("How it stays safe"),
    Part.HARM: _("Whom it could hinder"),
    Part.STARTS_ON: _("When it begins"),
    Part.DURATION_MONTHS: _("How long it lasts"),
}
"""What can be missing, as the form calls it."""


class Chapter(StrEnum):
    """A page of the form, which is saved by itself."""

    IDEA = "idea"
    NEIGHBOURHOOD = "neighbourhood"
    COSTS = "costs"
    QUALITY = "quality"
    PLANNING = "planning"


PARTS: Mapping[Chapter, tuple[Part, ...]] = {
    Chapter.IDEA: (Part.WHAT, Part.WHY_BETTER, Part.GOAL),
    Chapter.NEIGHBOURHOOD: (Part.AREA_BOND, Part.ADDED_VALUE, Part.INDICATORS, Part.AUDIENCE, Part.RECRUITMENT),
    Chapter.COSTS: (Part.COST_LINES,),
    Chapter.QUALITY: (Part.EXPERIENCE, Part.QUALITY, Part.CONTINUITY, Part.SAFETY, Part.HARM),
    Chapter.PLANNING: (Part.STARTS_ON, Part.DURATION_MONTHS),
}
"""Which page asks what.

Source: what Middelburg, Geertruidenberg, Opsterland (CVDR651770), Gouda and Meierijstad ask of a bid, together.
"""


class Gain(StrEnum):
    """What a group thinks it does better than the municipality."""

    BETTER = "better"
    CHEAPER = "cheaper"
    SMARTER = "smarter"
    DIFFERENT = "different"


class ChallengeNotFound(NotFound):
    """The neighbourhood has no such bid, or it is not for you to see."""


@dataclass(frozen=True)
class Comparison:
    """What a group asks for a year beside what the task costs now."""

    asked_cents: int
    current_cents: int

    @property
    def is_dearer(self) -> bool:
        """Return whether the bid asks more than the task costs now."""
        return self.asked_cents > self.current_cents

    @property
    def says(self) -> Text:
        """Return the comparison as a sentence."""
        if self.is_dearer:
            return _("This is %(more_cents)s a year dearer than now.", more_cents=self.asked_cents - self.current_cents)
        if self.asked_cents == self.current_cents:
            return _("This costs the same as now.")
        return _("This is %(less_cents)s a year cheaper than now.", less_cents=self.current_cents - self.asked_cents)


def compare(costs_cents: Sequence[int], own_cents: int, other_cents: int, current_cents: int) -> Comparison:
    """Return what a bid asks of the municipality for a year, beside what the task costs now; dearer is never refused.

    Source: CVDR651770 (Opsterland) art. 4, and Gouda: a bid that is dearer can be refused, when it is weighed.
    Choice: own money and money of others come off first, and nobody asks less than nothing.
    """
    return Comparison(max(0, sum(costs_cents) - own_cents - other_cents), current_cents)


def missing(answers: Mapping[Part, object]) -> list[Part]:
    """Return what a bid does not say yet, in the order of the form."""
    return [part for parts in PARTS.values() for part in parts if not answers[part]]


def soon(starts_on: date | None, received_on: date, lead_weeks: int | None) -> Text | None:
    """Return that a bid begins sooner than the policy asks, if it does; it is told and weighed, never refused.

    Source: Geertruidenberg asks for 18 weeks between receipt and the first day.
    """
    if starts_on is None or lead_weeks is None or starts_on >= received_on + timedelta(weeks=lead_weeks):
        return None
    return _(
        "This begins soon. The municipality likes to have %(weeks)s weeks, until %(day)s.",
        weeks=lead_weeks,
        day=received_on + timedelta(weeks=lead_weeks),
    )


def chapter_of(part: Part) -> Chapter:
    """Return the page of the form that asks something."""
    return next(chapter for chapter, parts in PARTS.items() if part in parts)
