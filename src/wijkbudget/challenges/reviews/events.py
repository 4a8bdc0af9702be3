# SPDX-License-Identifier: EUPL-1.2
"""What can happen to work that a group took over; the subject is the bid, and nobody is named."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class WorkReported(Event):
    """The group told how the work goes."""

    sentence: ClassVar[Text] = _("A group told how its work went until %(report_on)s.")

    report_on: str
    spent_cents: int


@dataclass(frozen=True, kw_only=True)
class WorkSuspended(Event):
    """The work stands still for a while."""

    sentence: ClassVar[Text] = _("Work that a group took over stands still until %(until_on)s.")

    until_on: str


@dataclass(frozen=True, kw_only=True)
class WorkResumed(Event):
    """The work goes on after it stood still."""

    sentence: ClassVar[Text] = _("Work that stood still goes on.")


@dataclass(frozen=True, kw_only=True)
class ReviewOpened(Event):
    """Both sides look back, and residents can answer three questions."""

    sentence: ClassVar[Text] = _("Both sides look back at the work; residents can answer until %(until_on)s.")

    until_on: str


@dataclass(frozen=True, kw_only=True)
class FindingWritten(Event):
    """A side wrote what it found."""

    sentence: ClassVar[Text] = _("A side wrote what it found when it looked back.")

    side: str


@dataclass(frozen=True, kw_only=True)
class ReviewConcluded(Event):
    """Both sides looked back, and the work goes on or is finished."""

    sentence: ClassVar[Text] = _("Both sides looked back at work that a group took over.")

    outcome: str


@dataclass(frozen=True, kw_only=True)
class AgreementExtended(Event):
    """The agreement lasts longer."""

    sentence: ClassVar[Text] = _("An agreement lasts longer: until %(until_on)s.")

    until_on: str


@dataclass(frozen=True, kw_only=True)
class TaskHandedBack(Event):
    """The group gives the task back."""

    sentence: ClassVar[Text] = _("A group gives its task back from %(from_on)s.")

    from_on: str


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Event):
    """The municipality ended the agreement early."""

    sentence: ClassVar[Text] = _("The municipality ends an agreement early, from %(from_on)s.")

    from_on: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class ThingHandedOver(Event):
    """Something went back, or on to who does the task next."""

    sentence: ClassVar[Text] = _("Something was handed over after the work ended.")

    thing: str


@dataclass(frozen=True, kw_only=True)
class LessonWritten(Event):
    """A side wrote what it learnt."""

    sentence: ClassVar[Text] = _("A side wrote what it learnt.")

    side: str


@dataclass(frozen=True, kw_only=True)
class ChallengeClosed(Event):
    """Everything about a bid is settled."""

    sentence: ClassVar[Text] = _("A bid was closed: everything is settled.")
