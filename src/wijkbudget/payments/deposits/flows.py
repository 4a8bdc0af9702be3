# SPDX-License-Identifier: EUPL-1.2
"""Every kind of transfer between a payment provider and our bank; each part of a deposit moves once."""

from wijkbudget.ledger.flows import Flow

_FOLLOW = ("payments.hear_deposit", "payments.note_parts", "payments.receive")

COSTS = Flow(
    happens="the payment provider keeps something for its work, and the municipality bears that",
    by=_FOLLOW,
    source="external:costs",
    target="external:provider",
    reference="deposit-part:<id>:costs",
)
COSTS_BACK = Flow(
    happens="the payment provider gives back what it kept",
    by=_FOLLOW,
    source="external:provider",
    target="external:costs",
    reference="deposit-part:<id>:costs",
)
BANK = Flow(
    happens="what the provider had is on our bank account, as its statement says",
    by=_FOLLOW,
    source="external:deposited",
    target="external:provider",
    reference="deposit-part:<id>:banked",
)
BANK_LESS = Flow(
    happens="the same of what went back: it came to our bank account as less",
    by=_FOLLOW,
    source="external:provider",
    target="external:deposited",
    reference="deposit-part:<id>:banked",
)
