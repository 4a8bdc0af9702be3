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
class TaskProposed(Event):
    """A resident proposed a task for the list; the subject is the proposal."""

    sentence: ClassVar[Text] = _("A resident proposed a task for the list.")


@dataclass(frozen=True, kw_only=True)
class ProposalListed(Event):
    """An official put a proposed task on the list; the subject is the proposal."""

    sentence: ClassVar[Text] = _("A task that a resident proposed is on the list.")

    municipal_task_id: str


@dataclass(frozen=True, kw_only=True)
class ProposalDeclined(Event):
    """An official said why a proposed task is not put on the list; the subject is the proposal."""

    sentence: ClassVar[Text] = _("A task that a resident proposed was not put on the list.")


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    """A resident took a proposal back; the subject is the proposal."""

    sentence: ClassVar[Text] = _("A resident took a proposal for the list back.")


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
class ChallengeTakenOver(Event):
    """Another official became the case worker; the subject is the bid."""

    sentence: ClassVar[Text] = _("Another official took a bid over.")


@dataclass(frozen=True, kw_only=True)
class ChallengePutAside(Event):
    """An official put a bid aside, because it was not completed in time; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid was put aside, because it was not completed in time.")


@dataclass(frozen=True, kw_only=True)
class ChallengeWithdrawn(Event):
    """A group took its bid back; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid was taken back by its group.")


@dataclass(frozen=True, kw_only=True)
class ChallengePaused(Event):
    """An official let the time to decide stand still; the subject is the bid."""

    sentence: ClassVar[Text] = _("The time to decide about a bid stands still until %(last_on)s.")

    cause: str
    last_on: str
    decide_on: str


@dataclass(frozen=True, kw_only=True)
class ChallengeUnpaused(Event):
    """An official let the time to decide run again; the subject is the bid."""

    sentence: ClassVar[Text] = _("The time to decide about a bid runs again, until %(decide_on)s.")

    decide_on: str


@dataclass(frozen=True, kw_only=True)
class DecisionAdjourned(Event):
    """An official put a decision off; the subject is the bid."""

    sentence: ClassVar[Text] = _("The decision about a bid was put off until %(decide_on)s.")

    decide_on: str


@dataclass(frozen=True, kw_only=True)
class DefaultNoticeGiven(Event):
    """A group told the municipality that it is too late; the subject is the bid."""

    sentence: ClassVar[Text] = _("A group told the municipality that its decision is late; from %(first_on)s it costs.")

    first_on: str


@dataclass(frozen=True, kw_only=True)
class ChallengeExpired(Event):
    """A concept was dropped on which nobody wrote for a year; the subject is the bid."""

    sentence: ClassVar[Text] = _("A bid that nobody wrote on for a year was dropped.")
