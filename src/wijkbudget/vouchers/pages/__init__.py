# SPDX-License-Identifier: EUPL-1.2
"""The pages of vouchers of every kind, and the claims on them."""

from wijkbudget.vouchers.pages.cards import CardPages
from wijkbudget.vouchers.pages.cheques import ChequePages
from wijkbudget.vouchers.pages.claims import ClaimPages, FilingPages
from wijkbudget.vouchers.pages.ending import EndingPages
from wijkbudget.vouchers.pages.grants import GrantPages
from wijkbudget.vouchers.pages.rewards import RewardPages
from wijkbudget.vouchers.pages.vouchers import VoucherPages

__all__ = [
    "CardPages",
    "ChequePages",
    "ClaimPages",
    "EndingPages",
    "FilingPages",
    "GrantPages",
    "RewardPages",
    "VoucherPages",
]
