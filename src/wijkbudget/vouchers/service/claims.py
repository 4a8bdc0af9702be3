# SPDX-License-Identifier: EUPL-1.2
"""Files, approves and refuses claims."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select, update

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import service as payments
from wijkbudget.payments.rules import read_iban
from wijkbudget.payments.schemas import OrderPayout
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, queries, receipts, rules
from wijkbudget.vouchers.events import ClaimApproved, ClaimFiled, ClaimRefused
from wijkbudget.vouchers.models import Approval, Claim, Voucher
from wijkbudget.vouchers.queries import rows
from wijkbudget.vouchers.rules import ClaimState, MoreThanLeft, ReceiptUsed, VoucherState
from wijkbudget.vouchers.schemas import ClaimView, FileClaim, RefuseClaim


@verb(access.CLAIM, once=True)
def claim(work: Work, place: str, voucher_id: UUID, command: FileClaim) -> ClaimView:
    """Ask for money with a receipt.

    Raises VoucherNotFound, NotYours, WrongState, VoucherOver, CostExcluded, DayToCome, BoughtTooEarly, IbanUnreadable,
    ReceiptUnreadable, ReceiptUsed or MoreThanLeft.
    """
    voucher = rows.voucher_row(work, place, voucher_id)
    work.demand_own(rows.holders_of(work, voucher_id))
    section = neighbourhoods.policy(work, place, voucher.issued_on).rules.vouchers
    rules.demand_claimable(VoucherState(voucher.state), voucher.valid_until, work.today, section.article)
    rules.demand_payable_cost(command.category, section.excluded_costs, section.article)
    rules.demand_bought_in_time(command.bought_on, voucher.issued_on, work.today, section.article)
    file = receipts.read(rules.read_base64(command.receipt))
    needed = rules.approvals_needed(command.amount_cents, section.two_approvals_over_cents)
    row = _filed(work, voucher, command, file, needed)
    _demand_unused(work, row)
    _take(work, voucher, command.amount_cents, section.article)
    work.session.add(row)
    work.session.flush()
    work.files.put(file.content)
    work.record(
        ClaimFiled(
            place=place,
            subject=str(row.id),
            voucher_id=str(voucher_id),
            amount_cents=command.amount_cents,
            category=command.category,
            receipt_sha256=file.sha256,
        )
    )
    return queries.claim_view(work, place, row.id)


@verb(access.DECIDE, once=True)
def approve(work: Work, place: str, claim_id: UUID) -> ClaimView:
    """Approve a claim of others; the last approval that is needed orders the payment.

    Raises ClaimNotFound, WrongState, OwnMoney or ApprovedBefore.
    """
    row = rows.claim_row(work, place, claim_id)
    voucher, approvers = rows.voucher_row(work, place, row.voucher_id), rows.approvers_of(work, claim_id)
    interested = rows.interested_in(work, voucher)
    rules.demand_filed(ClaimState(row.state))
    rules.demand_other_eyes(work.actor.id, interested)
    rules.demand_first_time(work.actor.id, approvers)
    approvers = [*approvers, work.actor.id]
    approval = Approval(claim_id=claim_id, ordinal=len(approvers), approver=work.actor.id, at=work.now)
    work.session.add(approval)
    work.session.flush()
    work.record(
        ClaimApproved(
            place=place,
            subject=str(claim_id),
            voucher_id=str(row.voucher_id),
            approvals=len(approvers),
            needed=row.approvals_needed,
        )
    )
    if len(approvers) == row.approvals_needed:
        _decide(work, row, state=ClaimState.APPROVED)
        _order(work, row, voucher, {*interested, *approvers})
    return queries.claim_view(work, place, claim_id)


@verb(access.DECIDE)
def refuse_claim(work: Work, place: str, claim_id: UUID, command: RefuseClaim) -> ClaimView:
    """Refuse a claim of others with a reason; its amount is free again, and its receipt too.

    Raises ClaimNotFound, WrongState or OwnMoney.
    """
    row = rows.claim_row(work, place, claim_id)
    rules.demand_filed(ClaimState(row.state))
    rules.demand_other_eyes(work.actor.id, rows.interested_in(work, rows.voucher_row(work, place, row.voucher_id)))
    _decide(work, row, state=ClaimState.REFUSED, reason=command.reason, refused_by=work.actor.id)
    freed = col(Voucher.claimed_cents) - row.amount_cents
    work.session.exec(update(Voucher).where(col(Voucher.id) == row.voucher_id).values(claimed_cents=freed))
    work.record(
        ClaimRefused(place=place, subject=str(claim_id), voucher_id=str(row.voucher_id), amount_cents=row.amount_cents)
    )
    return queries.claim_view(work, place, claim_id)


def _filed(work: Work, voucher: Voucher, command: FileClaim, file: receipts.ReceiptFile, needed: int) -> Claim:
    """Return the row of a new claim. Raises IbanUnreadable."""
    return Claim(
        id=work.new_id(),
        place=voucher.place,
        voucher_id=voucher.id,
        claimant=work.actor.id,
        filed_at=work.now,
        amount_cents=command.amount_cents,
        category=command.category,
        supplier=command.supplier,
        number=command.number,
        bought_on=command.bought_on,
        payee=command.payee,
        iban=read_iban(command.iban),
        approvals_needed=needed,
        receipt_kind=file.kind,
        receipt_sha256=file.sha256,
        receipt_key=rows.receipt_key(work, command.supplier, command.number, command.bought_on, command.amount_cents),
        state=ClaimState.FILED,
    )


def _demand_unused(work: Work, row: Claim) -> None:
    """Raise ReceiptUsed if the same file or the same receipt was claimed anywhere in the municipality.

    Source: invariant VC7; the database keeps both unique. Choice: the receipt of a refused claim can be used again, so
    that a mistake can be mended.
    """
    same = or_(col(Claim.receipt_sha256) == row.receipt_sha256, col(Claim.receipt_key) == row.receipt_key)
    if work.session.exec(select(Claim.id).where(same, col(Claim.state) != ClaimState.REFUSED)).first() is not None:
        raise ReceiptUsed(_("This receipt was used before. Each receipt counts once."))


def _take(work: Work, voucher: Voucher, amount_cents: int, article: str) -> None:
    """Set an amount apart for a claim, in one step that the database decides. Raises MoreThanLeft. Source: VC3."""
    claimed = col(Voucher.claimed_cents) + amount_cents
    fits = (
        col(Voucher.id) == voucher.id,
        col(Voucher.state) == VoucherState.ACTIVE,
        claimed + col(Voucher.returned_cents) <= col(Voucher.value_cents),
    )
    if work.session.exec(update(Voucher).where(*fits).values(claimed_cents=claimed)).rowcount != 1:
        left_cents = voucher.value_cents - voucher.claimed_cents - voucher.returned_cents
        sentence = _("There is %(left_cents)s left on this voucher. Ask for that much or less.", left_cents=left_cents)
        raise MoreThanLeft(sentence, article=article)


def _decide(work: Work, row: Claim, **values: Any) -> None:
    """Bring a claim out of the state in which it waits. Raises WrongState if somebody else just did."""
    waiting = update(Claim).where(col(Claim.id) == row.id, col(Claim.state) == ClaimState.FILED)
    if work.session.exec(waiting.values(**values)).rowcount != 1:
        rules.demand_filed(ClaimState.APPROVED)


def _order(work: Work, row: Claim, voucher: Voucher, parties: Collection[str]) -> None:
    """Order the payment of a claim that enough people approved."""
    command = OrderPayout(
        year=voucher.year,
        about=str(row.id),
        title=voucher.title,
        amount_cents=row.amount_cents,
        payee=row.payee,
        iban=row.iban,
        source=chart.voucher(row.place, voucher.year, voucher.id),
        target=chart.paid(row.place, voucher.year, voucher.id),
        parties=sorted(parties),
    )
    payments.order(work, row.place, command)
