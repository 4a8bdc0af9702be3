# SPDX-License-Identifier: EUPL-1.2
"""What the audit committee can do: draw, judge and look at a ring."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class TimeSampleDrawn(Event):
    """The audit committee drew which settled time of a period is looked at again; the subject is the sample."""

    sentence: ClassVar[Text] = _("It was drawn by lot which time of %(period)s is looked at again: %(drawn_count)s.")

    period: str
    value: str
    seed: str
    entry_count: int
    drawn_count: int


@dataclass(frozen=True, kw_only=True)
class TimeChecked(Event):
    """The audit committee looked at drawn time again; the subject is the sample."""

    sentence: ClassVar[Text] = _("Drawn time was looked at again.")
    personal: ClassVar[frozenset[str]] = frozenset({"entry_id"})

    entry_id: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class RingLookedAt(Event):
    """The audit committee looked at people who confirm mostly each other; the subject is the note."""

    sentence: ClassVar[Text] = _("The audit committee looked at who confirms whose time.")
