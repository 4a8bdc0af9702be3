# SPDX-License-Identifier: EUPL-1.2
"""Reads claims, and proves that people and receipts are what they say."""

from wijkbudget.vouchers.claims.queries.claims import claim_view, claims, conditions, receipt
from wijkbudget.vouchers.claims.queries.proof import (
    check_fees,
    check_lines,
    check_payouts,
    check_people,
    check_receipts,
)
from wijkbudget.vouchers.claims.queries.purchases import purchases
from wijkbudget.vouchers.claims.queries.rows import Spent, demand_in_time, spent

__all__ = [
    "Spent",
    "check_fees",
    "check_lines",
    "check_payouts",
    "check_people",
    "check_receipts",
    "claim_view",
    "claims",
    "conditions",
    "demand_in_time",
    "purchases",
    "receipt",
    "spent",
]
