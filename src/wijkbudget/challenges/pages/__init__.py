# SPDX-License-Identifier: EUPL-1.2
"""The pages of tasks, bids, their groups, and the cases of officials."""

from wijkbudget.challenges.pages.advice import AdvicePages, SheetPages
from wijkbudget.challenges.pages.agreements import AgreementPages
from wijkbudget.challenges.pages.assessment import AssessmentPages, OfficialAssessmentPages, ResponsePages
from wijkbudget.challenges.pages.bids import BidPages
from wijkbudget.challenges.pages.calendar import CalendarPages
from wijkbudget.challenges.pages.cases import CasePages
from wijkbudget.challenges.pages.decisions import DecidePages, DecisionPages
from wijkbudget.challenges.pages.groups import GroupPages
from wijkbudget.challenges.pages.letters import BidLetterPages
from wijkbudget.challenges.pages.moves import MovePages
from wijkbudget.challenges.pages.objections import JudgePages, ObjectionPages, ObjectPages
from wijkbudget.challenges.pages.proposals import TaskProposalPages
from wijkbudget.challenges.pages.register import ChallengePages
from wijkbudget.challenges.pages.reviews import (
    CoursePages,
    OfficialCoursePages,
    ResidentCoursePages,
    SideCoursePages,
)
from wijkbudget.challenges.pages.support import SupportPages
from wijkbudget.challenges.pages.tasks import MunicipalTaskPages
from wijkbudget.challenges.pages.times import NoticePages, TimePages

__all__ = [
    "AdvicePages",
    "AgreementPages",
    "AssessmentPages",
    "BidLetterPages",
    "BidPages",
    "CalendarPages",
    "CasePages",
    "ChallengePages",
    "CoursePages",
    "DecidePages",
    "DecisionPages",
    "GroupPages",
    "JudgePages",
    "MovePages",
    "MunicipalTaskPages",
    "NoticePages",
    "ObjectPages",
    "ObjectionPages",
    "OfficialAssessmentPages",
    "OfficialCoursePages",
    "ResidentCoursePages",
    "ResponsePages",
    "SheetPages",
    "SideCoursePages",
    "SupportPages",
    "TaskProposalPages",
    "TimePages",
]
