# SPDX-License-Identifier: EUPL-1.2
"""Orders, pays and withdraws payouts."""

from uuid import UUID

from wijkbudget.payments import access, booking, queries, rules
from wijkbudget.payments.events import PayoutOrdered, PayoutWithdrawn
from wijkbudget.payments.models import Payout, PayoutParty
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import OrderPayout, PayoutView, PayPayout
from wijkbudget.trail.work import Work, verb


def order(work: Work, place: str, command: OrderPayout) -> PayoutView:
    """Let money go out, for the verb that decided so. Raises IbanUnreadable."""
    payout = Payout(
        id=work.new_id(),
        place=place,
        year=command.year,
        about=command.about,
        title=command.title,
        number=command.number,
        amount_cents=command.amount_cents,
        payee=command.payee,
        iban=rules.read_iban(command.iban),
        source=command.source.address,
        target=command.target.address,
        state=PayoutState.ORDERED,
        ordered_at=work.now,
    )
    work.session.add(payout)
    work.session.flush()
    work.session.add_all(PayoutParty(payout_id=payout.id, person=person) for person in sorted(set(command.parties)))
    work.session.flush()
    work.record(
        PayoutOrdered(place=place, subject=str(payout.id), about=command.about, amount_cents=command.amount_cents)
    )
    return queries.payout_about(work, place, [command.about])[command.about]


def withdraw(work: Work, place: str, about: str) -> None:
    """Let a thing not be paid as it was ordered, for the verb that decided so; nothing if no payout waits for it.

    Raises AlreadyPaid or InABatch.
    """
    found = queries.payout_about(work, place, [about]).get(about)
    if found is None:
        return
    row = queries.row(work, place, found.id)
    booking.move(work, row, PayoutState.ORDERED, state=PayoutState.WITHDRAWN)
    work.record(PayoutWithdrawn(place=place, subject=str(row.id), about=about, amount_cents=row.amount_cents))


@verb(access.PAY, once=True)
def pay(work: Work, place: str, payout_id: UUID, command: PayPayout) -> PayoutView:
    """Book that the bank paid. Raises PayoutNotFound, HadAHandInIt, AlreadyPaid, InABatch or PayoutOver."""
    row = queries.row(work, place, payout_id)
    rules.demand_may_pay(work.actor.id, queries.parties_of(work, [payout_id])[payout_id])
    booking.book(work, row, PayoutState.ORDERED, command.bank_reference)
    return queries.payout(work, place, payout_id)
