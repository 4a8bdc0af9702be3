# SPDX-License-Identifier: EUPL-1.2
"""Has whoever gave a reward paid, where the neighbourhood pays, and lets that go to another account."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.ledger import chart
from wijkbudget.payments import queries as payouts
from wijkbudget.payments import service as payments
from wijkbudget.payments.rules import PayoutState, read_iban
from wijkbudget.payments.schemas import OrderPayout
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.kinds import REWARD
from wijkbudget.vouchers.rewards import access, rules
from wijkbudget.vouchers.rewards.events import OfferReceiverChanged
from wijkbudget.vouchers.rewards.models import Reward, RewardOffer
from wijkbudget.vouchers.rewards.queries import rows, views
from wijkbudget.vouchers.rewards.rules import Payer, RewardState
from wijkbudget.vouchers.rewards.schemas import ChangeReceiver, OfferView
from wijkbudget.vouchers.rules import demand_other_eyes


@verb(access.OFFER, once=True)
def change_receiver(work: Work, place: str, offer_id: UUID, command: ChangeReceiver) -> OfferView:
    """Have what is given paid to another account from now on, with the payments that still wait for the cashier.

    Source: invariant VC8 (an account number is frozen in a payment; a change takes a decision and a new payment).
    Raises OfferNotFound, WrongState, OwnMoney, IbanUnreadable, InABatch or ChangedMeanwhile.
    """
    row = rows.offer_row(work, place, offer_id)
    rules.demand_paid_from_pot(Payer(row.payer))
    demand_other_eyes(work.actor.id, rows.givers_of(work, row))
    said = {"payee": command.payee, "iban": read_iban(command.iban), "receiver_by": work.actor.id}
    move(work.session, row, ("payee", "iban"), **said)
    work.session.refresh(row)
    given = select(Reward).where(col(Reward.offer_id) == offer_id, col(Reward.state) == RewardState.REDEEMED)
    rewards = {str(each.id): each for each in work.session.exec(given.order_by(col(Reward.id))).all()}
    unpaid = [
        about
        for about, payout in payouts.payout_about(work, place, rewards).items()
        if payout.state != PayoutState.PAID
    ]
    for about in sorted(unpaid):
        payments.withdraw(work, place, about)
        order(work, row, rewards[about])
    work.record(OfferReceiverChanged(place=place, subject=str(offer_id), count=len(unpaid)))
    return views.offer_view(work, row)


def order(work: Work, offer: RewardOffer, row: Reward) -> None:
    """Order the payment of whoever gave a reward; nobody who offered it, gave it or got it pays it (invariant VC6)."""
    assert offer.payee is not None
    assert offer.iban is not None
    hands = {offer.opened_by, offer.receiver_by, row.redeemed_by, row.person, *identity.housemates(work, {row.person})}
    command = OrderPayout(
        year=row.year,
        about=str(row.id),
        title=offer.title,
        amount_cents=row.value_cents,
        payee=offer.payee,
        iban=offer.iban,
        source=REWARD.account(row.place, row.year, row.id),
        target=chart.paid(row.place, row.year, row.id),
        parties=sorted(person for person in hands if person),
    )
    payments.order(work, row.place, command)
