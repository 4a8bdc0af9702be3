# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a decision about money."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class GrantDecided(Event):
    """Somebody decided about money for a plan; the subject is the decision about it."""

    sentence: ClassVar[Text] = _("A decision about money of a plan was written: %(amount_cents)s.")

    about: str
    decision_kind: str
    ground: str | None
    body: str
    basis: str | None
    amount_cents: int
    owed_cents: int
    """What the group pays back by it."""


@dataclass(frozen=True, kw_only=True)
class GrantMadeKnown(Event):
    """A decision was made known to whom it is for, so objections can begin; the subject is the decision."""

    sentence: ClassVar[Text] = _("A decision about money of a plan was made known.")

    known_on: str
    way: str
