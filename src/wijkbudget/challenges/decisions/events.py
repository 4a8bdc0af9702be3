# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a decision about a bid."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class ChallengeAwarded(Event):
    """A group may take a task over; the subject is the bid."""

    sentence: ClassVar[Text] = _("A group may take a task over, for at most %(granted_cents)s a year.")

    number: int
    body: str
    legal_character: str
    granted_cents: int


@dataclass(frozen=True, kw_only=True)
class ChallengePartlyAwarded(Event):
    """A group may take part of a task over; the subject is the bid."""

    sentence: ClassVar[Text] = _("A group may take part of a task over, for at most %(granted_cents)s a year.")

    number: int
    body: str
    legal_character: str
    granted_cents: int
    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class ChallengeRefused(Event):
    """The municipality said no to a bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid was refused.")

    number: int
    body: str
    legal_character: str
    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class DecisionMadeKnown(Event):
    """A decision about a bid was made known to its group; the subject is the bid."""

    sentence: ClassVar[Text] = _("A decision about a bid was made known.")

    number: int
    known_on: str
    way: str
