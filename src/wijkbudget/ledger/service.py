# SPDX-License-Identifier: EUPL-1.2
"""Posts, reserves and reverses; the only writer of the books, called by the verbs of the domains above."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Date, bindparam, select
from sqlmodel import col, insert, or_, update

from wijkbudget.db.prepared import Prepared
from wijkbudget.kit.text import _
from wijkbudget.ledger import access
from wijkbudget.ledger.booking import find, is_posted, move, post, post_shares
from wijkbudget.ledger.models import IS_WAITING, LedgerReservation
from wijkbudget.ledger.rules import (
    Account,
    NothingToReverse,
    NotReserved,
    ReferenceTaken,
    Reservation,
    ReservationState,
    Transfer,
    Unit,
    expiry_reference,
    reversal_reference,
    void_reference,
)
from wijkbudget.trail.work import Work, verb

__all__ = ["expire_reserved", "post", "post_reserved", "post_shares", "reserve", "reverse", "void"]

_KEEP = Prepared(insert(LedgerReservation))
_RESERVATIONS = select(
    *(col(getattr(LedgerReservation, name)) for name in ("reference", "place", "source", "held", "amount", "until"))
)
_RESERVED_AS = Prepared(_RESERVATIONS.where(col(LedgerReservation.reference) == bindparam("reference")))
_RESERVED_WITH = Prepared(
    _RESERVATIONS.where(
        or_(
            col(LedgerReservation.reference) == bindparam("reference"),
            col(LedgerReservation.ended_by) == bindparam("reference"),
        )
    )
)
_OVERDUE = Prepared(
    _RESERVATIONS.where(
        col(LedgerReservation.place) == bindparam("place"),
        IS_WAITING,
        col(LedgerReservation.until) <= bindparam("today", type_=Date()),
    ).order_by(col(LedgerReservation.reference))
)
_END = Prepared(
    update(LedgerReservation)
    .where(
        col(LedgerReservation.reference) == bindparam("ending"),
        col(LedgerReservation.state) == ReservationState.RESERVED,
        or_(col(LedgerReservation.until).is_(None), col(LedgerReservation.until) > bindparam("after", type_=Date())),
    )
    .values(state=bindparam("then"), ended_by=bindparam("by"))
)


class _Reserved(NamedTuple):
    """A reservation as it was made."""

    reference: str
    place: str
    source: str
    held: str
    amount: int
    until: date | None


def reverse(work: Work, place: str, reference: str) -> None:
    """Undo a transfer by one the other way, once; what sets money apart or ends that is undone by nobody.

    Raises NothingToReverse, or NotEnough if it was spent since.
    """
    row = find(work, reference)
    back = reversal_reference(reference)
    if row is None or row.place != place or find(work, back) is not None or _is_of_a_reservation(work, reference):
        raise NothingToReverse(_("There is no such transfer, or it was reversed already."))
    unit = Unit(row.unit)
    source, target = (Account(side, unit, not side.startswith("external:")) for side in (row.target, row.source))
    move(work, place, Transfer(source=source, target=target, amount=row.amount, reference=back))


def reserve(work: Work, place: str, reservation: Reservation) -> None:
    """Set money apart until it is posted, voided or expires, exactly one of them; the same again does nothing.

    Raises NotEnough if the source holds less, and ReferenceTaken if the reference would mean two things.
    """
    opening = reservation.opening
    if is_posted(work, place, opening):
        row = _RESERVED_AS.first(work.session, reference=reservation.reference)
        if row is None or _Reserved(*row).until != reservation.until:
            raise ReferenceTaken(_("This reference was used before, for something else."))
        return
    move(work, place, opening)
    kept = {
        "reference": reservation.reference,
        "place": place,
        "source": opening.source.address,
        "held": opening.target.address,
        "amount": opening.amount,
        "until": reservation.until,
        "state": ReservationState.RESERVED,
        "ended_by": None,
    }
    _KEEP.change(work.session, kept)


def post_reserved(work: Work, place: str, reference: str, target: Account, under: str) -> None:
    """Move what was set apart to what it was for, under a reference of its own; the same again does nothing.

    Raises NotReserved if it ended another way or its time is over, and ReferenceTaken.
    """
    row = _reserved(work, place, reference)
    transfer = Transfer(source=_held(row), target=target, amount=row.amount, reference=under)
    if not is_posted(work, place, transfer):
        _end(work, row, ReservationState.POSTED, under, after=work.today)
        move(work, place, transfer)


def void(work: Work, place: str, reference: str) -> None:
    """Let what was set apart go back to where it came from, because somebody decided so. Raises NotReserved."""
    _release(work, _reserved(work, place, reference), ReservationState.VOIDED, void_reference(reference))


@verb(access.EXPIRE)
def expire_reserved(work: Work, place: str) -> int:
    """Let go back what was set apart and not posted in time; return how many reservations that were."""
    over = [_Reserved(*row) for row in _OVERDUE.all(work.session, place=place, today=work.today)]
    for row in over:
        _release(work, row, ReservationState.EXPIRED, expiry_reference(row.reference))
    return len(over)


def _reserved(work: Work, place: str, reference: str) -> _Reserved:
    row = _RESERVED_AS.first(work.session, reference=reference)
    if row is None or _Reserved(*row).place != place:
        raise NotReserved(_("No money is set apart under this reference."))
    return _Reserved(*row)


def _is_of_a_reservation(work: Work, reference: str) -> bool:
    return _RESERVED_WITH.first(work.session, reference=reference) is not None


def _held(row: _Reserved) -> Account:
    return Account(row.held, Unit.CENT)


def _release(work: Work, row: _Reserved, then: ReservationState, under: str) -> None:
    """Move what was set apart back. Raises NotReserved."""
    _end(work, row, then, under, after=date.min)
    back = Transfer(source=_held(row), target=Account(row.source, Unit.CENT), amount=row.amount, reference=under)
    move(work, row.place, back)


def _end(work: Work, row: _Reserved, then: ReservationState, under: str, *, after: date) -> None:
    """End a reservation whose time lasts longer than a day, in one step that the database decides.

    Raises NotReserved if it ended before, or its time is over.
    """
    if _END.change(work.session, {"ending": row.reference, "after": after, "then": then, "by": under}) != 1:
        raise NotReserved(_("This money is no longer set apart."))
