# SPDX-License-Identifier: EUPL-1.2
"""What can happen to offers of time, and between a task and a helper; never what they write."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class TimeOffered(Event):
    """A resident offered time; the subject is the offer."""

    sentence: ClassVar[Text] = _("Somebody offered to help.")


@dataclass(frozen=True, kw_only=True)
class TimeOfferWithdrawn(Event):
    """A resident offers it no longer; the subject is the offer."""

    sentence: ClassVar[Text] = _("Somebody withdrew an offer to help.")


@dataclass(frozen=True, kw_only=True)
class PairingProposed(Event):
    """One side of a task and a helper said yes; the subject is the pairing."""

    sentence: ClassVar[Text] = _("A helper and a task were proposed to each other.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    task_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class PairingMoved(Event):
    """A pairing was accepted, declined, withdrawn or finished; the subject is the pairing."""

    sentence: ClassVar[Text] = _("What a helper and a task agreed changed.")

    state: str


@dataclass(frozen=True, kw_only=True)
class MessageWritten(Event):
    """One side of a pairing wrote to the other; the subject is the pairing."""

    sentence: ClassVar[Text] = _("Somebody wrote to whom they help, or who helps them.")


@dataclass(frozen=True, kw_only=True)
class HelpForgotten(Event):
    """The words of what ended a month ago were wiped; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("Old words of asking and offering help were wiped: %(count)s.")

    count: int
