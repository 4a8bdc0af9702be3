# SPDX-License-Identifier: EUPL-1.2
"""Issues, claims, approves, accounts for and settles vouchers."""

from wijkbudget.vouchers.service.claims import approve, change_account, claim, refuse_claim
from wijkbudget.vouchers.service.vouchers import account_for, expire, issue, settle, stop

__all__ = ["account_for", "approve", "change_account", "claim", "expire", "issue", "refuse_claim", "settle", "stop"]
