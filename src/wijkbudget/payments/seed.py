# SPDX-License-Identifier: EUPL-1.2
"""Demo payments, through the verbs."""

from wijkbudget.kit.actor import Actor
from wijkbudget.payments import queries, service
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.desk import Desk


def pay_all(desk: Desk, place: str, cashier: Actor) -> int:
    """Pay everything that waits in a neighbourhood, the oldest first, and return how many payments that were."""
    at = desk.by(cashier)
    waiting = [payout for payout in at.ask(queries.payouts, place) if payout.state is PayoutState.ORDERED]
    for payout in waiting:
        command = PayPayout(bank_reference=f"BANK-{payout.id.hex[:12].upper()}")
        at.once(f"seed payment {payout.id}").act(service.pay, place, payout.id, command)
    return len(waiting)
