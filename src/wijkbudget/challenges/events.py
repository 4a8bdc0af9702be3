# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a task of the municipality and to a bid."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskListed(Event):
    """An official put a task on the list; the subject is the task."""

    sentence: ClassVar[Text] = _("A task that costs %(current_cost_cents)s a year was listed.")

    current_cost_cents: int
    decider: str


@dataclass(frozen=True, kw_only=True)
class TasksImported(Event):
    """An official put all tasks of a file on the list; the subject is the import."""

    sentence: ClassVar[Text] = _("%(count)s tasks were listed from a file.")

    count: int
    task_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class TaskWithdrawn(Event):
    """An official took a task off the list; the subject is the task."""

    sentence: ClassVar[Text] = _("A task was taken off the list.")


@dataclass(frozen=True, kw_only=True)
class ChallengeStarted(Event):
    """Somebody began to write a bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid on a task was begun.")

    task_id: str


@dataclass(frozen=True, kw_only=True)
class ChallengeWritten(Event):
    """A page of a bid was saved; the subject is the bid."""

    sentence: ClassVar[Text] = _("A page of a bid was saved.")

    chapter: str


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """The group invited somebody; the subject is the bid."""

    sentence: ClassVar[Text] = _("Somebody was invited to stand behind a bid.")

    invitation_id: str


@dataclass(frozen=True, kw_only=True)
class InvitationCancelled(Event):
    """The group took an invitation back; the subject is the bid."""

    sentence: ClassVar[Text] = _("An invitation to stand behind a bid was taken back.")

    invitation_id: str


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody agreed to stand behind a bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("%(count)s people stand behind a bid.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str
    count: int


@dataclass(frozen=True, kw_only=True)
class InvitationDeclined(Event):
    """Somebody said no to an invitation; the subject is the bid."""

    sentence: ClassVar[Text] = _("An invitation to stand behind a bid was declined.")

    invitation_id: str


@dataclass(frozen=True, kw_only=True)
class MemberLeftBid(Event):
    """Somebody no longer stands behind a bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("Somebody no longer stands behind a bid.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str


@dataclass(frozen=True, kw_only=True)
class ChallengeSubmitted(Event):
    """A group sent its bid in; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid was sent in; the municipality decides by %(decide_on)s.")

    task_id: str
    decide_on: str
    asked_cents: int


@dataclass(frozen=True, kw_only=True)
class CompletionAsked(Event):
    """An official asked for what is missing; the subject is the bid."""

    sentence: ClassVar[Text] = _("Something is missing in a bid; it can be completed until %(last_on)s.")

    last_on: str
    parts: list[str]


@dataclass(frozen=True, kw_only=True)
class ChallengeCompleted(Event):
    """A group sent what was missing; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid was completed; the municipality decides by %(decide_on)s.")

    decide_on: str


@dataclass(frozen=True, kw_only=True)
class ChallengeTakenOn(Event):
    """An official took a bid on; the subject is the bid."""

    sentence: ClassVar[Text] = _("An official took a bid on; the municipality decides by %(decide_on)s.")

    decide_on: str


@dataclass(frozen=True, kw_only=True)
class ChallengePutAside(Event):
    """An official put a bid aside, because it was not completed in time; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid was put aside, because it was not completed in time.")


@dataclass(frozen=True, kw_only=True)
class ChallengeWithdrawn(Event):
    """A group took its bid back; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid was taken back by its group.")
