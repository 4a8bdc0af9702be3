# SPDX-License-Identifier: EUPL-1.2
"""Proves vouchers from their rows, the ledger, the payouts and the files."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator

from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.models import Claim, Voucher
from wijkbudget.vouchers.queries import rows
from wijkbudget.vouchers.rules import ClaimState


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every voucher, claim or receipt whose money, people or file is not what it says."""
    kept, paid = ledger.balances(look, "voucher:"), ledger.balances(look, "external:paid:")
    for place in look.session.exec(select(Voucher.place).distinct().order_by(col(Voucher.place))).all():
        vouchers = look.session.exec(select(Voucher).where(col(Voucher.place) == place)).all()
        claims = rows.claims_of(look, place, [voucher.id for voucher in vouchers])
        for voucher in vouchers:
            found = claims.get(voucher.id, [])
            holders = rows.holders_of(look, voucher.id)
            yield from _check_money(voucher, found, kept, paid)
            for claim, payout in found:
                yield from _check_people(look, claim, holders, is_paid=payout is not None)
    yield from _check_receipts(look)


def _check_money(
    voucher: Voucher, claims: list[rows.Paid], kept: dict[str, int], paid: dict[str, int]
) -> Iterator[Fault]:
    """Yield a fault where value is not balance, paid and returned together, or claims and payouts differ."""
    about = f"voucher {voucher.id}"
    balance = kept.get(chart.voucher(voucher.place, voucher.year, voucher.id).address, 0)
    booked = paid.get(chart.paid(voucher.place, voucher.year, voucher.id).address, 0)
    if voucher.value_cents != balance + booked + voucher.returned_cents:
        shows = f"holds {balance}, paid {booked} and returned {voucher.returned_cents} of {voucher.value_cents} cents"
        yield Fault("no cent of a voucher is lost", about, shows)
    claimed = sum(claim.amount_cents for claim, _payout in claims if claim.state != ClaimState.REFUSED)
    if voucher.claimed_cents != claimed:
        yield Fault("claims add up", about, f"says {voucher.claimed_cents} cents, its claims say {claimed}")
    moved = sum(claim.amount_cents for claim, payout in claims if rows.state_of(claim, payout) is ClaimState.PAID)
    if moved != booked:
        yield Fault("what was paid was claimed", about, f"paid {booked} cents, its claims say {moved}")
    for claim, payout in claims:
        if (claim.state == ClaimState.APPROVED) != (payout is not None):
            yield Fault("only what was approved is paid", f"claim {claim.id}", f"is {claim.state}")
        if payout and (payout.amount_cents, payout.iban) != (claim.amount_cents, claim.iban):
            yield Fault("what is paid is what was claimed", f"claim {claim.id}", "has another amount or account")


def _check_people(look: Look, claim: Claim, holders: Collection[str], *, is_paid: bool) -> Iterator[Fault]:
    """Yield a fault where too few people, or people of the group itself, approved a claim."""
    approvers = set(rows.approvers_of(look, claim))
    if approvers & {claim.claimant, *holders}:
        yield Fault("others approve", f"claim {claim.id}", "was approved by its own group")
    if is_paid and len(approvers) != claim.approvals_needed:
        yield Fault("enough people approve", f"claim {claim.id}", f"was approved by {len(approvers)}")


def _check_receipts(look: Look) -> Iterator[Fault]:
    """Yield a fault for each receipt that counts twice, is gone, or is not what was claimed with it."""
    counted = Counter[str]()
    for claim in look.session.exec(select(Claim).order_by(col(Claim.filed_at), col(Claim.id))).all():
        about = f"claim {claim.id}"
        content = look.files.read(claim.receipt_sha256)
        if content is None or hashlib.sha256(content).hexdigest() != claim.receipt_sha256:
            yield Fault("every claim has its receipt", about, "its file is gone or altered")
        key = rows.receipt_key(look, claim.supplier, claim.number, claim.bought_on, claim.amount_cents)
        if key != claim.receipt_key:
            yield Fault("a receipt says what was claimed", about, "its supplier, number, day or amount was altered")
        if claim.state != ClaimState.REFUSED:
            counted.update([claim.receipt_sha256, claim.receipt_key])
            if max(counted[claim.receipt_sha256], counted[claim.receipt_key]) > 1:
                yield Fault("a receipt counts once", about, "was claimed before")
