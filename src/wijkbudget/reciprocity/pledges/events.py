# SPDX-License-Identifier: EUPL-1.2
"""What can happen to pledged time."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class TimePledged(Event):
    """Somebody pledged time to a task; the subject is the pledge."""

    sentence: ClassVar[Text] = _("%(amount_minutes)s of time was pledged to a task.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    task_id: str
    person_id: str
    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class TaskStarted(Event):
    """All the time that a task needs was pledged, so it starts and the pledges bind; the subject is the task."""

    sentence: ClassVar[Text] = _("A task starts: the %(amount_minutes)s that it needs is pledged.")

    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class PledgeWithdrawn(Event):
    """Somebody took pledged time back before the task started; the subject is the pledge."""

    sentence: ClassVar[Text] = _("%(amount_minutes)s of pledged time was taken back.")

    task_id: str
    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class PledgesJudged(Event):
    """The days of pledges were over: each was kept, was not, or binds nobody; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("Pledges whose time was over were looked at.")
    personal: ClassVar[frozenset[str]] = frozenset({"kept_ids", "unkept_ids", "lapsed_ids"})
    """Together with who pledged, an id says whether one person kept a pledge; that is not for everybody."""

    kept_ids: list[str]
    unkept_ids: list[str]
    lapsed_ids: list[str]


@dataclass(frozen=True, kw_only=True)
class PledgeLifted(Event):
    """A person decided that an unkept pledge has no consequence, and nobody keeps why; the subject is the pledge."""

    sentence: ClassVar[Text] = _("The consequence of a pledge was lifted.")
