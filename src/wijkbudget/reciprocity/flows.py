# SPDX-License-Identifier: EUPL-1.2
"""The transfers by which time comes into the books."""

from wijkbudget.ledger.flows import Flow

SETTLE = Flow(
    happens="confirmed time, once nobody objected in time",
    by=("reciprocity.settle",),
    source="external:time",
    target="time",
    reference="time:<entry>",
)

SETTLE_AGAIN = Flow(
    happens="time was found not right, its giver objected, and the ruling is that it was right",
    by=("reciprocity.rule_on_correction",),
    source="external:time",
    target="time",
    reference="time-again:<entry>",
)
