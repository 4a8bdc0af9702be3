# SPDX-License-Identifier: EUPL-1.2
"""Proves vouchers from their rows, the ledger, the payouts and the files."""

from collections.abc import Iterator

from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import holders
from wijkbudget.vouchers.claims import queries as claiming
from wijkbudget.vouchers.claims.queries import rows
from wijkbudget.vouchers.claims.rules import ClaimState
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.reminders import queries as reminders

_ACCOUNTS = {
    "voucher": chart.voucher,
    "external:paid": chart.paid,
    "external:used": chart.used,
    "external:unused": chart.unused,
}
"""The accounts of a voucher, by the kind of their address."""


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every voucher, claim or receipt whose money, people or file is not what it says."""
    kept = {kind: ledger.balances(look, f"{kind}:") for kind in _ACCOUNTS}
    for place in look.session.exec(select(Voucher.place).distinct().order_by(col(Voucher.place))).all():
        vouchers = look.session.exec(select(Voucher).where(col(Voucher.place) == place)).all()
        claims = rows.claims_of(look, place, [voucher.id for voucher in vouchers])
        for voucher in vouchers:
            found = claims.get(voucher.id, [])
            yield from _check_money(voucher, found, kept)
            yield from claiming.check_lines(look, found)
            yield from claiming.check_people(look, found, holders.holders_of(look, voucher.id), voucher.issued_on)
    yield from claiming.check_receipts(look)
    yield from claiming.check_fees(look)
    yield from grants.check(look)
    yield from reminders.check(look)


def _check_money(voucher: Voucher, claims: list[rows.Paid], kept: dict[str, dict[str, int]]) -> Iterator[Fault]:
    """Yield a fault where value is not balance, spent and returned together, or claims and payouts differ."""
    about = f"voucher {voucher.id}"
    balance, booked, used, unused = (
        kept[kind].get(of(voucher.place, voucher.year, voucher.id, voucher.theme).address, 0)
        for kind, of in _ACCOUNTS.items()
    )
    if voucher.value_cents != balance + booked + used + unused + voucher.returned_cents:
        shows = f"holds {balance}, paid {booked} and returned {voucher.returned_cents} of {voucher.value_cents} cents"
        yield Fault("no cent of a voucher is lost", about, shows)
    claimed = sum(
        claim.amount_cents - claim.covered_cents - claim.paid_back_cents
        for claim, _payout in claims
        if claim.state != ClaimState.REFUSED
    )
    if voucher.claimed_cents != claimed:
        yield Fault("claims add up", about, f"says {voucher.claimed_cents} cents, its claims say {claimed}")
    spent = claiming.spent(claims)
    for says, told, books in (
        ("what was paid was claimed", spent.paid_cents, booked),
        ("what was given in kind was claimed", spent.used_cents, used),
        ("what came back was advanced", spent.paid_back_cents, -unused),
    ):
        if told != books:
            yield Fault(says, about, f"booked {books} cents, its claims say {told}")
    yield from claiming.check_payouts(claims)
