# SPDX-License-Identifier: EUPL-1.2
"""What can happen to objections."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(Event):
    """Somebody objected to a decision about a bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("Somebody objected to the decision about a bid.")

    objection_id: str
    decision_number: int
    is_late: bool
    on_paper: bool


@dataclass(frozen=True, kw_only=True)
class ObjectionWithdrawn(Event):
    """Whoever objected took it back; the subject is the bid."""

    sentence: ClassVar[Text] = _("Somebody took an objection back.")

    objection_id: str


@dataclass(frozen=True, kw_only=True)
class HearingPlanned(Event):
    """An official invited everybody who objected; the subject is the bid."""

    sentence: ClassVar[Text] = _("Who objected can tell about it on %(hearing_on)s.")

    hearing_on: str


@dataclass(frozen=True, kw_only=True)
class HearingReported(Event):
    """An official wrote down what was said at a hearing; the subject is the bid."""

    sentence: ClassVar[Text] = _("What was said about an objection was written down.")


@dataclass(frozen=True, kw_only=True)
class ObjectionsAdjourned(Event):
    """An official put the decision about objections off; the subject is the bid."""

    sentence: ClassVar[Text] = _("The decision about objections was put off by six weeks.")


@dataclass(frozen=True, kw_only=True)
class ObjectionsNotFollowed(Event):
    """A decision stays as it was after objections; the subject is the bid."""

    sentence: ClassVar[Text] = _("Objections: %(count)s. The decision stays as it was.")

    count: int


@dataclass(frozen=True, kw_only=True)
class ObjectionsFollowed(Event):
    """The municipality decides anew after objections; the subject is the bid."""

    sentence: ClassVar[Text] = _("Objections: %(count)s. The municipality decides anew.")

    count: int
