# SPDX-License-Identifier: EUPL-1.2
"""Undoes payments that were a mistake, and books what comes back of them."""

from uuid import UUID

from sqlmodel import col, update

from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.payments import access, booking
from wijkbudget.payments import queries as payouts
from wijkbudget.payments.models import Payout
from wijkbudget.payments.reversals import queries, rules
from wijkbudget.payments.reversals.events import PaymentRecovered, PaymentReversed
from wijkbudget.payments.reversals.models import PayoutReversal
from wijkbudget.payments.reversals.rules import Mistake
from wijkbudget.payments.reversals.schemas import RecoverMoney, ReversalView, ReversePayment
from wijkbudget.payments.rules import PayoutState
from wijkbudget.trail.work import Work, verb


@verb(access.REVERSE, once=True)
def reverse(work: Work, place: str, payout_id: UUID, command: ReversePayment) -> list[ReversalView]:
    """Undo a payment that was a mistake: it waits for the cashier again, and what went out has to come back.

    Raises PayoutNotFound, NotPaid, PaidIt or BankSaysPaid.
    """
    row = payouts.row(work, place, payout_id)
    rules.demand_paid(PayoutState(row.state))
    rules.demand_another(work.actor.id, {row.paid_by, *payouts.parties_of(work, [payout_id])[payout_id]})
    rules.demand_bank_silent(command.mistake, is_on_statement=queries.is_on_statement(work, row))
    undone = _undone(work, row, command)
    booking.undo(work, row)
    work.session.add(undone)
    work.session.flush()
    if command.mistake is Mistake.PAID_WRONGLY:
        mistaken = chart.mistaken(place)
        out = rules.MISTAKEN.transfer(chart.MUNICIPALITY, mistaken, undone.amount_cents, row.id, undone.attempt)
        ledger.post(work, place, out)
    work.record(
        PaymentReversed(
            place=place,
            subject=str(payout_id),
            about=row.about,
            attempt=undone.attempt,
            amount_cents=undone.amount_cents,
            mistake=command.mistake,
        )
    )
    return queries.reversals_of(work, place, payout_id)


@verb(access.RECOVER, once=True)
def recover(work: Work, place: str, payout_id: UUID, command: RecoverMoney) -> list[ReversalView]:
    """Book money that came back of a payment by mistake. Raises ReversalNotFound or MoreThanWentOut."""
    row = queries.reversal_row(work, place, payout_id, command.attempt)
    _recover(work, row, payouts.row(work, place, payout_id), command.amount_cents)
    return queries.reversals_of(work, place, payout_id)


def send_back(work: Work, payout: Payout, attempt: int, reason: str) -> None:
    """Do in the books what the bank says of a payment that it sent back: that was undone before, or is undone now."""
    row = work.session.get(PayoutReversal, (payout.id, attempt))
    if row is None:
        booking.send_back(work, payout, reason)
    else:
        _recover(work, row, payout, row.amount_cents - row.recovered_cents)


def _undone(work: Work, row: Payout, command: ReversePayment) -> PayoutReversal:
    """Return the row of a payment as it stood in the books."""
    assert row.paid_by
    assert row.paid_at
    assert row.bank_reference
    return PayoutReversal(
        payout_id=row.id,
        attempt=row.attempt,
        place=row.place,
        amount_cents=row.amount_cents,
        mistake=command.mistake,
        reason=command.reason,
        reversed_by=work.actor.id,
        reversed_at=work.now,
        paid_by=row.paid_by,
        paid_at=row.paid_at,
        bank_reference=row.bank_reference,
        recovered_cents=0,
    )


def _recover(work: Work, row: PayoutReversal, payout: Payout, amount_cents: int) -> None:
    """Book what came back, in one step that the database decides. Raises MoreThanWentOut."""
    recovered = col(PayoutReversal.recovered_cents) + amount_cents
    there = col(PayoutReversal.payout_id) == row.payout_id, col(PayoutReversal.attempt) == row.attempt
    fits = col(PayoutReversal.mistake) == Mistake.PAID_WRONGLY, recovered <= col(PayoutReversal.amount_cents)
    if work.session.exec(update(PayoutReversal).where(*there, *fits).values(recovered_cents=recovered)).rowcount != 1:
        is_out = row.mistake == Mistake.PAID_WRONGLY
        raise rules.more_than_went_out(row.amount_cents - row.recovered_cents if is_out else 0)
    work.session.refresh(row)
    source, names = chart.mistaken(row.place), (row.payout_id, row.attempt, row.recovered_cents)
    ledger.post(work, row.place, rules.RECOVERED.transfer(source, chart.MUNICIPALITY, amount_cents, *names))
    work.record(
        PaymentRecovered(
            place=row.place,
            subject=str(row.payout_id),
            about=payout.about,
            attempt=row.attempt,
            amount_cents=amount_cents,
            open_cents=row.amount_cents - row.recovered_cents,
        )
    )
