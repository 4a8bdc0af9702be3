# SPDX-License-Identifier: EUPL-1.2
"""The pages of payouts, of batches for the bank and its statements, and of gifts."""

from wijkbudget.payments.pages.batches import BatchPages
from wijkbudget.payments.pages.contributions import CollectionPages, DepositPages, GiftBookPages, GiftPages
from wijkbudget.payments.pages.payouts import PayoutPages
from wijkbudget.payments.pages.statements import StatementPages

__all__ = [
    "BatchPages",
    "CollectionPages",
    "DepositPages",
    "GiftBookPages",
    "GiftPages",
    "PayoutPages",
    "StatementPages",
]
