# SPDX-License-Identifier: EUPL-1.2
"""Says what a payment in the books went to; never to whom."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.payments import queries as payments
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.claims.models import Claim
from wijkbudget.vouchers.claims.rules import CostKind
from wijkbudget.vouchers.claims.schemas import PurchaseView


def purchases(look: Look, place: str, references: Collection[str]) -> dict[str, PurchaseView]:
    """Return what was paid under each of these references in the ledger that is of a payment."""
    things = payments.things_paid(look, place, references)
    rows = select(Claim.id, Claim.category, Claim.receipt_sha256)
    asked = [UUID(claim_id) for claim_id in things.values()]
    found = look.session.exec(rows.where(col(Claim.place) == place, col(Claim.id).in_(asked))).all()
    made = {
        str(claim_id): PurchaseView(
            claim_id=claim_id, category=CostKind(category) if category else None, receipt_sha256=receipt
        )
        for claim_id, category, receipt in found
    }
    return {reference: made[claim_id] for reference, claim_id in things.items() if claim_id in made}
