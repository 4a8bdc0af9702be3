# SPDX-License-Identifier: EUPL-1.2
"""What can happen before a bid is decided; the subject is the bid."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class ProcurementAssessed(Event):
    """An official looked at procurement and state aid."""

    sentence: ClassVar[Text] = _("An official looked at procurement and state aid for a bid.")

    number: int


@dataclass(frozen=True, kw_only=True)
class AidDeclared(Event):
    """A group said which small aid it received; how much is not for everybody."""

    sentence: ClassVar[Text] = _("A group said which aid it received.")

    number: int


@dataclass(frozen=True, kw_only=True)
class AdviceGiven(Event):
    """The council advised about a bid."""

    sentence: ClassVar[Text] = _("The neighbourhood council gave advice about a bid.")

    decision_id: str
    stance: str
