# SPDX-License-Identifier: EUPL-1.2
"""Answers about rewards: what is offered, one's own, one by its code, and the proof of them."""

from wijkbudget.vouchers.rewards.queries.proof import check
from wijkbudget.vouchers.rewards.queries.views import offers, own_reward, own_rewards, reward_by_code

__all__ = ["check", "offers", "own_reward", "own_rewards", "reward_by_code"]
