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
class PayoutPaid(Event):
    """The money went out; the subject is the payout."""

    sentence: ClassVar[Text] = _("A payment of %(amount_cents)s was made.")

    about: str
    amount_cents: int
