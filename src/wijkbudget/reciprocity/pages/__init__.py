# SPDX-License-Identifier: EUPL-1.2
"""The pages of tasks, time, exemptions, voices and fees."""

from wijkbudget.reciprocity.pages.attendance import AttendancePages, DoorPages
from wijkbudget.reciprocity.pages.entries import TimeEntryPages
from wijkbudget.reciprocity.pages.exemptions import ExemptionPages
from wijkbudget.reciprocity.pages.fees import FeePages
from wijkbudget.reciprocity.pages.for_others import ForOthersPages
from wijkbudget.reciprocity.pages.guidance import GuidancePages
from wijkbudget.reciprocity.pages.offers import OfferPages, TaskHelpPages
from wijkbudget.reciprocity.pages.oversight import RingPages, TimeSamplePages
from wijkbudget.reciprocity.pages.pledges import PledgePages
from wijkbudget.reciprocity.pages.statistics import StatisticsPages
from wijkbudget.reciprocity.pages.tasks import TaskPages
from wijkbudget.reciprocity.pages.voices import VoicePages

__all__ = [
    "AttendancePages",
    "DoorPages",
    "ExemptionPages",
    "FeePages",
    "ForOthersPages",
    "GuidancePages",
    "OfferPages",
    "PledgePages",
    "RingPages",
    "StatisticsPages",
    "TaskHelpPages",
    "TaskPages",
    "TimeEntryPages",
    "TimeSamplePages",
    "VoicePages",
]
