# SPDX-License-Identifier: EUPL-1.2
"""The API of vouchers of every kind, and the claims on them."""

from wijkbudget.vouchers.api.cheques import ChequeApi
from wijkbudget.vouchers.api.claims import ClaimApi, FilingApi
from wijkbudget.vouchers.api.grants import EndingApi, GrantApi
from wijkbudget.vouchers.api.rewards import RewardApi
from wijkbudget.vouchers.api.vouchers import VoucherApi

__all__ = ["ChequeApi", "ClaimApi", "EndingApi", "FilingApi", "GrantApi", "RewardApi", "VoucherApi"]
