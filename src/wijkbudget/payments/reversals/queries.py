# SPDX-License-Identifier: EUPL-1.2
"""Reads payments that were undone, and proves that the books say the same."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger.rules import reversal_reference
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import access
from wijkbudget.payments import queries as payouts
from wijkbudget.payments.batches.models import PaymentLine
from wijkbudget.payments.batches.rules import LineState
from wijkbudget.payments.models import Payout
from wijkbudget.payments.reversals.models import PayoutReversal
from wijkbudget.payments.reversals.rules import Mistake, ReversalNotFound
from wijkbudget.payments.reversals.schemas import ReversalView
from wijkbudget.payments.rules import paid_reference
from wijkbudget.trail.work import Look, question

_Undone = Sequence[tuple[PayoutReversal, Payout]]


@question(access.READ)
def reversals(look: Look, place: str) -> list[ReversalView]:
    """Return the payments of a neighbourhood that were undone, the last one first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    return _views(look, _found(look, col(PayoutReversal.place) == place))


@question(access.READ)
def reversals_of(look: Look, place: str, payout_id: UUID) -> list[ReversalView]:
    """Return how often a payment was undone, the last time first. Raises PayoutNotFound."""
    row = payouts.row(look, place, payout_id)
    return _views(look, _found(look, col(PayoutReversal.payout_id) == row.id))


def reversal_row(look: Look, place: str, payout_id: UUID, attempt: int) -> PayoutReversal:
    """Return the row of a payment that was undone, for the verbs. Raises ReversalNotFound."""
    row = look.session.get(PayoutReversal, (payout_id, attempt))
    if row is None or row.place != place:
        raise ReversalNotFound(_("No such payment was undone in this neighbourhood."))
    return row


def reversals_among(look: Look, payout_ids: Collection[UUID]) -> dict[tuple[UUID, int], PayoutReversal]:
    """Return which attempts to pay these payouts were undone."""
    rows = select(PayoutReversal).where(col(PayoutReversal.payout_id).in_(payout_ids))
    return {(row.payout_id, row.attempt): row for row in look.session.exec(rows).all()}


def is_on_statement(look: Look, payout: Payout) -> bool:
    """Return whether the bank said that it paid this, and not only the cashier."""
    booked = col(PaymentLine.state) == LineState.BOOKED, col(PaymentLine.attempt) == payout.attempt
    line = select(PaymentLine.end_to_end_id).where(col(PaymentLine.payout_id) == payout.id, *booked)
    return look.session.exec(line).first() is not None


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every payment that was undone otherwise than the books, the bank and two people say."""
    undone = _found(look)
    open_cents = Counter[str]()
    references = [reversal_reference(paid_reference(row.payout_id, row.attempt)) for row, _payout in undone]
    booked = ledger.amounts_under(look, references)
    hands = payouts.parties_of(look, [row.payout_id for row, _payout in undone])
    for (row, payout), reference in zip(undone, references, strict=True):
        about = f"payment {row.payout_id}, attempt {row.attempt}"
        if booked.get(reference) != row.amount_cents or payout.attempt <= row.attempt:
            yield Fault("what was undone waits again", about, "is not undone in the books")
        if row.reversed_by in hands[row.payout_id]:
            yield Fault("others undo a payment", about, "was undone by who asked for it or approved it")
        if row.mistake == Mistake.PAID_WRONGLY:
            open_cents[chart.mistaken(row.place).address] += row.amount_cents - row.recovered_cents
    kept = ledger.balances(look, "external:mistaken:")
    for address in sorted(open_cents.keys() | kept.keys()):
        if open_cents[address] != kept.get(address, 0):
            shows = f"{open_cents[address]} cents must come back, the ledger says {kept.get(address, 0)}"
            yield Fault("what must come back is in the ledger", address, shows)
    yield from _check_lines(look)


def _check_lines(look: Look) -> Iterator[Fault]:
    """Yield a fault for each payment that the bank made, whose payout waits again though nobody undid it."""
    both = select(PaymentLine, Payout).join(Payout, col(Payout.id) == col(PaymentLine.payout_id))
    later = both.where(col(PaymentLine.state) == LineState.BOOKED, col(Payout.attempt) > col(PaymentLine.attempt))
    found = look.session.exec(later.order_by(col(PaymentLine.end_to_end_id))).all()
    undone = reversals_among(look, [payout.id for _line, payout in found])
    for line, payout in found:
        if (payout.id, line.attempt) not in undone:
            yield Fault("a payment is in one state", f"payment {line.end_to_end_id}", "is booked, and waits again")


def _found(look: Look, *conditions: ColumnElement[bool]) -> _Undone:
    both = select(PayoutReversal, Payout).join(Payout, col(Payout.id) == col(PayoutReversal.payout_id))
    newest = col(PayoutReversal.reversed_at).desc(), col(PayoutReversal.payout_id), col(PayoutReversal.attempt).desc()
    return look.session.exec(both.where(*conditions).order_by(*newest)).all()


def _views(look: Look, undone: _Undone) -> list[ReversalView]:
    names = identity.names(look, {row.reversed_by for row, _payout in undone})
    recovers = access.RECOVER.allows(look.roles)
    return [_view(row, payout, names.get(row.reversed_by, row.reversed_by), recovers) for row, payout in undone]


def _view(row: PayoutReversal, payout: Payout, reversed_by: str, recovers: bool) -> ReversalView:  # noqa: FBT001 - what whoever asks may do
    mistake = Mistake(row.mistake)
    open_cents = row.amount_cents - row.recovered_cents if mistake is Mistake.PAID_WRONGLY else 0
    return ReversalView(
        payout_id=row.payout_id,
        attempt=row.attempt,
        title=payout.title,
        payee=payout.payee,
        iban=payout.iban,
        amount_cents=row.amount_cents,
        mistake=mistake,
        reason=row.reason,
        reversed_at=row.reversed_at,
        reversed_by=reversed_by,
        paid_at=row.paid_at,
        bank_reference=row.bank_reference,
        recovered_cents=row.recovered_cents,
        open_cents=open_cents,
        may_recover=recovers and open_cents > 0,
    )
