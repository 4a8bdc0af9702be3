# SPDX-License-Identifier: EUPL-1.2
"""Reads balances and transfers, and proves that the one follows from the other and every reservation ended once."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer, String, bindparam, case, func, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select

from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared
from wijkbudget.db.types import Utc
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import _
from wijkbudget.ledger import flows
from wijkbudget.ledger.models import LedgerBalance, LedgerReservation, LedgerTransfer
from wijkbudget.ledger.rules import Account, ReservationState, TransferNotFound, Unit
from wijkbudget.trail.work import Look

TOGETHER = 500
"""How many rows of a long table are in hand at once."""
PAGE_LENGTH = 50
NEWEST = datetime(9999, 12, 31, tzinfo=UTC)
"""Later than everything that was booked."""

_BALANCE = Prepared(select(col(LedgerBalance.amount)).where(col(LedgerBalance.account) == bindparam("account")))
_AMOUNTS = Prepared(
    select(col(LedgerTransfer.reference), col(LedgerTransfer.amount)).where(
        Among(col(LedgerTransfer.reference), "references")
    )
)
_COLUMNS = select(
    *(col(getattr(LedgerTransfer, name)) for name in ("at", "source", "target", "unit", "amount", "reference"))
)

_CROSSINGS = tuple(
    Prepared(
        select(col(LedgerTransfer.source), col(LedgerTransfer.target), func.sum(col(LedgerTransfer.amount)))
        .where(Among(side, "accounts"), col(LedgerTransfer.place) == bindparam("place"))
        .group_by(col(LedgerTransfer.source), col(LedgerTransfer.target))
    )
    for side in (col(LedgerTransfer.source), col(LedgerTransfer.target))
)

_UNDER = Prepared(_COLUMNS.where(Among(col(LedgerTransfer.reference), "references")))


def _pages_of(side: Any) -> Prepared:
    """Return the statement that reads one side of an account from a moment back, in the order of its index."""
    key = tuple_(col(LedgerTransfer.at), col(LedgerTransfer.reference))
    before = tuple_(bindparam("at", type_=Utc()), bindparam("reference", type_=String()))
    there = _COLUMNS.where(side == bindparam("account"), col(LedgerTransfer.place) == bindparam("place"), key < before)
    newest_first = there.order_by(col(LedgerTransfer.at).desc(), col(LedgerTransfer.reference).desc())
    return Prepared(newest_first.limit(bindparam("count", type_=Integer())))


_PAGES = (_pages_of(col(LedgerTransfer.source)), _pages_of(col(LedgerTransfer.target)))
_MARK = Prepared(
    select(col(LedgerTransfer.at)).where(
        col(LedgerTransfer.reference) == bindparam("reference"), col(LedgerTransfer.place) == bindparam("place")
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
    row = _BALANCE.first(look.session, account=account.address)
    return int(row[0]) if row else 0


def balances(look: Look, prefix: str) -> dict[str, int]:
    """Return what each account holds whose address begins with a prefix."""
    rows = select(LedgerBalance.account, LedgerBalance.amount).where(col(LedgerBalance.account).startswith(prefix))
    return dict(look.session.exec(rows).all())


def transfers(look: Look, place: str, account: Account) -> list[TransferView]:
    """Return the transfers in and out of one account, oldest first."""
    touching = or_(col(LedgerTransfer.source) == account.address, col(LedgerTransfer.target) == account.address)
    rows = select(LedgerTransfer).where(col(LedgerTransfer.place) == place, touching)
    ordered = rows.order_by(col(LedgerTransfer.at), col(LedgerTransfer.reference))
    return [TransferView.model_validate(row, from_attributes=True) for row in look.session.exec(ordered).all()]


def statement(
    look: Look, place: str, accounts: Collection[str], before: str | None = None, count: int = PAGE_LENGTH
) -> list[TransferView]:
    """Return the newest transfers in and out of some accounts, before the one with a reference if that is named.

    However many there are, only so many of each account are read. Raises TransferNotFound.
    """
    at, reference = NEWEST, ""
    if before is not None:
        mark = _MARK.first(look.session, place=place, reference=before)
        if mark is None:
            raise TransferNotFound(_("There is no such transfer."))
        at, reference = mark[0], before
    found = {
        view.reference: view
        for account in accounts
        for page in _PAGES
        for row in page.all(look.session, account=account, place=place, at=at, reference=reference, count=count)
        for view in [TransferView(**dict(zip(TransferView.model_fields, row, strict=True)))]
    }
    return sorted(found.values(), key=lambda one: (one.at, one.reference), reverse=True)[:count]


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


def crossings(look: Look, place: str, accounts: Sequence[str]) -> list[tuple[str, str, int]]:
    """Return how many cents went from where to where, in sum, in and out of some accounts."""
    return [
        (source, target, int(amount))
        for asked in _CROSSINGS
        for source, target, amount in asked.all(look.session, place=place, accounts=accounts)
    ]


def under(look: Look, references: Sequence[str]) -> dict[str, TransferView]:
    """Return each transfer that was posted under one of these references."""
    rows = _UNDER.all(look.session, references=references)
    return {row[-1]: TransferView(**dict(zip(TransferView.model_fields, row, strict=True))) for row in rows}


def amounts_under(look: Look, references: Sequence[str]) -> dict[str, int]:
    """Return the amount of each transfer that was posted under one of these references."""
    return dict(_AMOUNTS.all(look.session, references=references))


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every balance, unit or reservation that the transfers do not bear out."""
    yield from _check_balances(look)
    yield from _check_reservations(look)


def check_declared(look: Look) -> Iterator[Fault]:
    """Yield a fault for every transfer of a kind that no domain declared; ask it of a whole house only."""
    rows = select(*(getattr(LedgerTransfer, name) for name in ("source", "target", "reference")))
    with look.session.exec(rows.execution_options(yield_per=TOGETHER)) as found:
        for source, target, reference in found:
            if flows.find(source, target, reference) is None:
                way = f"from {flows.kind_of(source)} to {flows.kind_of(target)}"
                yield Fault("ledger", reference, f"went {way}, and nobody declared such a transfer")


def _check_balances(look: Look) -> Iterator[Fault]:
    """Yield a fault for every balance that is not the sum of its transfers and every unit that does not sum to zero."""
    sums = _sums(look)
    for row in look.session.exec(select(LedgerBalance)).all():
        expected = sums.pop((row.account, Unit(row.unit)), 0)
        if row.amount != expected:
            yield Fault("ledger", row.account, f"holds {row.amount}, its transfers say {expected}")
    for (address, _unit), total in sums.items():
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


def _check_reservations(look: Look) -> Iterator[Fault]:
    """Yield a fault for every reservation without its two transfers, and every account that holds other money."""
    opening, ending = aliased(LedgerTransfer), aliased(LedgerTransfer)
    rows = (
        select(LedgerReservation, opening, ending)
        .outerjoin(opening, col(opening.reference) == col(LedgerReservation.reference))
        .outerjoin(ending, col(ending.reference) == col(LedgerReservation.ended_by))
        .order_by(col(LedgerReservation.reference))
    )
    waiting: dict[str, int] = {}
    with look.session.exec(rows.execution_options(yield_per=TOGETHER)) as found:
        for row, opened, ended in found:
            if row.state == ReservationState.RESERVED:
                waiting[row.held] = waiting.get(row.held, 0) + row.amount
            went = (row.place, row.source, row.held, row.amount)
            if opened is None or (opened.place, opened.source, opened.target, opened.amount) != went:
                yield Fault("ledger", row.reference, "was reserved, and not by the transfer of that name")
            if row.ended_by and (ended is None or (ended.source, ended.amount) != (row.held, row.amount)):
                yield Fault("ledger", row.reference, f"was {row.state}, and not by the transfer that it names")
    for address, held in balances(look, "reserved:").items():
        if held != waiting.get(address, 0):
            yield Fault("ledger", address, f"holds {held}, its reservations say {waiting.get(address, 0)}")


def _sums(look: Look) -> dict[tuple[str, Unit], int]:
    """Return the sum of transfers per account and unit."""
    source, target, amount = col(LedgerTransfer.source), col(LedgerTransfer.target), col(LedgerTransfer.amount)
    totals: dict[tuple[str, Unit], int] = {}
    for side, sign in ((source, -1), (target, 1)):
        rows = select(side, col(LedgerTransfer.unit), func.sum(case((amount > 0, sign * amount), else_=0)))
        for address, unit, total in look.session.exec(rows.group_by(side, col(LedgerTransfer.unit))).all():
            key = (address, Unit(unit))
            totals[key] = totals.get(key, 0) + int(total)
    return totals
