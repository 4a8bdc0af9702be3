# SPDX-License-Identifier: EUPL-1.2
"""Which payments can be undone, by whom, and what has to come back of one that went out.

Source: Burgerlijk Wetboek 6:203 (who paid without owing it can claim it back). Choice: a payment is undone whole, so
that what is paid stays what was approved; a claim that was too high is refused then, and filed anew. What went out by
mistake the municipality bears until it is back, and not the neighbourhood.
"""

from collections.abc import Collection
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.ledger.flows import Flow
from wijkbudget.payments.rules import PayoutState

MISTAKEN = Flow(
    happens="a payment is undone that did go out: what the receiver has to pay back to the municipality",
    by=("payments.reverse",),
    source="external:municipality",
    target="external:mistaken",
    reference="payout:<id>:mistaken:<attempt>",
)
RECOVERED = Flow(
    happens="a receiver pays that back; the number is all that came back until then",
    by=("payments.recover", "payments.receive"),
    source="external:mistaken",
    target="external:municipality",
    reference="payout:<id>:recovered:<attempt>:<cents>",
)


class Mistake(StrEnum):
    """What went wrong with a payment that stands in the books."""

    NEVER_PAID = "never_paid"
    """It was booked, and nothing went out to this receiver."""
    PAID_WRONGLY = "paid_wrongly"
    """It went out and should not have, so it has to come back."""


class NotPaid(WrongState):
    """Nothing was paid, so nothing can be undone."""


class PaidIt(NotAllowed):
    """Whoever asked for a payment, approved it or paid it does not undo it."""


class BankSaysPaid(RuleBroken):
    """A statement of the bank says that it was paid."""


class ReversalNotFound(NotFound):
    """No payment that was undone, with this number."""


class MoreThanWentOut(BadInput):
    """More comes back than went out by mistake."""


def demand_paid(state: PayoutState) -> None:
    """Do nothing if a payout was paid. Raises NotPaid."""
    if state is not PayoutState.PAID:
        raise NotPaid(_("This is not paid, so there is nothing to undo."))


def demand_another(reverser: str, hands: Collection[str | None]) -> None:
    """Do nothing if somebody had no hand in a payment. Raises PaidIt.

    Source: OWASP ASVS 5.0, 2.3.5 (approval by more than one person). Choice: money that waits again can be paid again,
    so who undoes a payment is as far from it as who makes one.
    """
    if reverser in hands:
        raise PaidIt(_("You asked for this money, approved it or paid it, so somebody else must undo the payment."))


def demand_bank_silent(mistake: Mistake, *, is_on_statement: bool) -> None:
    """Do nothing unless a payment that the bank reported is said never to have gone out. Raises BankSaysPaid."""
    if mistake is Mistake.NEVER_PAID and is_on_statement:
        sentence = _("The bank's statement says that this was paid. Choose that it went out and must come back.")
        raise BankSaysPaid(sentence)


def more_than_went_out(open_cents: int) -> MoreThanWentOut:
    """Return the refusal of money that comes back and did not go out."""
    sentence = _(
        "Of this payment %(open_cents)s still has to come back. Book that much or less.", open_cents=open_cents
    )
    return MoreThanWentOut(sentence, fields={"amount_cents": sentence})
