# SPDX-License-Identifier: EUPL-1.2
"""Writes transfers with their balances and events, each reference once."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import col, insert, text

from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared, run_together
from wijkbudget.kit.text import _
from wijkbudget.ledger.events import SharesTransferred, TimeTransferred, Transferred
from wijkbudget.ledger.models import LedgerTransfer
from wijkbudget.ledger.rules import Account, NotEnough, ReferenceTaken, Transfer, Unit
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


class Posted(NamedTuple):
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
        if not is_posted(work, place, transfer):
            move(work, place, transfer)


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
    run_together(work.session, (_GIVE, _changes(fresh)), (_WRITE, [_row(work, place, transfer) for transfer in fresh]))
    work.record(_shares_event(place, place, fresh))


def is_posted(work: Work, place: str, transfer: Transfer) -> bool:
    """Return whether this very transfer was posted before. Raises ReferenceTaken if another one was."""
    row = find(work, transfer.reference)
    if row is None:
        return False
    _demand_same(row, place, transfer)
    return True


def _demand_same(row: Posted, place: str, transfer: Transfer) -> None:
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


def find(work: Work, reference: str) -> Posted | None:
    """Return the transfer that stands in the books under a reference."""
    row = _POSTED_AS.first(work.session, reference=reference)
    return Posted(*row) if row else None


def _find_all(work: Work, references: Sequence[str]) -> dict[str, Posted]:
    """Return which of these references were posted, each with its transfer."""
    rows = (Posted(*row) for row in _POSTED_AMONG.all(work.session, references=references))
    return {row.reference: row for row in rows}


def move(work: Work, place: str, transfer: Transfer) -> None:
    """Write one transfer, its two balances and its event. Raises NotEnough."""
    _take(work, transfer)
    run_together(work.session, (_GIVE, _changes([transfer])), (_WRITE, [_row(work, place, transfer)]))
    work.record(_event(place, transfer))


def _take(work: Work, transfer: Transfer) -> None:
    """Take a transfer out of its source, if that has a floor. Raises NotEnough."""
    if not transfer.source.has_floor:
        return
    taken = {"account": transfer.source.address, "amount": transfer.amount}
    if _TAKE.change(work.session, taken) != 1:
        raise NotEnough(_("There is not enough money, time or shares left for this."))


def _changes(transfers: Sequence[Transfer]) -> list[dict[str, str | int]]:
    """Return how much more or less each account holds, but for what was taken where there is a floor."""
    sums: dict[Account, int] = {}
    for transfer in transfers:
        sums[transfer.target] = sums.get(transfer.target, 0) + transfer.amount
        if not transfer.source.has_floor:
            sums[transfer.source] = sums.get(transfer.source, 0) - transfer.amount
    return [{"account": at.address, "unit": at.unit.value, "amount": amount} for at, amount in sums.items()]


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
