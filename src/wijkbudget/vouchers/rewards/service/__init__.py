# SPDX-License-Identifier: EUPL-1.2
"""Offers rewards, lets residents choose them, books that they were given or were not after all, and lets them lapse."""

from wijkbudget.vouchers.rewards.service.earning import choose, lapse_rewards, redeem_reward
from wijkbudget.vouchers.rewards.service.offering import close_offer, open_offer
from wijkbudget.vouchers.rewards.service.paying import change_receiver
from wijkbudget.vouchers.rewards.service.undoing import undo_redemption

__all__ = [
    "change_receiver",
    "choose",
    "close_offer",
    "lapse_rewards",
    "open_offer",
    "redeem_reward",
    "undo_redemption",
]
