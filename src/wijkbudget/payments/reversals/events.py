# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a payment that was a mistake."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class PaymentReversed(Event):
    """A payment was undone because it was a mistake, so it waits for the cashier again; the subject is the payout."""

    sentence: ClassVar[Text] = _("A payment of %(amount_cents)s was undone: it was a mistake.")

    about: str
    attempt: int
    amount_cents: int
    mistake: str


@dataclass(frozen=True, kw_only=True)
class PaymentRecovered(Event):
    """Money came back that went out by mistake; the subject is the payout."""

    sentence: ClassVar[Text] = _("Of a payment by mistake %(amount_cents)s came back.")

    about: str
    attempt: int
    amount_cents: int
    open_cents: int
    """What still has to come back."""
