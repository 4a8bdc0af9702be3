# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a deposit."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class DepositNoted(Event):
    """A provider said that it sent money to our bank, or that this failed; the subject is the deposit."""

    sentence: ClassVar[Text] = _("The payment provider sent %(amount_cents)s to the bank.")

    amount_cents: int
    state: str


@dataclass(frozen=True, kw_only=True)
class DepositPartsNoted(Event):
    """The provider said what a deposit is made of; the subject is the deposit."""

    sentence: ClassVar[Text] = _("A deposit of the payment provider has %(count)s parts; the costs are %(fee_cents)s.")

    count: int
    fee_cents: int


@dataclass(frozen=True, kw_only=True)
class DepositArrived(Event):
    """A statement of the bank shows a deposit; the subject is the deposit."""

    sentence: ClassVar[Text] = _("A deposit of %(amount_cents)s arrived at the bank.")

    amount_cents: int
