# SPDX-License-Identifier: EUPL-1.2
"""What can happen in the council."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class DecisionTaken(Event):
    """The council decided; the subject is the id of the decision."""

    sentence: ClassVar[Text] = _("The neighbourhood council decided: %(for_count)s for, %(against_count)s against.")

    decision_kind: str
    decided_on: str
    for_count: int
    against_count: int
    recused_count: int
    about: list[str]
    """Ids of the things it is about."""
