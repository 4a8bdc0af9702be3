# SPDX-License-Identifier: EUPL-1.2
"""Issues vouchers, accounts for them, and brings them to their end."""

from wijkbudget.vouchers.service.ending import expire, lower_settlement, settle, settle_lower, stop, take_back
from wijkbudget.vouchers.service.issuing import account_for, issue, replace_code
from wijkbudget.vouchers.service.raising import raise_value

__all__ = [
    "account_for",
    "expire",
    "issue",
    "lower_settlement",
    "raise_value",
    "replace_code",
    "settle",
    "settle_lower",
    "stop",
    "take_back",
]
