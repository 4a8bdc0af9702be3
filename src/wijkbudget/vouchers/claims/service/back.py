# SPDX-License-Identifier: EUPL-1.2
"""Books what comes back of an advance that was not used, and claims back what does not."""

from uuid import UUID

from sqlmodel import col, update

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.payments import queries as payments
from wijkbudget.payments.contributions import service as contributions
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, holders
from wijkbudget.vouchers import rules as vouchers
from wijkbudget.vouchers.claims import advances, queries
from wijkbudget.vouchers.claims.events import AdvancePaidBack, AdvanceReclaimed
from wijkbudget.vouchers.claims.models import Claim
from wijkbudget.vouchers.claims.queries import rows
from wijkbudget.vouchers.claims.schemas import BookBack, ClaimView
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.rules import VoucherState


@verb(access.TAKE_BACK, once=True)
def book_back(work: Work, place: str, claim_id: UUID, command: BookBack) -> ClaimView:
    """Say that a part of an advance came back; it is free on its voucher again, or in the pot if that ended.

    Source: Awb art. 4:57 (what was paid too much is owed back); invariant VC12.
    Raises ClaimNotFound, OwnMoney, MoreThanOwed or AdvanceChanged.
    """
    row = rows.claim_row(work, place, claim_id)
    voucher = holders.voucher_row(work, place, row.voucher_id)
    vouchers.demand_other_eyes(work.actor.id, holders.interested_in(work, voucher))
    payout = payments.payout_about(work, place, [str(row.id)]).get(str(row.id))
    open_cents = rows.owed_cents(row, payout)
    advances.demand_owed(command.amount_cents, open_cents)
    _write_off(work, row, command.amount_cents)
    _free(work, voucher, row, command)
    work.record(
        AdvancePaidBack(
            place=place,
            subject=str(claim_id),
            voucher_id=str(voucher.id),
            amount_cents=command.amount_cents,
            open_cents=open_cents - command.amount_cents,
        )
    )
    return queries.claim_view(work, place, claim_id)


def reclaim(work: Work, voucher: Voucher) -> None:
    """Claim back what is open of an advance, for the settlement that decides so; from then on the voucher owes it.

    Source: Awb art. 4:57. Choice: one debt for a voucher, so that the group pays once and by one letter.
    """
    row = rows.open_advance(work, voucher)
    if row is None:
        return
    open_cents = rows.advanced_cents(row)
    reclaimed = col(Claim.amount_cents) - col(Claim.accounted_cents) - col(Claim.paid_back_cents)
    same = col(Claim.id) == row.id, reclaimed == open_cents, col(Claim.reclaimed_cents) == 0
    if work.session.exec(update(Claim).where(*same).values(reclaimed_cents=reclaimed)).rowcount != 1:
        raise advances.AdvanceChanged(_("Something else was counted against this advance just now. Send it once more."))
    work.session.refresh(row)
    facts = {"place": row.place, "subject": str(row.id), "voucher_id": str(voucher.id)}
    work.record(AdvanceReclaimed(**facts, amount_cents=open_cents))


def _write_off(work: Work, row: Claim, amount_cents: int) -> None:
    """Take an amount off what is owed, in one step that the database decides. Raises AdvanceChanged."""
    back = col(Claim.paid_back_cents) + amount_cents
    fits = col(Claim.id) == row.id, back + col(Claim.accounted_cents) <= col(Claim.amount_cents)
    if work.session.exec(update(Claim).where(*fits).values(paid_back_cents=back)).rowcount != 1:
        raise advances.AdvanceChanged(_("Something else was counted against this advance just now. Send it once more."))
    work.session.refresh(row)


def _free(work: Work, voucher: Voucher, row: Claim, command: BookBack) -> None:
    """Move what came back to the voucher, or to the pot. Raises AdvanceChanged."""
    names = voucher.place, voucher.year
    has_ended = VoucherState(voucher.state) in vouchers.ENDED
    target = chart.pot(*names, voucher.theme) if has_ended else chart.voucher(*names, voucher.id, voucher.theme)
    freed = {"claimed_cents": col(Voucher.claimed_cents) - command.amount_cents}
    if has_ended:
        freed["returned_cents"] = col(Voucher.returned_cents) + command.amount_cents
    same = update(Voucher).where(col(Voucher.id) == voucher.id, col(Voucher.state) == voucher.state)
    if work.session.exec(same.values(**freed)).rowcount != 1:
        raise advances.AdvanceChanged(_("Something else was counted against this advance just now. Send it once more."))
    transfer = Transfer(
        source=chart.unused(*names, voucher.id, voucher.theme),
        target=target,
        amount=command.amount_cents,
        reference=advances.back_reference(row.id, row.paid_back_cents),
    )
    if has_ended:
        work.session.refresh(voucher)
        contributions.bring_rest(work, voucher.place, voucher.about, transfer, holders.kept_cents(voucher))
    else:
        ledger.post(work, voucher.place, transfer)
