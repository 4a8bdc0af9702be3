# SPDX-License-Identifier: EUPL-1.2
"""What a payout is, which account numbers can be paid, and who may pay."""

import re
from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from stdnum import iban
from stdnum.exceptions import ValidationError

from wijkbudget.kit.errors import BadInput, NotAllowed, NotFound
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _

_PAID = re.compile(r"payout:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):paid")


class PayoutState(StrEnum):
    """How far a payout is; it only moves forward."""

    ORDERED = "ordered"
    PAID = "paid"


class IbanUnreadable(BadInput):
    """The account number is no IBAN."""


class PayoutNotFound(NotFound):
    """No payout with this id in this neighbourhood."""


class HadAHandInIt(NotAllowed):
    """Whoever asked for the money or approved it does not pay it."""


class AlreadyPaid(WrongState):
    """The payout was paid before."""


def read_iban(typed: str) -> str:
    """Return an IBAN without spaces, in capitals. Raises IbanUnreadable.

    Source: ISO 13616, the check digits and the length of each country.
    """
    try:
        return str(iban.validate(typed))
    except ValidationError:
        sentence = _("This account number (IBAN) is not right. Look at it once more.")
        raise IbanUnreadable(sentence, fields={"iban": sentence}) from None


def demand_may_pay(payer: str, parties: Collection[str]) -> None:
    """Raise HadAHandInIt if the payer asked for this money or approved it.

    Source: OWASP ASVS 5.0, 2.3.5 (approval by more than one person). Choice: the payer is a third.
    """
    if payer in parties:
        raise HadAHandInIt(_("You asked for this money or approved it, so somebody else must pay it."))


def paid_reference(payout_id: object) -> str:
    """Return the one reference under which a payout stands in the ledger."""
    return f"payout:{payout_id}:paid"


def paid_under(reference: str) -> UUID | None:
    """Return the payout that stands in the ledger under a reference, or None if it is not of a payout."""
    found = _PAID.fullmatch(reference)
    return UUID(found[1]) if found else None
