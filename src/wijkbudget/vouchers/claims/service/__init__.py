# SPDX-License-Identifier: EUPL-1.2
"""Files, approves, refuses and counts claims, and books what comes back."""

from wijkbudget.vouchers.claims.service.back import book_back, reclaim
from wijkbudget.vouchers.claims.service.deciding import approve, change_account, refuse_claim
from wijkbudget.vouchers.claims.service.filing import claim, claim_invoice

__all__ = ["approve", "book_back", "change_account", "claim", "claim_invoice", "reclaim", "refuse_claim"]
