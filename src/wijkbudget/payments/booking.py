# SPDX-License-Identifier: EUPL-1.2
"""Books that a payout was paid, once for each attempt, and lets one that came back or was a mistake wait again."""

from sqlmodel import col, update

from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Account, Transfer, Unit
from wijkbudget.payments.events import PayoutPaid, PayoutSentBack
from wijkbudget.payments.models import Payout
from wijkbudget.payments.rules import PayoutState, demand_waiting, paid_reference
from wijkbudget.trail.work import Work


def move(work: Work, row: Payout, before: PayoutState, **values: object) -> None:
    """Change a payout that is in a state, in one step that the database decides.

    Raises AlreadyPaid, InABatch or PayoutOver if it is no longer in it.
    """
    there = update(Payout).where(col(Payout.id) == row.id, col(Payout.state) == before)
    if work.session.exec(there.values(**values)).rowcount != 1:
        work.session.refresh(row)
        demand_waiting(PayoutState(row.state))
        raise AssertionError(row.state)
    work.session.refresh(row)


def book(work: Work, row: Payout, before: PayoutState, bank_reference: str) -> None:
    """Book that the bank paid. Raises as `move` does, or NotEnough."""
    paid = {"paid_at": work.now, "paid_by": work.actor.id, "bank_reference": bank_reference, "sent_back": None}
    move(work, row, before, state=PayoutState.PAID, **paid)
    transfer = Transfer(
        source=Account(row.source, Unit.CENT),
        target=Account(row.target, Unit.CENT, has_floor=False),
        amount=row.amount_cents,
        reference=paid_reference(row.id, row.attempt),
    )
    ledger.post(work, row.place, transfer)
    work.record(PayoutPaid(place=row.place, subject=str(row.id), about=row.about, amount_cents=row.amount_cents))


def send_back(work: Work, row: Payout, reason: str) -> None:
    """Let a payout that the bank did not pay, or sent back, wait for the cashier again; undo it if it was booked."""
    undo(work, row, sent_back=reason)
    facts = {"place": row.place, "subject": str(row.id), "about": row.about}
    work.record(PayoutSentBack(**facts, amount_cents=row.amount_cents, reason=reason))


def undo(work: Work, row: Payout, *, sent_back: str | None = None) -> None:
    """Let a payout wait for the cashier again, and undo what was booked of it. Raises as `move` does."""
    before = PayoutState(row.state)
    if before is PayoutState.PAID:
        ledger.reverse(work, row.place, paid_reference(row.id, row.attempt))
    nothing = {"paid_at": None, "paid_by": None, "bank_reference": None}
    again = {"state": PayoutState.ORDERED, "attempt": row.attempt + 1, "sent_back": sent_back}
    move(work, row, before, **nothing, **again)
