# SPDX-License-Identifier: EUPL-1.2
"""What can happen to the contract of a young person with a guide; the public part never says whose."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class GuidanceProposed(Event):
    """A guide proposed a contract to a young person, and so signed it; the subject is the contract."""

    sentence: ClassVar[Text] = _("A guide proposed a contract to a young person.")
    personal: ClassVar[frozenset[str]] = frozenset({"young_id", "guide_id"})

    young_id: str
    guide_id: str


@dataclass(frozen=True, kw_only=True)
class ConsentTold(Event):
    """A guide wrote down whether a parent agrees."""

    sentence: ClassVar[Text] = _("A guide wrote down whether a parent agrees to a contract.")
    personal: ClassVar[frozenset[str]] = frozenset({"is_given"})

    is_given: bool


@dataclass(frozen=True, kw_only=True)
class GuidanceSigned(Event):
    """The young person signed, so that it holds."""

    sentence: ClassVar[Text] = _("A young person signed a contract with a guide.")


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """A guide wrote a note for the young person."""

    sentence: ClassVar[Text] = _("A guide wrote a note for a young person.")


@dataclass(frozen=True, kw_only=True)
class NoteErased(Event):
    """A note is gone."""

    sentence: ClassVar[Text] = _("A note of a guide was erased.")


@dataclass(frozen=True, kw_only=True)
class GuidanceEnded(Event):
    """A contract ended, and all that it said is gone."""

    sentence: ClassVar[Text] = _("A contract of a young person with a guide ended, and what it said was erased.")
