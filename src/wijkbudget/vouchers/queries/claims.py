# SPDX-License-Identifier: EUPL-1.2
"""Answers about claims, each reader what is theirs to see."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.payments import queries as payments
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import PayoutView
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import access
from wijkbudget.vouchers.models import Claim, Voucher
from wijkbudget.vouchers.queries import rows
from wijkbudget.vouchers.receipts import RECEIPTS
from wijkbudget.vouchers.rules import OPEN, ClaimNotFound, ClaimState, CostKind
from wijkbudget.vouchers.schemas import ClaimDetails, ClaimView, ReceiptView


class _Mine(NamedTuple):
    """What whoever asks may do with a claim, as long as its state allows it."""

    to_decide: bool
    to_change: bool


@question(access.READ)
def claims(look: Look, place: str, voucher_id: UUID) -> list[ClaimView]:
    """Return the claims on a voucher, the oldest first. Raises VoucherNotFound."""
    voucher = rows.voucher_row(look, place, voucher_id)
    on_it = select(Claim).where(col(Claim.place) == place, col(Claim.voucher_id) == voucher_id)
    found = look.session.exec(on_it.order_by(col(Claim.filed_at), col(Claim.id))).all()
    return _views(look, found, voucher)


@question(access.READ)
def claim_view(look: Look, place: str, claim_id: UUID) -> ClaimView:
    """Return one claim. Raises ClaimNotFound."""
    row = rows.claim_row(look, place, claim_id)
    return _views(look, [row], rows.voucher_row(look, place, row.voucher_id))[0]


@question(access.DETAILS)
def receipt(look: Look, place: str, claim_id: UUID) -> ReceiptView:
    """Return the receipt of a claim. Raises ClaimNotFound or NotYours."""
    row = rows.claim_row(look, place, claim_id)
    look.demand_own(rows.holders_of(look, row.voucher_id))
    content = look.files.read(row.receipt_sha256)
    if content is None:
        raise ClaimNotFound(_("The receipt of this claim is not here any more."))
    kind = RECEIPTS[row.receipt_kind]
    name = f"{row.bought_on.isoformat()}-{row.receipt_sha256[:8]}.{kind.key}"
    return ReceiptView(name=name, media_type=kind.media_type, content=content)


def _views(look: Look, found: Collection[Claim], voucher: Voucher) -> list[ClaimView]:
    """Return claims on one voucher as whoever asks may see them."""
    me, holders = look.actor.id, rows.holders_of(look, voucher.id)
    sees, claims_it = rows.sees_details(look, holders), access.CLAIM.allows(look.roles) and me in holders
    decides = access.DECIDE.allows(look.roles) and me not in rows.interested_in(look, voucher)
    approvers = {row.id: rows.approvers_of(look, row) for row in found}
    people = {person for row in found for person in (row.claimant, *approvers[row.id])}
    names = identity.names(look, people) if sees else {}
    payouts = payments.payout_about(look, voucher.place, [str(row.id) for row in found])
    return [
        _view(
            row,
            payouts.get(str(row.id)),
            approval_count=len(approvers[row.id]),
            details=_details(row, approvers[row.id], names) if sees else None,
            mine=_Mine(to_decide=decides and me not in approvers[row.id], to_change=claims_it),
        )
        for row in found
    ]


def _view(
    row: Claim,
    payout: PayoutView | None,
    *,
    approval_count: int,
    details: ClaimDetails | None,
    mine: _Mine,
) -> ClaimView:
    state = rows.state_of(row, payout)
    is_frozen = payout is not None and payout.state is not PayoutState.ORDERED
    return ClaimView(
        id=row.id,
        voucher_id=row.voucher_id,
        state=state,
        amount_cents=row.amount_cents,
        category=CostKind(row.category),
        bought_on=row.bought_on,
        filed_on=day_of(row.filed_at),
        paid_on=day_of(payout.paid_at) if payout and payout.paid_at else None,
        approval_count=approval_count,
        approvals_needed=row.approvals_needed,
        receipt_sha256=row.receipt_sha256,
        turn=row.turn,
        sent_back=payout.sent_back if payout else None,
        details=details,
        may_change_account=mine.to_change and state in OPEN and not is_frozen,
        may_decide=mine.to_decide and state is ClaimState.FILED,
    )


def _details(row: Claim, approvers: list[str], names: dict[str, str]) -> ClaimDetails:
    return ClaimDetails(
        claimant=names.get(row.claimant, ""),
        supplier=row.supplier,
        number=row.number,
        payee=row.payee,
        iban=row.iban,
        approvers=[names[person] for person in approvers if person in names],
        reason=row.reason,
    )
