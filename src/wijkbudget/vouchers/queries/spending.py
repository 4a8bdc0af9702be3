# SPDX-License-Identifier: EUPL-1.2
"""Says what money in the books went to: the plan of a voucher, and the claim behind a payment; never to whom."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.payments import queries as payments
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.models import Claim, Voucher
from wijkbudget.vouchers.rules import CostKind
from wijkbudget.vouchers.schemas import PlanView, PurchaseView


def plans(look: Look, place: str, voucher_ids: Collection[UUID]) -> dict[UUID, PlanView]:
    """Return the plan that each of these vouchers is for."""
    rows = select(Voucher.id, Voucher.about, Voucher.title)
    found = look.session.exec(rows.where(col(Voucher.place) == place, col(Voucher.id).in_(voucher_ids))).all()
    return {voucher_id: PlanView(about=about, title=title) for voucher_id, about, title in found}


def purchases(look: Look, place: str, references: Collection[str]) -> dict[str, PurchaseView]:
    """Return what was paid under each of these references in the ledger that is of a payment."""
    things = payments.things_paid(look, place, references)
    rows = select(Claim.id, Claim.category, Claim.receipt_sha256)
    asked = [UUID(claim_id) for claim_id in things.values()]
    found = look.session.exec(rows.where(col(Claim.place) == place, col(Claim.id).in_(asked))).all()
    made = {
        str(claim_id): PurchaseView(claim_id=claim_id, category=CostKind(category), receipt_sha256=receipt)
        for claim_id, category, receipt in found
    }
    return {reference: made[claim_id] for reference, claim_id in things.items() if claim_id in made}
