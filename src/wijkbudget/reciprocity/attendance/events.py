# SPDX-License-Identifier: EUPL-1.2
"""What can happen to the list at the door."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class AttendanceListOpened(Event):
    """People can sign in at the door for a task on a day; the subject is the list."""

    sentence: ClassVar[Text] = _("An attendance list was made.")

    task_id: str
    held_on: str


@dataclass(frozen=True, kw_only=True)
class VolunteerArrived(Event):
    """Somebody signed in at the door; the subject is the list."""

    sentence: ClassVar[Text] = _("Somebody signed in on an attendance list.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    person_id: str


@dataclass(frozen=True, kw_only=True)
class VolunteerLeft(Event):
    """Somebody signed out; the time they gave, if it was a quarter of an hour or more, is an entry of its own."""

    sentence: ClassVar[Text] = _("Somebody signed out on an attendance list.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    person_id: str


@dataclass(frozen=True, kw_only=True)
class AttendanceListEnded(Event):
    """Somebody who may confirm said who was there; nobody signs in any more."""

    sentence: ClassVar[Text] = _("An attendance list was closed.")
