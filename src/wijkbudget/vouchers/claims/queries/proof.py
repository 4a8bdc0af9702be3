# SPDX-License-Identifier: EUPL-1.2
"""Proves claims from their rows and their files."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.fees import queries as fees
from wijkbudget.reciprocity.fees.rules import Source
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.claims import volunteers
from wijkbudget.vouchers.claims.models import Claim
from wijkbudget.vouchers.claims.queries import rows
from wijkbudget.vouchers.claims.rules import ClaimState, approvals_needed, is_reason_asked


def check_people(
    look: Look, claims: Collection[rows.Paid], holders: Collection[str], issued_on: date
) -> Iterator[Fault]:
    """Yield a fault where too few people, people of the group itself, or people without a reason approved a claim.

    How many it takes, and whether they say why, is in the policy of the day on which the voucher was issued.
    """
    for claim, _payout in claims:
        steps = neighbourhoods.policy(look, claim.place, issued_on).rules.vouchers.approvals
        approvers = set(rows.approvers_of(look, claim))
        if approvers & {claim.claimant, *holders}:
            yield Fault("others approve", f"claim {claim.id}", "was approved by its own group")
        if claim.approvals_needed != approvals_needed(claim.amount_cents, steps):
            yield Fault(
                "enough people approve", f"claim {claim.id}", f"asks {claim.approvals_needed}, unlike the rules"
            )
        if claim.state == ClaimState.APPROVED and len(approvers) != claim.approvals_needed:
            yield Fault("enough people approve", f"claim {claim.id}", f"was approved by {len(approvers)}")
        if is_reason_asked(claim.amount_cents, steps) and len(rows.reasons_of(look, claim)) != len(approvers):
            yield Fault("approvers say why", f"claim {claim.id}", "was approved without the reason that the rules ask")


def check_payouts(claims: Collection[rows.Paid]) -> Iterator[Fault]:
    """Yield a fault where a payout is not what was approved, and where advances and what covers them differ."""
    covered = Counter[UUID]()
    for claim, payout in claims:
        about, to_pay_cents = f"claim {claim.id}", rows.to_pay_cents(claim)
        if (claim.state == ClaimState.APPROVED and to_pay_cents > 0) != (payout is not None):
            yield Fault("only what was approved is paid", about, f"is {claim.state}")
        if payout and (payout.amount_cents, payout.iban) != (to_pay_cents, claim.iban):
            yield Fault("what is paid is what was claimed", about, "has another amount or account")
        if claim.advance_id and claim.state != ClaimState.REFUSED:
            covered[claim.advance_id] += claim.covered_cents
    for claim, _payout in claims:
        if claim.accounted_cents != covered[claim.id]:
            shows = f"says {claim.accounted_cents} cents, its receipts say {covered[claim.id]}"
            yield Fault("receipts account for an advance", f"claim {claim.id}", shows)


def check_lines(look: Look, claims: Collection[rows.Paid]) -> Iterator[Fault]:
    """Yield a fault where the lines of a bill are not its amount."""
    lines = rows.lines_of(look, [claim.id for claim, _payout in claims])
    for claim, _payout in claims:
        lines_cents = sum(line.amount_cents for line in lines[claim.id])
        if lines_cents != (claim.amount_cents if claim.category else 0):
            yield Fault("the lines of a bill are its amount", f"claim {claim.id}", f"add up to {lines_cents} cents")


def check_fees(look: Look) -> Iterator[Fault]:
    """Yield a fault where a fee that was approved does not count as received, or counts without a claim."""
    claims = select(Claim).where(col(Claim.volunteer_id).is_not(None), col(Claim.state) == ClaimState.APPROVED)
    asked = {volunteers.fee_about(row.id, row.turn): row.amount_cents for row in look.session.exec(claims).all()}
    counted = fees.received(look, Source.CLAIM)
    for about in sorted(asked.keys() | counted.keys()):
        if asked.get(about, 0) != counted.get(about, 0):
            shows = f"{asked.get(about, 0)} cents were approved, {counted.get(about, 0)} count as received"
            yield Fault("a fee counts as received", f"claim {about}", shows)


def check_receipts(look: Look) -> Iterator[Fault]:
    """Yield a fault for each receipt that counts twice, is gone, or is not what was claimed with it."""
    counted = Counter[str]()
    for claim in look.session.exec(select(Claim).order_by(col(Claim.filed_at), col(Claim.id))).all():
        about = f"claim {claim.id}"
        if claim.receipt_sha256 is None:
            continue
        content = look.files.read(claim.receipt_sha256)
        if content is None or hashlib.sha256(content).hexdigest() != claim.receipt_sha256:
            yield Fault("every claim has its receipt", about, "its file is gone or altered")
        key = rows.receipt_key(look, claim)
        if key is None or key != claim.receipt_key:
            yield Fault("a receipt says what was claimed", about, "its supplier, number, day or amount was altered")
        if claim.state != ClaimState.REFUSED:
            counted.update([claim.receipt_sha256, str(claim.receipt_key)])
            if max(counted[claim.receipt_sha256], counted[str(claim.receipt_key)]) > 1:
                yield Fault("a receipt counts once", about, "was claimed before")
