# SPDX-License-Identifier: EUPL-1.2
"""Posts and reverses transfers; the only writer of the books, called by the verbs of the domains above."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import col, insert, text

from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared, run_together
from wijkbudget.kit.text import _
from wijkbudget.ledger.events import SharesTransferred, TimeTransferred, Transferred
from wijkbudget.ledger.models import LedgerTransfer
from wijkbudget.ledger.rules import (
    Account,
    NotEnough,
    NothingToReverse,
    ReferenceTaken,
    Transfer,
    Unit,
    reversal_reference,
)
from wijkbudget.trail.events import Event
from wijkbudget.trail.work import Work

_TAKE = Prepared(
    text("UPDATE ledger_balance SET amount = amount - :amount WHERE account = :account AND amount >= :amount")
)
_GIVE = Prepared(
    text(
        "INSERT INTO ledger_balance (account, unit, amount) VALUES (:account, :unit, :amount)"
        " ON CONFLICT (account) DO UPDATE SET amount = ledger_balance.amount + excluded.amount"
    )
)
_WRITE = Prepared(insert(LedgerTransfer))
_POSTED = select(
    col(LedgerTransfer.reference),
    col(LedgerTransfer.place),
    col(LedgerTransfer.source),
    col(LedgerTransfer.target),
    col(LedgerTransfer.unit),
    col(LedgerTransfer.amount),
)
_POSTED_AS = Prepared(_POSTED.where(col(LedgerTransfer.reference) == bindparam("reference")))
_POSTED_AMONG = Prepared(_POSTED.where(Among(col(LedgerTransfer.reference), "references")))


class _Posted(NamedTuple):
    """A transfer as it stands in the books."""

    reference: str
    place: str
    source: str
    target: str
    unit: str
    amount: int


def post(work: Work, place: str, *transfers: Transfer) -> None:
    """Post transfers in order, with the caller's own changes; posting the same again does nothing.

    Raises NotEnough if an account would fall below zero, and ReferenceTaken if a reference would mean two things.
    """
    for transfer in transfers:
        if not _is_posted(work, place, transfer):
            _move(work, place, transfer)


def post_shares(work: Work, place: str, transfers: Sequence[Transfer]) -> None:
    """Post many transfers of shares at once, with one event for all; posting the same again does nothing.

    Raises NotEnough if an account would fall below zero, and ReferenceTaken if a reference would mean two things.
    """
    assert all(transfer.source.unit is Unit.SHARE for transfer in transfers)
    posted = _find_all(work, [transfer.reference for transfer in transfers])
    for transfer in transfers:
        if row := posted.get(transfer.reference):
            _demand_same(row, place, transfer)
    fresh = [transfer for transfer in transfers if transfer.reference not in posted]
    if not fresh:
        return
    for transfer in fresh:
        _take(work, transfer)
    # In one go, because everybody in a neighbourhood can get a share on the same day.
    gifts = [_gift(transfer) for transfer in fresh if transfer.target.has_floor]
    run_together(work.session, (_GIVE, gifts), (_WRITE, [_row(work, place, transfer) for transfer in fresh]))
    work.record(_shares_event(place, place, fresh))


def reverse(work: Work, place: str, reference: str) -> None:
    """Undo a transfer by one the other way, once. Raises NothingToReverse, or NotEnough if it was spent since."""
    row = _find(work, reference)
    back = reversal_reference(reference)
    if row is None or row.place != place or _find(work, back) is not None:
        raise NothingToReverse(_("There is no such transfer, or it was reversed already."))
    unit = Unit(row.unit)
    source, target = (Account(side, unit, not side.startswith("external:")) for side in (row.target, row.source))
    _move(work, place, Transfer(source=source, target=target, amount=row.amount, reference=back))


def _is_posted(work: Work, place: str, transfer: Transfer) -> bool:
    """Return whether this very transfer was posted before. Raises ReferenceTaken if another one was."""
    row = _find(work, transfer.reference)
    if row is None:
        return False
    _demand_same(row, place, transfer)
    return True


def _demand_same(row: _Posted, place: str, transfer: Transfer) -> None:
    """Do nothing if what was posted is this very transfer. Raises ReferenceTaken."""
    same = (row.place, row.source, row.target, row.unit, row.amount) == (
        place,
        transfer.source.address,
        transfer.target.address,
        transfer.source.unit,
        transfer.amount,
    )
    if not same:
        raise ReferenceTaken(_("This reference was used before, for something else."))


def _find(work: Work, reference: str) -> _Posted | None:
    row = _POSTED_AS.first(work.session, reference=reference)
    return _Posted(*row) if row else None


def _find_all(work: Work, references: Sequence[str]) -> dict[str, _Posted]:
    """Return which of these references were posted, each with its transfer."""
    rows = (_Posted(*row) for row in _POSTED_AMONG.all(work.session, references=references))
    return {row.reference: row for row in rows}


def _move(work: Work, place: str, transfer: Transfer) -> None:
    """Write one transfer, its two balances and its event. Raises NotEnough."""
    _take(work, transfer)
    gifts = [_gift(transfer)] if transfer.target.has_floor else []
    run_together(work.session, (_GIVE, gifts), (_WRITE, [_row(work, place, transfer)]))
    work.record(_event(place, transfer))


def _take(work: Work, transfer: Transfer) -> None:
    """Take a transfer out of its source, if that has a floor. Raises NotEnough."""
    if not transfer.source.has_floor:
        return
    taken = {"account": transfer.source.address, "amount": transfer.amount}
    if _TAKE.change(work.session, taken) != 1:
        raise NotEnough(_("There is not enough money, time or shares left for this."))


def _gift(transfer: Transfer) -> dict[str, str | int]:
    return {"account": transfer.target.address, "unit": transfer.target.unit.value, "amount": transfer.amount}


def _row(work: Work, place: str, transfer: Transfer) -> dict[str, object]:
    return {
        "id": work.new_id(),
        "at": work.now,
        "place": place,
        "source": transfer.source.address,
        "target": transfer.target.address,
        "unit": transfer.source.unit.value,
        "amount": transfer.amount,
        "reference": transfer.reference,
    }


def _event(place: str, transfer: Transfer) -> Event:
    """Return what the trail says of a transfer; an address of time or shares points at a person."""
    source, target = transfer.source, transfer.target
    if source.unit is Unit.MINUTE:
        return TimeTransferred(
            place=place,
            subject=transfer.reference,
            source=source.address,
            target=target.address,
            amount_minutes=transfer.amount,
        )
    if source.unit is Unit.SHARE:
        return _shares_event(place, transfer.reference, [transfer])
    return Transferred(
        place=place,
        subject=transfer.reference,
        source=source.address,
        target=target.address,
        unit=source.unit,
        amount=transfer.amount,
    )


def _shares_event(place: str, subject: str, transfers: Sequence[Transfer]) -> Event:
    return SharesTransferred(
        place=place,
        subject=subject,
        references=[transfer.reference for transfer in transfers],
        sources=[transfer.source.address for transfer in transfers],
        targets=[transfer.target.address for transfer in transfers],
        amount_shares=sum(transfer.amount for transfer in transfers),
    )
