# SPDX-License-Identifier: EUPL-1.2
"""Finds who has an interest in a claim, whatever way its money comes to them."""

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.payments import queries as payments
from wijkbudget.shares import queries as shares
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import holders
from wijkbudget.vouchers.claims.kinds.invoice import INVOICE
from wijkbudget.vouchers.claims.models import Claim
from wijkbudget.vouchers.models import Voucher


def interested_in(look: Look, row: Claim, voucher: Voucher) -> frozenset[str]:
    """Return who decides nothing about a claim: who has an interest in its voucher, or in the account that is paid.

    Source: Awb art. 2:4; invariant VC6. Choice: an account is of whoever ever asked for money on it, in this house, and
    of their household; the one that a bill is paid on is of its supplier.
    """
    interested = holders.interested_in(look, voucher)
    return interested | identity.housemates(look, _paid_on(look, row.iban)) if row.iban else interested


def is_payee(look: Look, row: Claim) -> bool:
    """Return whether a claim is paid to somebody who is called as whoever asks."""
    name = identity.names(look, [look.actor.id]).get(look.actor.id, "")
    return bool(name) and _plain(name) == _plain(row.payee or "")


def _paid_on(look: Look, iban: str) -> frozenset[str]:
    """Return who asked for money on an account, by a claim that is no bill or for shares they handed back."""
    claimed = select(Claim.claimant).where(col(Claim.iban) == iban, col(Claim.kind) != INVOICE.key)
    things = payments.things_on(look, iban)
    return frozenset(look.session.exec(claimed).all()) | shares.handed_back_by(look, things)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
