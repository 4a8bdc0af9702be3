# SPDX-License-Identifier: EUPL-1.2
"""Finds the claims that questions and verbs begin with, always within one neighbourhood."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import queries as payments
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import PayoutView
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import holders
from wijkbudget.vouchers.claims import advances
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.models import Approval, Claim, ClaimLine
from wijkbudget.vouchers.claims.rules import OPEN, ClaimNotFound, ClaimState, Cost, CostKind, VatRate, receipt_facts
from wijkbudget.vouchers.models import Voucher, VoucherInstalment

Paid = tuple[Claim, PayoutView | None]
"""A claim with its payout, if it has one."""


def claim_row(look: Look, place: str, claim_id: UUID) -> Claim:
    """Return the row of a claim of this neighbourhood. Raises ClaimNotFound."""
    row = look.session.exec(select(Claim).where(col(Claim.id) == claim_id, col(Claim.place) == place)).first()
    if row is None:
        raise ClaimNotFound(_("There is no such claim in this neighbourhood."))
    return row


def approvers_of(look: Look, row: Claim) -> list[str]:
    """Return who approved a claim as it is now, in order."""
    of_it = col(Approval.claim_id) == row.id, col(Approval.turn) == row.turn
    return list(look.session.exec(select(Approval.approver).where(*of_it).order_by(col(Approval.ordinal))).all())


def reasons_of(look: Look, row: Claim) -> list[str]:
    """Return why people approved a claim as it is now, where they said so, in order."""
    of_it = col(Approval.claim_id) == row.id, col(Approval.turn) == row.turn
    found = look.session.exec(select(Approval.reason).where(*of_it).order_by(col(Approval.ordinal))).all()
    return [reason for reason in found if reason]


def lines_of(look: Look, claim_ids: Collection[UUID]) -> dict[UUID, list[ClaimLine]]:
    """Return the lines of each of these claims, in order."""
    of_them = select(ClaimLine).where(col(ClaimLine.claim_id).in_(claim_ids))
    found = look.session.exec(of_them.order_by(col(ClaimLine.claim_id), col(ClaimLine.ordinal))).all()
    grouped = defaultdict[UUID, list[ClaimLine]](list)
    for line in found:
        grouped[line.claim_id].append(line)
    return grouped


def cost_of(line: ClaimLine) -> Cost:
    """Return what a line of a bill says."""
    vat = VatRate(line.vat) if line.vat else None
    return Cost(category=CostKind(line.category), amount_cents=line.amount_cents, vat=vat, about=line.about)


def approved_before(look: Look, row: Claim) -> frozenset[str]:
    """Return who approved a claim in any turn."""
    people = select(Approval.approver).where(col(Approval.claim_id) == row.id)
    return frozenset(look.session.exec(people).all())


def claims_of(look: Look, place: str, voucher_ids: Collection[UUID]) -> dict[UUID, list[Paid]]:
    """Return the claims on each voucher, the oldest first, each with its payout if it has one."""
    on_them = select(Claim).where(col(Claim.place) == place, col(Claim.voucher_id).in_(voucher_ids))
    found = look.session.exec(on_them.order_by(col(Claim.filed_at), col(Claim.id))).all()
    payouts = payments.payout_about(look, place, [str(row.id) for row in found])
    grouped = defaultdict[UUID, list[Paid]](list)
    for row in found:
        grouped[row.voucher_id].append((row, payouts.get(str(row.id))))
    return grouped


def state_of(row: Claim, payout: PayoutView | None) -> ClaimState:
    """Return how far a claim is; whether it was paid, payments says."""
    if payout and payout.state is PayoutState.PAID:
        return ClaimState.PAID
    is_done = row.state == ClaimState.APPROVED and not to_pay_cents(row)
    return ClaimState.COUNTED if is_done else ClaimState(row.state)


def to_pay_cents(row: Claim) -> int:
    """Return what the bank pays of a claim: what no advance covers, and nothing of what is given in kind."""
    return row.amount_cents - row.covered_cents if KINDS[row.kind].is_paid else 0


def owed_cents(row: Claim, payout: PayoutView | None) -> int:
    """Return what must still be accounted for or paid back of an advance; nothing before it was paid."""
    if not KINDS[row.kind].is_advance or state_of(row, payout) is not ClaimState.PAID:
        return 0
    return advanced_cents(row)


def advanced_cents(row: Claim) -> int:
    """Return what is open of an advance; what a settlement claims back is owed for the voucher as a whole."""
    return row.amount_cents - row.accounted_cents - row.paid_back_cents - row.reclaimed_cents


def due_on(look: Look, row: Claim, payout: PayoutView | None, issued_on: date) -> date | None:
    """Return the last day to account for an advance, once it was paid."""
    section = neighbourhoods.policy(look, row.place, issued_on).rules.advances
    if not (section and payout and payout.paid_at and owed_cents(row, payout)):
        return None
    return day_of(payout.paid_at) + timedelta(days=section.account_within_days)


def has_advance(look: Look, voucher: Voucher) -> bool:
    """Return whether an advance on a voucher waits, or was paid and not accounted for whole."""
    found = claims_of(look, voucher.place, [voucher.id]).get(voucher.id, [])
    advances = [paid for paid in found if KINDS[paid[0].kind].is_advance]
    return any(state_of(*paid) in OPEN or owed_cents(*paid) for paid in advances)


def open_advance(look: Look, voucher: Voucher) -> Claim | None:
    """Return the advance on a voucher that receipts must still account for, if there is one."""
    found = claims_of(look, voucher.place, [voucher.id]).get(voucher.id, [])
    return next((claim for claim, payout in found if owed_cents(claim, payout)), None)


def demand_in_time(look: Look, place: str, people: Collection[str]) -> None:
    """Raise AdvanceOverdue if an advance of a group that one of these people is in had to be accounted for by now."""
    vouchers = holders.vouchers_of(look, place, people)
    for voucher_id, paid in claims_of(look, place, list(vouchers)).items():
        issued_on = vouchers[voucher_id]
        section = neighbourhoods.policy(look, place, issued_on).rules.advances
        for claim, payout in paid:
            day = due_on(look, claim, payout, issued_on)
            if section and day:
                advances.demand_in_time(owed_cents(claim, payout), day, look.today, section.article)


def open_count(look: Look, place: str, voucher_id: UUID) -> int:
    """Return how many claims on a voucher wait for approval or payment."""
    return sum(state_of(*paid) in OPEN for paid in claims_of(look, place, [voucher_id]).get(voucher_id, []))


def paid_and_shown(look: Look, place: str, voucher_id: UUID) -> tuple[int, int]:
    """Return how many cents were paid on a voucher, and what the receipts add up to that are here to be seen.

    What came back of an advance was not spent; what was given in kind was not paid; a fee has no receipt, and shows
    itself by what it was approved for.
    """
    paid_cents = receipts_cents = 0
    for claim, payout in claims_of(look, place, [voucher_id]).get(voucher_id, []):
        if payout and state_of(claim, payout) is ClaimState.PAID:
            paid_cents += payout.amount_cents - claim.paid_back_cents
        is_spent = state_of(claim, payout) in {ClaimState.PAID, ClaimState.COUNTED}
        is_seen = claim.receipt_sha256 is not None and look.files.read(claim.receipt_sha256) is not None
        if is_spent and (is_seen or claim.volunteer_id):
            receipts_cents += claim.amount_cents if KINDS[claim.kind].is_paid else 0
    return paid_cents, receipts_cents


class Spent(NamedTuple):
    """What became of the money of a voucher, by its claims."""

    paid_cents: int
    """Gone out through the bank."""
    used_cents: int
    """Given in kind."""
    paid_back_cents: int
    """Come back of advances."""
    owed_cents: int
    """Advanced, and not accounted for yet."""


def spent(claims: Collection[Paid]) -> Spent:
    """Return what became of the money of a voucher."""
    states = [(claim, payout, state_of(claim, payout)) for claim, payout in claims]
    return Spent(
        paid_cents=sum(to_pay_cents(claim) for claim, _payout, state in states if state is ClaimState.PAID),
        used_cents=sum(
            claim.amount_cents
            for claim, _payout, state in states
            if state is ClaimState.COUNTED and not KINDS[claim.kind].is_paid
        ),
        paid_back_cents=sum(claim.paid_back_cents for claim, _payout, _state in states),
        owed_cents=sum(owed_cents(claim, payout) for claim, payout, _state in states),
    )


def spent_on(look: Look, place: str, voucher_id: UUID) -> Spent:
    """Return what became of the money of one voucher."""
    return spent(claims_of(look, place, [voucher_id]).get(voucher_id, []))


def instalments_of(look: Look, voucher_ids: Collection[UUID]) -> dict[UUID, list[VoucherInstalment]]:
    """Return the parts of each of these vouchers that can be asked from a day on, the first ones first."""
    grouped = defaultdict[UUID, list[VoucherInstalment]](list)
    of_them = select(VoucherInstalment).where(col(VoucherInstalment.voucher_id).in_(voucher_ids))
    for part in look.session.exec(of_them.order_by(col(VoucherInstalment.due_on), col(VoucherInstalment.position))):
        grouped[part.voucher_id].append(part)
    return grouped


def receipt_key(look: Look, row: Claim) -> str | None:
    """Return the keyed hash by which the same receipt is known, whatever photo was made of it."""
    if not (row.supplier and row.number and row.bought_on):
        return None
    return look.keys.keyed_hash("receipt", *receipt_facts(row.supplier, row.number, row.bought_on, row.amount_cents))
