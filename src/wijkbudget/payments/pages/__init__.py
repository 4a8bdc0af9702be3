# SPDX-License-Identifier: EUPL-1.2
"""The pages of payouts, of batches for the bank, and of its statements."""

from wijkbudget.payments.pages.batches import BatchPages
from wijkbudget.payments.pages.payouts import PayoutPages
from wijkbudget.payments.pages.statements import StatementPages

__all__ = ["BatchPages", "PayoutPages", "StatementPages"]
