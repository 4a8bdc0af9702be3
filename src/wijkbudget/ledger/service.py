"""Posts and reverses transfers; the only writer of the books, called by the verbs of the domains above."""

from sqlmodel import col, select, text

from wijkbudget.kit.text import _
from wijkbudget.ledger.events import TimeTransferred, Transferred
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

_TAKE = text("UPDATE ledger_balance SET amount = amount - :amount WHERE account = :account AND amount >= :amount")
_GIVE = text(
    "INSERT INTO ledger_balance (account, unit, amount) VALUES (:account, :unit, :amount)"
    " ON CONFLICT (account) DO UPDATE SET amount = ledger_balance.amount + excluded.amount"
)


def post(work: Work, place: str, *transfers: Transfer) -> None:
    """Post transfers in order, with the caller's own changes; posting the same again does nothing.

    Raises NotEnough if an account would fall below zero, and ReferenceTaken if a reference would mean two things.
    """
    for transfer in transfers:
        if not _is_posted(work, place, transfer):
            _move(work, place, transfer)


def reverse(work: Work, place: str, reference: str) -> None:
    """Undo a transfer by one the other way, once. Raises NothingToReverse, or NotEnough if it was spent since."""
    row = work.session.exec(
        select(LedgerTransfer).where(col(LedgerTransfer.reference) == reference, col(LedgerTransfer.place) == place)
    ).first()
    back = reversal_reference(reference)
    if row is None or _find(work, back) is not None:
        raise NothingToReverse(_("There is no such transfer, or it was reversed already."))
    unit = Unit(row.unit)
    source, target = (Account(side, unit, not side.startswith("external:")) for side in (row.target, row.source))
    _move(work, place, Transfer(source=source, target=target, amount=row.amount, reference=back))


def _is_posted(work: Work, place: str, transfer: Transfer) -> bool:
    """Return whether this very transfer was posted before. Raises ReferenceTaken if another one was."""
    row = _find(work, transfer.reference)
    if row is None:
        return False
    same = (row.place, row.source, row.target, row.unit, row.amount) == (
        place,
        transfer.source.address,
        transfer.target.address,
        transfer.source.unit,
        transfer.amount,
    )
    if not same:
        raise ReferenceTaken(_("This reference was used before, for something else."))
    return True


def _find(work: Work, reference: str) -> LedgerTransfer | None:
    return work.session.exec(select(LedgerTransfer).where(col(LedgerTransfer.reference) == reference)).first()


def _move(work: Work, place: str, transfer: Transfer) -> None:
    """Write one transfer, its two balances and its event. Raises NotEnough."""
    connection = work.session.connection()
    source, target, amount = transfer.source, transfer.target, transfer.amount
    if source.has_floor and connection.execute(_TAKE, {"account": source.address, "amount": amount}).rowcount != 1:
        raise NotEnough(_("There is not enough money, time or shares left for this."))
    if target.has_floor:
        connection.execute(_GIVE, {"account": target.address, "unit": target.unit, "amount": amount})
    work.session.add(
        LedgerTransfer(
            id=work.new_id(),
            at=work.now,
            place=place,
            source=source.address,
            target=target.address,
            unit=source.unit,
            amount=amount,
            reference=transfer.reference,
        )
    )
    work.session.flush()
    work.record(_event(place, transfer))


def _event(place: str, transfer: Transfer) -> Event:
    """Return what the trail says of a transfer; an address of time points at a person."""
    source, target = transfer.source, transfer.target
    if source.unit is Unit.MINUTE:
        return TimeTransferred(
            place=place,
            subject=transfer.reference,
            source=source.address,
            target=target.address,
            amount_minutes=transfer.amount,
        )
    return Transferred(
        place=place,
        subject=transfer.reference,
        source=source.address,
        target=target.address,
        unit=source.unit,
        amount=transfer.amount,
    )
