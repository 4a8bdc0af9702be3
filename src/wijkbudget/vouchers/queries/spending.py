# SPDX-License-Identifier: EUPL-1.2
"""Says which plan a voucher in the books is for; never whose it is."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.trail.work import Look
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.rules import PlanKind
from wijkbudget.vouchers.schemas import PlanView


def plans(look: Look, place: str, voucher_ids: Collection[UUID]) -> dict[UUID, PlanView]:
    """Return the plan that each of these vouchers is for."""
    rows = select(Voucher.id, Voucher.plan_kind, Voucher.about, Voucher.title)
    found = look.session.exec(rows.where(col(Voucher.place) == place, col(Voucher.id).in_(voucher_ids))).all()
    return {
        voucher_id: PlanView(kind=PlanKind(kind), about=about, title=title) for voucher_id, kind, about, title in found
    }
