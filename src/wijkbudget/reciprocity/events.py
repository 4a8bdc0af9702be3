# SPDX-License-Identifier: EUPL-1.2
"""What can happen to tasks, time and exemptions."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskOpened(Event):
    """Residents can give time to a task; the subject is the task."""

    sentence: ClassVar[Text] = _("A task was opened.")
    personal: ClassVar[frozenset[str]] = frozenset({"confirmers"})

    confirmers: list[str]


@dataclass(frozen=True, kw_only=True)
class TaskEnded(Event):
    """No new time can be logged on a task."""

    sentence: ClassVar[Text] = _("A task was ended.")


@dataclass(frozen=True, kw_only=True)
class TimeLogged(Event):
    """Somebody said that they gave time; the subject is the entry."""

    sentence: ClassVar[Text] = _("%(amount_minutes)s of time was logged.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    task_id: str
    person_id: str
    given_on: str
    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class TimeConfirmed(Event):
    """Somebody who may confirm said that the time was given; others can dispute it until a day."""

    sentence: ClassVar[Text] = _("Logged time was confirmed.")

    objections_until: str


@dataclass(frozen=True, kw_only=True)
class TimeWithdrawn(Event):
    """The giver took logged time back."""

    sentence: ClassVar[Text] = _("Logged time was withdrawn.")


@dataclass(frozen=True, kw_only=True)
class TimeDisputed(Event):
    """Somebody said that confirmed time is not right."""

    sentence: ClassVar[Text] = _("Confirmed time was disputed.")


@dataclass(frozen=True, kw_only=True)
class DisputeRuledOn(Event):
    """The chair or an official ruled on a dispute; the time stands or it does not."""

    sentence: ClassVar[Text] = _("There was a ruling on disputed time.")

    ruling: str


@dataclass(frozen=True, kw_only=True)
class TimeSettled(Event):
    """Confirmed time whose days for dispute are over went into the books; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("%(amount_minutes)s of confirmed time now counts.")

    entry_ids: list[str]
    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class TimeCorrected(Event):
    """Time that counted was found not right and went out of the books; the subject is the entry."""

    sentence: ClassVar[Text] = _("%(amount_minutes)s of time that counted was taken out of the books.")

    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class CorrectionObjectedTo(Event):
    """Whoever gave time that was taken out of the books said that it was right."""

    sentence: ClassVar[Text] = _("Somebody objected to a correction of time.")


@dataclass(frozen=True, kw_only=True)
class CorrectionRuledOn(Event):
    """The chair or an official ruled on an objection: the correction stands, or the time counts again."""

    sentence: ClassVar[Text] = _("There was a ruling on a correction of time.")

    ruling: str


@dataclass(frozen=True, kw_only=True)
class PersonExempted(Event):
    """Somebody need not give time for a usual voice until a day; the subject is the exemption, and nobody keeps why."""

    sentence: ClassVar[Text] = _("An exemption was granted.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    person_id: str
    until_on: str
