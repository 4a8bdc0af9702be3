# SPDX-License-Identifier: EUPL-1.2
"""Reads vouchers, and proves that their money is where they say."""

from wijkbudget.vouchers.queries.proof import check
from wijkbudget.vouchers.queries.spending import plans
from wijkbudget.vouchers.queries.vouchers import card, found_by_code, of_initiative, voucher, vouchers

__all__ = [
    "card",
    "check",
    "found_by_code",
    "of_initiative",
    "plans",
    "voucher",
    "vouchers",
]
