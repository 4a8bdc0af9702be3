# SPDX-License-Identifier: EUPL-1.2
"""Answers what the house must ask a payment provider."""

from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.payments import access
from wijkbudget.payments.contributions.models import GiftCollection
from wijkbudget.payments.contributions.queries import rows
from wijkbudget.payments.contributions.rules import ContributionState, RefundState
from wijkbudget.trail.work import Look, question


class GiftToPay(View):
    """A gift for which a pay page must be opened."""

    title: str
    amount_cents: int
    code: str


class GiftToRefund(View):
    """Money that must go back."""

    contribution_id: UUID
    payment_id: str
    amount_cents: int


@question(access.PERFORM, municipal=True)
def to_pay(look: Look, contribution_id: UUID) -> GiftToPay | None:
    """Return a gift that waits for its pay page; None if it does no longer. Raises ContributionNotFound."""
    row = rows.contribution_row(look, contribution_id)
    if row.state != ContributionState.OPENED or row.checkout_url:
        return None
    title = look.session.get_one(GiftCollection, row.collection_id).title
    return GiftToPay(title=title, amount_cents=row.amount_cents, code=rows.code_of(look, row.id))


@question(access.PERFORM, municipal=True)
def to_refund(look: Look, refund_id: UUID) -> GiftToRefund | None:
    """Return a refund that the provider must make; None if it did, or cannot. Raises RefundNotFound."""
    refund = rows.refund_row(look, refund_id)
    row = rows.contribution_row(look, refund.contribution_id)
    if refund.state != RefundState.ORDERED or row.payment_id is None:
        return None
    return GiftToRefund(contribution_id=row.id, payment_id=row.payment_id, amount_cents=refund.amount_cents)
