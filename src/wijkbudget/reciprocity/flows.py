# SPDX-License-Identifier: EUPL-1.2
"""The transfer by which time comes into the books."""

from wijkbudget.ledger.flows import Flow

SETTLE = Flow(
    happens="confirmed time, once nobody objected in time",
    by=("reciprocity.settle",),
    source="external:time",
    target="time",
    reference="time:<entry>",
)
