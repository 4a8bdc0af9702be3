# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a payout."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class PayoutOrdered(Event):
    """Money may now go out; the subject is the payout."""

    sentence: ClassVar[Text] = _("A payment of %(amount_cents)s was ordered.")

    about: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class PayoutWithdrawn(Event):
    """A payout will not be paid as it was ordered; the subject is the payout."""

    sentence: ClassVar[Text] = _("A payment of %(amount_cents)s was withdrawn.")

    about: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class PayoutSentBack(Event):
    """The bank did not pay, or sent the money back, so it waits for the cashier again; the subject is the payout."""

    sentence: ClassVar[Text] = _("The bank sent back a payment of %(amount_cents)s.")

    about: str
    amount_cents: int
    reason: str
    """The code of the bank."""


@dataclass(frozen=True, kw_only=True)
class PayoutPaid(Event):
    """The money went out; the subject is the payout."""

    sentence: ClassVar[Text] = _("A payment of %(amount_cents)s was made.")

    about: str
    amount_cents: int
