# SPDX-License-Identifier: EUPL-1.2
"""Files, approves and refuses claims."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select, update

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import service as payments
from wijkbudget.payments.rules import read_iban
from wijkbudget.payments.schemas import OrderPayout
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, queries, receipts, rules
from wijkbudget.vouchers.events import ClaimAccountChanged, ClaimApproved, ClaimFiled, ClaimRefused
from wijkbudget.vouchers.models import Approval, Claim, Voucher
from wijkbudget.vouchers.queries import rows
from wijkbudget.vouchers.rules import ClaimState, MoreThanLeft, ReceiptUsed, VoucherState
from wijkbudget.vouchers.schemas import ApproveClaim, ChangeAccount, ClaimView, FileClaim, RefuseClaim

AS_FILED = ApproveClaim()
"""An approval of a claim whose account number was never changed."""


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
def approve(work: Work, place: str, claim_id: UUID, command: ApproveClaim = AS_FILED) -> ClaimView:
    """Approve a claim of others; the last approval that is needed orders the payment.

    Raises ClaimNotFound, WrongState, AccountChanged, OwnMoney or ApprovedBefore.
    """
    row = rows.claim_row(work, place, claim_id)
    voucher, approvers = rows.voucher_row(work, place, row.voucher_id), rows.approvers_of(work, row)
    interested = rows.interested_in(work, voucher)
    rules.demand_filed(ClaimState(row.state))
    rules.demand_seen(command.turn, row.turn)
    rules.demand_other_eyes(work.actor.id, interested)
    rules.demand_first_time(work.actor.id, approvers)
    approvers = [*approvers, work.actor.id]
    turn, ordinal = row.turn, len(approvers)
    work.session.add(Approval(claim_id=claim_id, turn=turn, ordinal=ordinal, approver=work.actor.id, at=work.now))
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
        _order(work, row, voucher, interested | rows.approved_before(work, row))
    return queries.claim_view(work, place, claim_id)


@verb(access.CLAIM, once=True)
def change_account(work: Work, place: str, claim_id: UUID, command: ChangeAccount) -> ClaimView:
    """Have an own claim paid to another account; whoever must approve it does so again, before anything is paid.

    Source: invariant VC8 (an IBAN is frozen when the payment is ordered; a change needs a new approval).
    Raises ClaimNotFound, NotYours, WrongState, IbanUnreadable, SameAccount, AlreadyPaid or InABatch.
    """
    row = rows.claim_row(work, place, claim_id)
    work.demand_own(rows.holders_of(work, row.voucher_id))
    rules.demand_not_refused(ClaimState(row.state))
    account = (command.payee, read_iban(command.iban))
    rules.demand_other_account((row.payee, row.iban), account)
    payments.withdraw(work, place, str(claim_id))
    there = update(Claim).where(col(Claim.id) == claim_id, col(Claim.turn) == row.turn, col(Claim.state) == row.state)
    changed = there.values(payee=account[0], iban=account[1], turn=row.turn + 1, state=ClaimState.FILED)
    if work.session.exec(changed).rowcount != 1:
        raise rules.AccountChanged(_("The account number of this claim was changed. Look at it once more."))
    work.session.refresh(row)
    facts = {"place": place, "subject": str(claim_id), "voucher_id": str(row.voucher_id)}
    work.record(ClaimAccountChanged(**facts, turn=row.turn))
    return queries.claim_view(work, place, claim_id)


@verb(access.DECIDE)
def refuse_claim(work: Work, place: str, claim_id: UUID, command: RefuseClaim) -> ClaimView:
    """Refuse a claim of others with a reason; its amount is free again, and its receipt too.

    Raises ClaimNotFound, WrongState or OwnMoney.
    """
    row = rows.claim_row(work, place, claim_id)
    rules.demand_filed(ClaimState(row.state))
    voucher = rows.voucher_row(work, place, row.voucher_id)
    rules.demand_other_eyes(work.actor.id, rows.interested_in(work, voucher))
    _decide(work, row, state=ClaimState.REFUSED, reason=command.reason, refused_by=work.actor.id)
    _free(work, voucher, row)
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


def _free(work: Work, voucher: Voucher, row: Claim) -> None:
    """Free the amount of a claim: on its voucher, or, if that came to its end, in the pot.

    A claim on a voucher that ended is there only where the bank sent back what was paid.
    """
    amount_cents = row.amount_cents
    freed = {"claimed_cents": col(Voucher.claimed_cents) - amount_cents}
    if VoucherState(voucher.state) in rules.ENDED:
        freed["returned_cents"] = col(Voucher.returned_cents) + amount_cents
        transfer = Transfer(
            source=chart.voucher(row.place, voucher.year, voucher.id),
            target=chart.pot(row.place, voucher.year),
            amount=amount_cents,
            reference=f"{rules.rest_reference(voucher.id)}:{row.id}",
        )
        ledger.post(work, row.place, transfer)
    work.session.exec(update(Voucher).where(col(Voucher.id) == voucher.id).values(**freed))


def _decide(work: Work, row: Claim, **values: Any) -> None:
    """Bring a claim out of the state in which it waits. Raises WrongState if somebody else just did."""
    there = col(Claim.id) == row.id, col(Claim.turn) == row.turn, col(Claim.state) == ClaimState.FILED
    waiting = update(Claim).where(*there)
    if work.session.exec(waiting.values(**values)).rowcount != 1:
        rules.demand_filed(ClaimState.APPROVED)


def _order(work: Work, row: Claim, voucher: Voucher, parties: Collection[str]) -> None:
    """Order the payment of a claim that enough people approved."""
    command = OrderPayout(
        year=voucher.year,
        about=str(row.id),
        title=voucher.title,
        number=row.number,
        amount_cents=row.amount_cents,
        payee=row.payee,
        iban=row.iban,
        source=chart.voucher(row.place, voucher.year, voucher.id),
        target=chart.paid(row.place, voucher.year, voucher.id),
        parties=sorted(parties),
    )
    payments.order(work, row.place, command)
