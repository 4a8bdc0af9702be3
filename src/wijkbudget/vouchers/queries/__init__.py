# SPDX-License-Identifier: EUPL-1.2
"""Reads vouchers and claims, and proves that their money is where they say."""

from wijkbudget.vouchers.queries.claims import claim_view, claims, receipt
from wijkbudget.vouchers.queries.proof import check
from wijkbudget.vouchers.queries.spending import plans, purchases
from wijkbudget.vouchers.queries.vouchers import conditions, found_by_code, of_initiative, voucher, vouchers

__all__ = [
    "check",
    "claim_view",
    "claims",
    "conditions",
    "found_by_code",
    "of_initiative",
    "plans",
    "purchases",
    "receipt",
    "voucher",
    "vouchers",
]
