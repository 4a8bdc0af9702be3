# SPDX-License-Identifier: EUPL-1.2
"""Issues, claims, approves, accounts for and settles vouchers."""

from wijkbudget.vouchers.service.claims import approve, claim, refuse_claim
from wijkbudget.vouchers.service.vouchers import account_for, expire, issue, settle

__all__ = ["account_for", "approve", "claim", "expire", "issue", "refuse_claim", "settle"]
