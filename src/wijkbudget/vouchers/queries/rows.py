# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows that questions and verbs begin with, always within one neighbourhood."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code
from wijkbudget.kit.text import _
from wijkbudget.payments import queries as payments
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import PayoutView
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import access
from wijkbudget.vouchers.models import Approval, Claim, Voucher, VoucherHolder
from wijkbudget.vouchers.rules import OPEN, ClaimNotFound, ClaimState, VoucherNotFound, receipt_facts

Paid = tuple[Claim, PayoutView | None]
"""A claim with its payout, if it has one."""


def voucher_row(look: Look, place: str, voucher_id: UUID) -> Voucher:
    """Return the row of a voucher of this neighbourhood. Raises VoucherNotFound."""
    row = look.session.exec(select(Voucher).where(col(Voucher.id) == voucher_id, col(Voucher.place) == place)).first()
    if row is None:
        raise VoucherNotFound(_("There is no such voucher in this neighbourhood."))
    return row


def claim_row(look: Look, place: str, claim_id: UUID) -> Claim:
    """Return the row of a claim of this neighbourhood. Raises ClaimNotFound."""
    row = look.session.exec(select(Claim).where(col(Claim.id) == claim_id, col(Claim.place) == place)).first()
    if row is None:
        raise ClaimNotFound(_("There is no such claim in this neighbourhood."))
    return row


def holders_of(look: Look, voucher_id: UUID) -> frozenset[str]:
    """Return the people a voucher is for."""
    people = select(VoucherHolder.person).where(col(VoucherHolder.voucher_id) == voucher_id)
    return frozenset(look.session.exec(people).all())


def interested_in(look: Look, row: Voucher) -> frozenset[str]:
    """Return who has an interest in a voucher: its holders, today's members, and whoever lives with a holder.

    Choice: holders are fixed when a voucher is issued, so that nobody joins to claim; members are those of today, so
    that nobody joins to approve.
    """
    holders = holders_of(look, row.id)
    members = identity.organisation(look, row.place, row.organisation_id).members if row.organisation_id else []
    return identity.housemates(look, holders) | set(members)


def approvers_of(look: Look, row: Claim) -> list[str]:
    """Return who approved a claim as it is now, in order."""
    of_it = col(Approval.claim_id) == row.id, col(Approval.turn) == row.turn
    return list(look.session.exec(select(Approval.approver).where(*of_it).order_by(col(Approval.ordinal))).all())


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
    return ClaimState.PAID if payout and payout.state is PayoutState.PAID else ClaimState(row.state)


def open_count(look: Look, place: str, voucher_id: UUID) -> int:
    """Return how many claims on a voucher wait for approval or payment."""
    return sum(state_of(*paid) in OPEN for paid in claims_of(look, place, [voucher_id]).get(voucher_id, []))


def paid_and_shown(look: Look, place: str, voucher_id: UUID) -> tuple[int, int]:
    """Return how many cents were paid on a voucher, and what the receipts add up to that are here to be seen."""
    paid_cents = receipts_cents = 0
    for claim, payout in claims_of(look, place, [voucher_id]).get(voucher_id, []):
        if payout and state_of(claim, payout) is ClaimState.PAID:
            paid_cents += payout.amount_cents
            receipts_cents += claim.amount_cents if look.files.read(claim.receipt_sha256) is not None else 0
    return paid_cents, receipts_cents


def code_of(look: Look, voucher_id: UUID) -> str:
    """Return the code of a voucher; it is made again from the keys of the house each time, and kept nowhere."""
    return new_code(bytes.fromhex(look.keys.keyed_hash("voucher code", str(voucher_id)))[:CODE_RANDOM_BYTES])


def code_hash(look: Look, code: str) -> str:
    """Return the keyed hash under which a voucher is found by the sixteen symbols of its code."""
    return look.keys.keyed_hash("voucher code, kept", code)


def receipt_key(look: Look, supplier: str, number: str, bought_on: date, amount_cents: int) -> str:
    """Return the keyed hash by which the same receipt is known, whatever photo was made of it."""
    return look.keys.keyed_hash("receipt", *receipt_facts(supplier, number, bought_on, amount_cents))


def sees_details(look: Look, holders: Collection[str]) -> bool:
    """Return whether whoever asks may see the names, account numbers and receipts of a voucher."""
    door = access.DETAILS
    return door.allows(look.roles) and (not door.only_own(look.roles) or look.actor.id in holders)
