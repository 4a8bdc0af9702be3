# SPDX-License-Identifier: EUPL-1.2
"""Every posting of one year's money, with the plan and the receipt it was for."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.kit.period import day_of
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger.chart import PARTS, Pot, read_address
from wijkbudget.ledger.queries import TransferView
from wijkbudget.trail import queries as trail
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.claims import queries as claims
from wijkbudget.vouchers.claims.rules import CostKind
from wijkbudget.vouchers.claims.schemas import PurchaseView
from wijkbudget.vouchers.rules import PlanKind
from wijkbudget.vouchers.schemas import PlanView


class SpendingRow(View):
    """One transfer; as on the pages, whom it was paid to is left out, since that may be a person."""

    booked_on: date
    place: str
    year: int
    source: str
    target: str
    amount_cents: int
    amount_euros: Decimal
    initiative_id: str | None
    initiative: str | None
    challenge_id: str | None
    """The bid on a task of the municipality, where the money is for one."""
    voucher_id: UUID | None
    claim_id: UUID | None
    cost_kind: CostKind | None
    receipt_sha256: str | None
    reference: str
    entry_id: UUID | None
    """The entry of the public record that says so; None until it is sealed."""


class _Behind(NamedTuple):
    """What stands behind a transfer, outside the books."""

    voucher_id: UUID | None
    plan: PlanView | None
    purchase: PurchaseView | None
    entry_id: UUID | None


class _Spending:
    key = "spending"
    row: type[View] = SpendingRow
    of_a_year = True

    def rows(self, look: Look, place: str, year: int | None) -> Iterator[SpendingRow]:
        """Yield the transfers in and out of a year's pot, oldest first."""
        assert year is not None
        prefixes = [f"{kind}:{Pot(place, year).address}" for kind in PARTS]
        for some in ledger.postings(look, place, prefixes):
            for one, behind in zip(some, _behind(look, place, some), strict=True):
                yield _row(place, year, one, behind)


def _behind(look: Look, place: str, some: list[TransferView]) -> Iterator[_Behind]:
    """Yield what stands behind each of these transfers."""
    references = [one.reference for one in some]
    about = trail.entries_about(look, place, references)
    entries = {entry.subject: entry.id for entry in about if entry.position is not None}
    purchases = claims.purchases(look, place, references)
    ids = [_voucher_of(one) for one in some]
    plans = vouchers.plans(look, place, {voucher_id for voucher_id in ids if voucher_id})
    for reference, voucher_id in zip(references, ids, strict=True):
        plan = plans.get(voucher_id) if voucher_id else None
        yield _Behind(voucher_id, plan, purchases.get(reference), entries.get(reference))


def _voucher_of(one: TransferView) -> UUID | None:
    """Return the voucher that money went into or out of, if any."""
    addresses = [read_address(side) for side in (one.target, one.source)]
    return next((address.about for address in addresses if address and address.about), None)


def _row(place: str, year: int, one: TransferView, behind: _Behind) -> SpendingRow:
    plan, purchase = behind.plan, behind.purchase
    initiative = plan if plan and plan.kind is PlanKind.INITIATIVE else None
    return SpendingRow(
        booked_on=day_of(one.at),
        place=place,
        year=year,
        source=one.source,
        target=one.target,
        amount_cents=one.amount,
        amount_euros=Decimal(one.amount).scaleb(-2),
        initiative_id=initiative.about if initiative else None,
        initiative=initiative.title if initiative else None,
        challenge_id=plan.about if plan and plan.kind is PlanKind.CHALLENGE else None,
        voucher_id=behind.voucher_id,
        claim_id=purchase.claim_id if purchase else None,
        cost_kind=purchase.category if purchase else None,
        receipt_sha256=purchase.receipt_sha256 if purchase else None,
        reference=one.reference,
        entry_id=behind.entry_id,
    )


SPENDING = _Spending()
