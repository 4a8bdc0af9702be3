# SPDX-License-Identifier: EUPL-1.2
"""Reads balances and transfers, and proves that the one follows from the other."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import col, or_, select

from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.fields import View
from wijkbudget.ledger.models import LedgerBalance, LedgerTransfer
from wijkbudget.ledger.rules import Account, Unit
from wijkbudget.trail.work import Look

TOGETHER = 500
"""How many rows of a long table are in hand at once."""

_AMOUNTS = Prepared(
    select(col(LedgerTransfer.reference), col(LedgerTransfer.amount)).where(
        Among(col(LedgerTransfer.reference), "references")
    )
)


class TransferView(View):
    """One transfer as it stands in the books."""

    at: datetime
    source: str
    target: str
    unit: Unit
    amount: int
    reference: str


def balance(look: Look, account: Account) -> int:
    """Return what an account holds, in its own unit; negative only where there is no floor."""
    if account.has_floor:
        return _kept(look, account.address)
    return _sums(look).get((account.address, account.unit), 0)


def balances(look: Look, prefix: str) -> dict[str, int]:
    """Return what each account holds whose address begins with a prefix, `external:*` included."""
    if prefix.startswith("external:"):
        return {address: total for (address, _unit), total in _sums(look, prefix).items()}
    rows = select(LedgerBalance.account, LedgerBalance.amount).where(col(LedgerBalance.account).startswith(prefix))
    return dict(look.session.exec(rows).all())


def transfers(look: Look, place: str, account: Account) -> list[TransferView]:
    """Return the transfers in and out of one account, oldest first."""
    touching = or_(col(LedgerTransfer.source) == account.address, col(LedgerTransfer.target) == account.address)
    rows = select(LedgerTransfer).where(col(LedgerTransfer.place) == place, touching)
    ordered = rows.order_by(col(LedgerTransfer.at), col(LedgerTransfer.reference))
    return [TransferView.model_validate(row, from_attributes=True) for row in look.session.exec(ordered).all()]


def postings(look: Look, place: str, prefixes: Collection[str]) -> Iterator[list[TransferView]]:
    """Yield the transfers in and out of accounts whose address begins with a prefix, oldest first, a few at a time."""
    sides = (col(LedgerTransfer.source), col(LedgerTransfer.target))
    touching = or_(*(side.startswith(prefix, autoescape=True) for side in sides for prefix in prefixes))
    # Columns, and only so many rows at once: a table of any length goes by without being held.
    rows = select(*(getattr(LedgerTransfer, name) for name in TransferView.model_fields))
    here = rows.where(col(LedgerTransfer.place) == place, touching)
    ordered = here.order_by(col(LedgerTransfer.at), col(LedgerTransfer.reference))
    with look.session.exec(ordered.execution_options(yield_per=TOGETHER)) as found:
        for some in found.partitions():
            yield [TransferView.model_validate(row, from_attributes=True) for row in some]


def amounts_under(look: Look, references: Sequence[str]) -> dict[str, int]:
    """Return the amount of each transfer that was posted under one of these references."""
    return dict(_AMOUNTS.all(look.session, references=references))


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every balance that is not the sum of its transfers and every unit that does not sum to zero."""
    sums = _sums(look)
    for row in look.session.exec(select(LedgerBalance)).all():
        expected = sums.pop((row.account, Unit(row.unit)), 0)
        if row.amount != expected:
            yield Fault("ledger", row.account, f"holds {row.amount}, its transfers say {expected}")
    for (address, _unit), total in sums.items():
        if not address.startswith("external:"):
            yield Fault("ledger", address, f"has no balance row, its transfers say {total}")
    per_unit = _sums(look)
    for unit in Unit:
        total = sum(amount for (_address, of), amount in per_unit.items() if of is unit)
        if total:
            yield Fault("ledger", unit, f"all accounts together hold {total}, not zero")
    accounts: dict[str, Unit] = {}
    for address, unit in per_unit:
        if accounts.setdefault(address, unit) is not unit:
            yield Fault("ledger", address, "holds two units")


def _kept(look: Look, address: str) -> int:
    return look.session.exec(select(LedgerBalance.amount).where(col(LedgerBalance.account) == address)).first() or 0


def _sums(look: Look, prefix: str = "") -> dict[tuple[str, Unit], int]:
    """Return the sum of transfers per account and unit."""
    source, target, amount = col(LedgerTransfer.source), col(LedgerTransfer.target), col(LedgerTransfer.amount)
    totals: dict[tuple[str, Unit], int] = {}
    for side, sign in ((source, -1), (target, 1)):
        rows = select(side, col(LedgerTransfer.unit), func.sum(case((amount > 0, sign * amount), else_=0)))
        for address, unit, total in look.session.exec(
            rows.where(side.startswith(prefix)).group_by(side, col(LedgerTransfer.unit))
        ).all():
            key = (address, Unit(unit))
            totals[key] = totals.get(key, 0) + int(total)
    return totals
