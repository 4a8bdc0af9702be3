# SPDX-License-Identifier: EUPL-1.2
"""Takes statements in, and explains what of them does not match."""

from wijkbudget.payments.statements.service.explaining import join_deposit, propose_deposit, settle_difference
from wijkbudget.payments.statements.service.receiving import receive

__all__ = ["join_deposit", "propose_deposit", "receive", "settle_difference"]
