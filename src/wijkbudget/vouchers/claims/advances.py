# SPDX-License-Identifier: EUPL-1.2
"""What is paid in advance, what accounts for it, and what comes back.

Source: Awb art. 4:95 (advances), 4:45 (accounting) and 4:57 (what was paid too much is owed back).
"""

from datetime import date

from wijkbudget.kit.errors import Conflict, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.ledger.flows import Flow
from wijkbudget.vouchers.claims.rules import MoreThanLeft

BACK = Flow(
    happens="a group pays back what it did not use of an advance",
    by=("vouchers.book_back",),
    source="external:unused",
    target="voucher",
    reference="claim:<id>:back:<cents>",
)
BACK_LATE = Flow(
    happens="the same, when its voucher has ended",
    by=("vouchers.book_back",),
    source="external:unused",
    target="pot",
    reference="claim:<id>:back:<cents>",
)


class NoAdvances(RuleBroken):
    """The policy pays nothing in advance."""


class AdvanceTooHigh(RuleBroken):
    """The advance is a larger part of the voucher than the policy says."""


class AdvanceOpen(RuleBroken):
    """An earlier advance was not accounted for yet."""


class AdvanceOverdue(RuleBroken):
    """The day before which an advance must be accounted for has passed."""


class AdvanceChanged(Conflict):
    """Something else was counted against the advance just now."""


class MoreThanOwed(RuleBroken):
    """More would come back than is owed."""


def advance_max_cents(value_cents: int, percent: int) -> int:
    """Return the most that can be asked in advance; a part of a cent is not paid."""
    return value_cents * percent // 100


def demand_advance(amount_cents: int, value_cents: int, percent: int, article: str) -> None:
    """Do nothing if an advance is a small enough part of its voucher. Raises AdvanceTooHigh.

    Source: Awb art. 4:95; Amersfoort Liendert (at most half in advance). Choice: the policy says which part.
    """
    most_cents = advance_max_cents(value_cents, percent)
    if amount_cents > most_cents:
        sentence = _(
            "An advance is at most %(percent)s percent of the voucher: %(most_cents)s. Ask for that much or less.",
            percent=percent,
            most_cents=most_cents,
        )
        raise AdvanceTooHigh(sentence, article=article)


def demand_no_advance(is_open: bool, article: str) -> None:  # noqa: FBT001 - the one thing it is told
    """Raise AdvanceOpen if an earlier advance on the voucher was not accounted for.

    Choice: one at a time, so that everybody sees which receipts belong to it.
    """
    if is_open:
        sentence = _("First send the receipts of the advance you have, or pay back what is left of it.")
        raise AdvanceOpen(sentence, article=article)


def covered_cents(amount_cents: int, open_cents: int) -> int:
    """Return how much of a receipt an advance covers; only the rest is paid. Source: invariant VC3."""
    return min(amount_cents, open_cents)


def demand_within_advance(amount_cents: int, open_cents: int, article: str) -> None:
    """Do nothing if a receipt that comes after the last day is within its advance. Raises MoreThanLeft.

    Choice: what was advanced can be accounted for after the voucher ended; nothing more is paid then.
    """
    if amount_cents > open_cents:
        sentence = _(
            "The last day of this voucher has passed. You can still account for %(open_cents)s of your advance.",
            open_cents=open_cents,
        )
        raise MoreThanLeft(sentence, article=article)


def demand_in_time(owed_cents: int, due_on: date, today: date, article: str) -> None:
    """Do nothing if an advance has time yet. Raises AdvanceOverdue. Source: Awb art. 4:45; the policy says the term."""
    if owed_cents and today > due_on:
        sentence = _(
            "An advance of your group had to be accounted for on %(due_on)s: %(owed_cents)s is open."
            " Send the receipts or pay it back. Then you can ask again.",
            due_on=due_on,
            owed_cents=owed_cents,
        )
        raise AdvanceOverdue(sentence, article=article)


def demand_uncounted(accounted_cents: int) -> None:
    """Raise AdvanceOpen if receipts were counted against an advance, which then cannot be refused any more."""
    if accounted_cents:
        raise AdvanceOpen(_("Receipts were counted against this advance already, so it cannot be refused."))


def demand_owed(amount_cents: int, owed_cents: int) -> None:
    """Do nothing if no more comes back than is owed. Raises MoreThanOwed."""
    if amount_cents > owed_cents:
        sentence = _("Of this advance %(owed_cents)s is open. More than that cannot come back.", owed_cents=owed_cents)
        raise MoreThanOwed(sentence)


def back_reference(claim_id: object, paid_back_cents: int) -> str:
    """Return the one reference under which a part of an advance comes back, by all that came back until then."""
    return BACK.reference_of(claim_id, paid_back_cents)
