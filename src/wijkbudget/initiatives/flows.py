# SPDX-License-Identifier: EUPL-1.2
"""The transfer that begins a grant."""

from wijkbudget.ledger.flows import Flow

RESERVE = Flow(
    happens="a plan gets money: that is set apart, and waits for its voucher",
    by=("initiatives.adopt", "initiatives.award", "initiatives.give_up", "initiatives.revoke"),
    source="pot",
    target="reserved",
    reference="initiative:<id>:reserve",
)
