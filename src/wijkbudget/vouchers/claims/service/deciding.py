# SPDX-License-Identifier: EUPL-1.2
"""Approves, refuses and pays claims, and changes where their money goes."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col, update

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import service as payments
from wijkbudget.payments.contributions import service as contributions
from wijkbudget.payments.rules import read_iban
from wijkbudget.payments.schemas import OrderPayout
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.rules import Source
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, holders
from wijkbudget.vouchers import rules as vouchers
from wijkbudget.vouchers.claims import advances, queries, rules, volunteers
from wijkbudget.vouchers.claims.events import ClaimAccountChanged, ClaimApproved, ClaimCounted, ClaimRefused
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.models import Approval, Claim
from wijkbudget.vouchers.claims.queries import interests, rows
from wijkbudget.vouchers.claims.rules import ClaimState
from wijkbudget.vouchers.claims.schemas import ApproveClaim, ChangeAccount, ClaimView, RefuseClaim
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.rules import VoucherState

AS_FILED = ApproveClaim()
"""An approval of a claim whose account number was never changed."""


@verb(access.DECIDE, once=True)
def approve(work: Work, place: str, claim_id: UUID, command: ApproveClaim = AS_FILED) -> ClaimView:
    """Approve a claim of others; the last approval that is needed orders the payment, if there is one.

    Raises ClaimNotFound, WrongState, AccountChanged, OwnMoney, ApprovedBefore, ReasonMissing, NoFeeLimits or
    FeeTooHigh.
    """
    row = rows.claim_row(work, place, claim_id)
    voucher, approvers = holders.voucher_row(work, place, row.voucher_id), rows.approvers_of(work, row)
    interested = interests.interested_in(work, row, voucher)
    section = neighbourhoods.policy(work, place, voucher.issued_on).rules.vouchers
    rules.demand_filed(ClaimState(row.state))
    rules.demand_seen(command.turn, row.turn)
    vouchers.demand_other_eyes(work.actor.id, interested)
    rules.demand_not_payee(is_payee=interests.is_payee(work, row))
    rules.demand_first_time(work.actor.id, approvers)
    is_asked = rules.is_reason_asked(row.amount_cents, section.approvals)
    rules.demand_reason(command.reason, section.article, is_asked=is_asked)
    approvers = [*approvers, work.actor.id]
    work.session.add(
        Approval(
            claim_id=claim_id,
            turn=row.turn,
            ordinal=len(approvers),
            approver=work.actor.id,
            reason=command.reason or None,
            at=work.now,
        )
    )
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
        _decide(work, row, ClaimState.FILED, state=ClaimState.APPROVED)
        if row.volunteer_id:
            about = volunteers.fee_about(claim_id, row.turn)
            fees.receive(work, place, volunteers.fee_of(row.volunteer_id, row.amount_cents, work.today, about))
        if rows.to_pay_cents(row):
            _order(work, row, voucher, interested | rows.approved_before(work, row))
        else:
            _count(work, row, voucher)
    return queries.claim_view(work, place, claim_id)


@verb(access.CLAIM, once=True)
def change_account(work: Work, place: str, claim_id: UUID, command: ChangeAccount) -> ClaimView:
    """Have an own claim paid to another account; whoever must approve it does so again, before anything is paid.

    A fee stays with the volunteer that it is for, whoever is named.
    Source: invariant VC8 (an IBAN is frozen when the payment is ordered; a change needs a new approval).
    Raises ClaimNotFound, NotYours, WrongState, NothingToPay, IbanUnreadable, SameAccount, AlreadyPaid or InABatch.
    """
    row = rows.claim_row(work, place, claim_id)
    work.demand_own(holders.holders_of(work, row.voucher_id))
    rules.demand_not_refused(ClaimState(row.state))
    rules.demand_paid(rows.to_pay_cents(row))
    payee = row.payee if row.volunteer_id and row.payee else command.payee
    account = (payee, read_iban(command.iban))
    rules.demand_other_account((row.payee or "", row.iban or ""), account)
    payments.withdraw(work, place, str(claim_id))
    fees.take_off(work, Source.CLAIM, volunteers.fee_about(claim_id, row.turn))
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

    One that was approved can be refused while nothing is paid on it, for instance after its payment was undone.

    Raises ClaimNotFound, WrongState, OwnMoney, AdvanceOpen, AlreadyPaid or InABatch.
    """
    row = rows.claim_row(work, place, claim_id)
    before = ClaimState(row.state)
    rules.demand_refusable(before, rows.to_pay_cents(row))
    voucher = holders.voucher_row(work, place, row.voucher_id)
    vouchers.demand_other_eyes(work.actor.id, interests.interested_in(work, row, voucher))
    advances.demand_uncounted(row.accounted_cents)
    vouchers.demand_not_settled_on(voucher.owed_cents, voucher.claimed_cents - row.amount_cents + row.covered_cents)
    if before is ClaimState.APPROVED:
        payments.withdraw(work, place, str(claim_id))
        fees.take_off(work, Source.CLAIM, volunteers.fee_about(claim_id, row.turn))
    _decide(work, row, before, state=ClaimState.REFUSED, reason=command.reason, refused_by=work.actor.id)
    _free(work, voucher, row)
    work.record(
        ClaimRefused(place=place, subject=str(claim_id), voucher_id=str(row.voucher_id), amount_cents=row.amount_cents)
    )
    return queries.claim_view(work, place, claim_id)


def _free(work: Work, voucher: Voucher, row: Claim) -> None:
    """Free the amount of a claim: on its voucher, or, if that came to its end, in the pot.

    A claim on a voucher that ended is there only where a payment came back or was undone, or an advance is accounted
    for after its end. What an advance covers is open again.
    """
    if row.advance_id:
        open_again = col(Claim.accounted_cents) - row.covered_cents
        work.session.exec(update(Claim).where(col(Claim.id) == row.advance_id).values(accounted_cents=open_again))
    amount_cents = row.amount_cents - row.covered_cents
    if not amount_cents:
        return
    freed = {"claimed_cents": col(Voucher.claimed_cents) - amount_cents}
    has_ended = VoucherState(voucher.state) in vouchers.ENDED
    if has_ended:
        freed["returned_cents"] = col(Voucher.returned_cents) + amount_cents
    work.session.exec(update(Voucher).where(col(Voucher.id) == voucher.id).values(**freed))
    work.session.refresh(voucher)
    if has_ended:
        transfer = Transfer(
            source=chart.voucher(row.place, voucher.year, voucher.id, voucher.theme),
            target=chart.pot(row.place, voucher.year, voucher.theme),
            amount=amount_cents,
            reference=f"{vouchers.rest_reference(voucher.id)}:{row.id}",
        )
        contributions.bring_rest(work, row.place, voucher.about, transfer, holders.kept_cents(voucher))


def _decide(work: Work, row: Claim, before: ClaimState, **values: Any) -> None:
    """Bring a claim out of the state that it was read in. Raises WrongState if somebody else just did."""
    there = col(Claim.id) == row.id, col(Claim.turn) == row.turn, col(Claim.state) == before
    waiting = update(Claim).where(*there)
    if work.session.exec(waiting.values(**values)).rowcount != 1:
        rules.demand_filed(ClaimState.REFUSED)


def _count(work: Work, row: Claim, voucher: Voucher) -> None:
    """Let a claim count on which nothing is paid; what was given in kind leaves the voucher."""
    if not KINDS[row.kind].is_paid:
        transfer = Transfer(
            source=chart.voucher(row.place, voucher.year, voucher.id, voucher.theme),
            target=chart.used(row.place, voucher.year, voucher.id, voucher.theme),
            amount=row.amount_cents,
            reference=rules.used_reference(row.id),
        )
        ledger.post(work, row.place, transfer)
    subject, voucher_id = str(row.id), str(row.voucher_id)
    work.record(ClaimCounted(place=row.place, subject=subject, voucher_id=voucher_id, amount_cents=row.amount_cents))


def _order(work: Work, row: Claim, voucher: Voucher, parties: Collection[str]) -> None:
    """Order the payment of a claim that enough people approved."""
    payee, iban = rules.demand_account(row.payee, row.iban)
    command = OrderPayout(
        year=voucher.year,
        about=str(row.id),
        title=voucher.title,
        number=row.number,
        amount_cents=rows.to_pay_cents(row),
        payee=payee,
        iban=iban,
        source=chart.voucher(row.place, voucher.year, voucher.id, voucher.theme),
        target=chart.paid(row.place, voucher.year, voucher.id, voucher.theme),
        parties=sorted(parties),
    )
    payments.order(work, row.place, command)
