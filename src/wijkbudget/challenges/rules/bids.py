# SPDX-License-Identifier: EUPL-1.2
"""What a bid says, what is still missing in it, and how its cost compares with what the task costs now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    AUDIENCE = "audience"
    COST_LINES = "cost_lines"
    EXPERIENCE = "experience"
    QUALITY = "quality"
    SAFETY = "safety"
    HARM = "harm"
    STARTS_ON = "starts_on"
    DURATION_MONTHS = "duration_months"


class Chapter(StrEnum):
    """A page of the form, which is saved by itself."""

    IDEA = "idea"
    NEIGHBOURHOOD = "neighbourhood"
    COSTS = "costs"
    QUALITY = "quality"


PARTS: Mapping[Chapter, tuple[Part, ...]] = {
    Chapter.IDEA: (Part.WHAT, Part.WHY_BETTER, Part.GOAL),
    Chapter.NEIGHBOURHOOD: (Part.AREA_BOND, Part.ADDED_VALUE, Part.AUDIENCE),
    Chapter.COSTS: (Part.COST_LINES,),
    Chapter.QUALITY: (Part.EXPERIENCE, Part.QUALITY, Part.SAFETY, Part.HARM, Part.STARTS_ON, Part.DURATION_MONTHS),
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


def chapter_of(part: Part) -> Chapter:
    """Return the page of the form that asks something."""
    return next(chapter for chapter, parts in PARTS.items() if part in parts)
