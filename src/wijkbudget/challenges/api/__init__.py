# SPDX-License-Identifier: EUPL-1.2
"""The API of tasks that can be challenged, and of bids on them."""

from wijkbudget.challenges.api.advice import AdviceApi
from wijkbudget.challenges.api.agreements import AgreementApi
from wijkbudget.challenges.api.assessment import ChallengeAssessmentApi
from wijkbudget.challenges.api.challenges import BidApi, ChallengeApi
from wijkbudget.challenges.api.decisions import BidDecisionApi, DecisionListApi
from wijkbudget.challenges.api.objections import ObjectionApi
from wijkbudget.challenges.api.proposals import TaskProposalApi
from wijkbudget.challenges.api.records import CaseFileApi
from wijkbudget.challenges.api.reviews import CourseApi, ReviewApi
from wijkbudget.challenges.api.support import SupportApi
from wijkbudget.challenges.api.tasks import MunicipalTaskApi
from wijkbudget.challenges.api.times import TimeApi

__all__ = [
    "AdviceApi",
    "AgreementApi",
    "BidApi",
    "BidDecisionApi",
    "CaseFileApi",
    "ChallengeApi",
    "ChallengeAssessmentApi",
    "CourseApi",
    "DecisionListApi",
    "MunicipalTaskApi",
    "ObjectionApi",
    "ReviewApi",
    "SupportApi",
    "TaskProposalApi",
    "TimeApi",
]
