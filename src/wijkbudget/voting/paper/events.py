# SPDX-License-Identifier: EUPL-1.2
"""What is said of paper ballots: who does what, and numbers; never a code, a class or a mark."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class PaperSeatTaken(Event):
    """Somebody said what they do with the paper ballots of a round."""

    sentence: ClassVar[Text] = _("Somebody took a task with the paper ballots.")

    seat: str


@dataclass(frozen=True, kw_only=True)
class PaperSeatLeft(Event):
    """Somebody took back what they said they do, before they did anything."""

    sentence: ClassVar[Text] = _("Somebody gave back a task with the paper ballots.")

    seat: str


@dataclass(frozen=True, kw_only=True)
class EnvelopesCounted(Event):
    """The envelopes of a round were counted, and their codes forgotten."""

    sentence: ClassVar[Text] = _("The envelopes with paper ballots were counted: %(returned)s came back.")

    returned: int
    accepted: int
    aside: dict[str, int]
    """How many were set aside, for each reason."""


@dataclass(frozen=True, kw_only=True)
class PaperBalanced(Event):
    """The sheet of the paper ballots balanced; they went into the box, and what people entered was forgotten."""

    sentence: ClassVar[Text] = _("The paper ballots were entered twice and went into the box: %(entered)s of them.")

    entered: int
    spoiled: dict[str, int]
    """How many do not count, for each reason."""
