# SPDX-License-Identifier: EUPL-1.2
"""Orders and pays payouts."""

from uuid import UUID

from sqlmodel import col, update

from wijkbudget.kit.text import _
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Account, Transfer, Unit
from wijkbudget.payments import access, queries, rules
from wijkbudget.payments.events import PayoutOrdered, PayoutPaid
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


@verb(access.PAY, once=True)
def pay(work: Work, place: str, payout_id: UUID, command: PayPayout) -> PayoutView:
    """Book that the bank paid. Raises PayoutNotFound, HadAHandInIt or AlreadyPaid."""
    payout = queries.row(work, place, payout_id)
    rules.demand_may_pay(work.actor.id, queries.parties(work, payout_id))
    waiting = col(Payout.id) == payout_id, col(Payout.place) == place, col(Payout.state) == PayoutState.ORDERED
    change = update(Payout).where(*waiting)
    paid = change.values(
        state=PayoutState.PAID, paid_at=work.now, paid_by=work.actor.id, bank_reference=command.bank_reference
    )
    if work.session.exec(paid).rowcount != 1:
        raise rules.AlreadyPaid(_("This was paid before."))
    ledger.post(work, place, _transfer(payout))
    work.record(PayoutPaid(place=place, subject=str(payout.id), about=payout.about, amount_cents=payout.amount_cents))
    return queries.payout(work, place, payout_id)


def _transfer(payout: Payout) -> Transfer:
    """Return what moves in the books when a payout is paid."""
    return Transfer(
        source=Account(payout.source, Unit.CENT),
        target=Account(payout.target, Unit.CENT, has_floor=False),
        amount=payout.amount_cents,
        reference=rules.paid_reference(payout.id),
    )
