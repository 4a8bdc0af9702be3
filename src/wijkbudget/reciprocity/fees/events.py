# SPDX-License-Identifier: EUPL-1.2
"""What can happen to fees; the public part never says whose, how much or when."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class FeeReceived(Event):
    """Somebody receives something for their time; the subject is the fee."""

    sentence: ClassVar[Text] = _("Somebody receives something for their time.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "amount_cents", "received_on"})

    person_id: str
    amount_cents: int
    received_on: str
    form: str
    source: str


@dataclass(frozen=True, kw_only=True)
class FeeTakenOff(Event):
    """What counted as received counts no longer; the subject is the fee."""

    sentence: ClassVar[Text] = _("What somebody received for their time counts no longer.")
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "amount_cents"})

    person_id: str
    amount_cents: int
