# SPDX-License-Identifier: EUPL-1.2
"""What a payout is, which account numbers can be paid, and who may pay."""

import re
from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from wijkbudget.kit.errors import BadInput, NotAllowed, NotFound
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.ledger.flows import Flow

_PAID = re.compile(r"payout:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):paid(?::[0-9]+)?")
_BETWEEN = re.compile(r"[\s.-]+")


_PAY = ("payments.pay", "payments.receive")
PAY = Flow(
    happens="the cashier pays what was approved, or a statement of the bank says it was paid",
    by=_PAY,
    source="voucher",
    target="external:paid",
    reference="payout:<id>:paid",
)
PAY_AGAIN = Flow(
    happens="the same, after the bank sent it back or a mistake was undone",
    by=_PAY,
    source="voucher",
    target="external:paid",
    reference="payout:<id>:paid:<attempt>",
)
PAY_OWED = Flow(
    happens="shares that were handed back are paid",
    by=_PAY,
    source="owed",
    target="external:paid",
    reference="payout:<id>:paid",
)
PAY_OWED_AGAIN = Flow(
    happens="the same, after the bank sent it back or a mistake was undone",
    by=_PAY,
    source="owed",
    target="external:paid",
    reference="payout:<id>:paid:<attempt>",
)
PAY_REWARD = Flow(
    happens="what somebody chose as a reward is paid to whoever gave it",
    by=_PAY,
    source="reward",
    target="external:paid",
    reference="payout:<id>:paid",
)
PAY_REWARD_AGAIN = Flow(
    happens="the same, after the bank sent it back or a mistake was undone",
    by=_PAY,
    source="reward",
    target="external:paid",
    reference="payout:<id>:paid:<attempt>",
)


class PayoutState(StrEnum):
    """How far a payout is."""

    ORDERED = "ordered"
    """It waits for the cashier; the bank may have sent it back."""
    BATCHED = "batched"
    """It stands in a batch for the bank, and changes only with that."""
    PAID = "paid"
    """The bank paid."""
    WITHDRAWN = "withdrawn"
    """It will not be paid: its account number was changed, or what it was for is refused after all."""


class IbanUnreadable(BadInput):
    """The account number is no IBAN."""


class PayoutNotFound(NotFound):
    """No payout with this id in this neighbourhood."""


class HadAHandInIt(NotAllowed):
    """Whoever asked for the money or approved it does not pay it."""


class AlreadyPaid(WrongState):
    """The payout was paid before."""


class InABatch(WrongState):
    """The payout stands in a batch for the bank, so nothing else can be done with it."""


class PayoutOver(WrongState):
    """The payout was withdrawn."""


def read_iban(typed: str) -> str:
    """Return an IBAN without spaces, in capitals. Raises IbanUnreadable.

    Source: ISO 13616, the check digits and the length of each country.
    """
    # Here, because reading what is known of all banks takes a moment that no start of the house should wait for.
    from schwifty import IBAN  # noqa: PLC0415 - see above
    from schwifty.exceptions import SchwiftyException  # noqa: PLC0415 - see above

    try:
        return IBAN(_BETWEEN.sub("", typed)).compact
    except SchwiftyException:
        sentence = _("This account number (IBAN) is not right. Look at it once more.")
        raise IbanUnreadable(sentence, fields={"iban": sentence}) from None


def bank_of(iban: str) -> str | None:
    """Return the BIC of the bank that an IBAN belongs to, or None if it is not known."""
    from schwifty import IBAN  # noqa: PLC0415 - as above

    bic = IBAN(iban).bic
    return bic.compact if bic else None


def demand_may_pay(payer: str, parties: Collection[str]) -> None:
    """Raise HadAHandInIt if the payer asked for this money or approved it.

    Source: OWASP ASVS 5.0, 2.3.5 (approval by more than one person). Choice: the payer is a third.
    """
    if payer in parties:
        raise HadAHandInIt(_("You asked for this money or approved it, so somebody else must pay it."))


def demand_waiting(state: PayoutState) -> None:
    """Do nothing while a payout waits for the cashier. Raises AlreadyPaid, InABatch or PayoutOver."""
    if state is PayoutState.PAID:
        raise AlreadyPaid(_("This was paid before."))
    if state is PayoutState.BATCHED:
        raise InABatch(_("This payment is in a batch for the bank, so it cannot be changed or paid now."))
    if state is PayoutState.WITHDRAWN:
        raise PayoutOver(_("This payment was withdrawn, so it is not made."))


def paid_reference(payout_id: object, attempt: int = 1) -> str:
    """Return the one reference under which a payout stands in the ledger; after the bank sent it back, the next."""
    return PAY_AGAIN.reference_of(payout_id, attempt) if attempt > 1 else PAY.reference_of(payout_id)


def paid_under(reference: str) -> UUID | None:
    """Return the payout that stands in the ledger under a reference, or None if it is not of a payout."""
    found = _PAID.fullmatch(reference)
    return UUID(found[1]) if found else None
