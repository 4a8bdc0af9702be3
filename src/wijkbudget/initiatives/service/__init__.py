# SPDX-License-Identifier: EUPL-1.2
"""Proposes, supports, withdraws and assesses plans, puts them on a ballot, adopts what was voted, and stops plans."""

from wijkbudget.initiatives.service.awarding import award
from wijkbudget.initiatives.service.collecting import collect
from wijkbudget.initiatives.service.proposals import assess, propose, support, withdraw
from wijkbudget.initiatives.service.raising import award_more, raise_grant
from wijkbudget.initiatives.service.rounds import adopt, put_on_ballot
from wijkbudget.initiatives.service.stopping import give_up, revoke, withdraw_grant

__all__ = [
    "adopt",
    "assess",
    "award",
    "award_more",
    "collect",
    "give_up",
    "propose",
    "put_on_ballot",
    "raise_grant",
    "revoke",
    "support",
    "withdraw",
    "withdraw_grant",
]
