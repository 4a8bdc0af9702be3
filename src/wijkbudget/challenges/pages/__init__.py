# SPDX-License-Identifier: EUPL-1.2
"""The pages of tasks, bids, their groups, and the cases of officials."""

from wijkbudget.challenges.pages.bids import BidPages
from wijkbudget.challenges.pages.cases import CasePages
from wijkbudget.challenges.pages.groups import GroupPages
from wijkbudget.challenges.pages.register import ChallengePages
from wijkbudget.challenges.pages.tasks import MunicipalTaskPages

__all__ = ["BidPages", "CasePages", "ChallengePages", "GroupPages", "MunicipalTaskPages"]
