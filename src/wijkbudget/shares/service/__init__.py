# SPDX-License-Identifier: EUPL-1.2
"""What happens to shares: the house grants them and lets them lapse, people decide about some, holders hand back."""

from wijkbudget.shares.service.deciding import correct, grant_for_contract, lift, suspend
from wijkbudget.shares.service.returning import change_account, hand_back, stop_hand_backs
from wijkbudget.shares.service.reviewing import ALL_DONE, accrue, grant_first, lapse, reckon_effort, review

__all__ = [
    "ALL_DONE",
    "accrue",
    "change_account",
    "correct",
    "grant_first",
    "grant_for_contract",
    "hand_back",
    "lapse",
    "lift",
    "reckon_effort",
    "review",
    "stop_hand_backs",
    "suspend",
]
