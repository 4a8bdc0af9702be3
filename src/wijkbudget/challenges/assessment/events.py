# SPDX-License-Identifier: EUPL-1.2
"""What can happen while a bid is looked into; the subject is always the bid."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class TalkPlanned(Event):
    """The case worker invited the group to a talk."""

    sentence: ClassVar[Text] = _("A group was invited to a talk about its bid, on %(planned_on)s.")

    planned_on: str


@dataclass(frozen=True, kw_only=True)
class TalkMoved(Event):
    """The case worker planned the talk on another day or at another place."""

    sentence: ClassVar[Text] = _("The talk about a bid is now on %(planned_on)s.")

    planned_on: str


@dataclass(frozen=True, kw_only=True)
class MinutesWritten(Event):
    """The case worker wrote down what was said in the talk."""

    sentence: ClassVar[Text] = _("The talk about a bid was held on %(held_on)s, and what was said is written down.")

    held_on: str


@dataclass(frozen=True, kw_only=True)
class ElaborationAgreed(Event):
    """The group agreed that the time to decide stands still while it works its bid out."""

    sentence: ClassVar[Text] = _("A group works its bid out; the time to decide stands still until %(last_on)s.")

    last_on: str


@dataclass(frozen=True, kw_only=True)
class GroundChecked(Event):
    """The case worker wrote down what was found about one ground; what it was is not public."""

    sentence: ClassVar[Text] = _("A bid was held against ground %(ground)s.")

    ground: str


@dataclass(frozen=True, kw_only=True)
class AdviceAsked(Event):
    """The case worker asked for advice."""

    sentence: ClassVar[Text] = _("Advice about a bid was asked.")


@dataclass(frozen=True, kw_only=True)
class RefusalIntended(Event):
    """The case worker told the group that the municipality means to say no."""

    sentence: ClassVar[Text] = _("The municipality means to refuse a bid; the group can answer until %(answer_until)s.")

    answer_until: str
    grounds: list[str]


@dataclass(frozen=True, kw_only=True)
class IntentionAnswered(Event):
    """The group answered what the municipality means to say."""

    sentence: ClassVar[Text] = _("A group answered what the municipality means to say about its bid.")


@dataclass(frozen=True, kw_only=True)
class ChallengeMadeReady(Event):
    """The case worker put a bid before who decides."""

    sentence: ClassVar[Text] = _("A bid is ready for a decision.")


@dataclass(frozen=True, kw_only=True)
class ChallengeSentBack(Event):
    """Who decides asked the case worker to look again."""

    sentence: ClassVar[Text] = _("A bid went back to the case worker before it was decided.")
