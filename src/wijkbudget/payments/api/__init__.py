# SPDX-License-Identifier: EUPL-1.2
"""The API of payouts, of batches for the bank and its statements, and of gifts."""

from wijkbudget.payments.api.batches import AccountApi, BatchApi
from wijkbudget.payments.api.contributions import CollectionApi, DepositApi, GiftApi, NoticeApi
from wijkbudget.payments.api.payouts import PayoutApi
from wijkbudget.payments.api.statements import BankLineApi, StatementApi

__all__ = [
    "AccountApi",
    "BankLineApi",
    "BatchApi",
    "CollectionApi",
    "DepositApi",
    "GiftApi",
    "NoticeApi",
    "PayoutApi",
    "StatementApi",
]
