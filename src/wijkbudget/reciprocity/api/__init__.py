# SPDX-License-Identifier: EUPL-1.2
"""The API of tasks, time, exemptions, voices and fees."""

from wijkbudget.reciprocity.api.attendance import AttendanceApi
from wijkbudget.reciprocity.api.entries import TimeEntryApi
from wijkbudget.reciprocity.api.exemptions import ExemptionApi
from wijkbudget.reciprocity.api.fees import FeeApi
from wijkbudget.reciprocity.api.guidance import GuidanceApi
from wijkbudget.reciprocity.api.offers import OfferApi, PairingApi, TaskHelpApi
from wijkbudget.reciprocity.api.oversight import RingApi, TimeSampleApi
from wijkbudget.reciprocity.api.pledges import PledgeApi
from wijkbudget.reciprocity.api.statistics import StatisticsApi
from wijkbudget.reciprocity.api.tasks import TaskApi
from wijkbudget.reciprocity.api.voices import VoiceApi

__all__ = [
    "AttendanceApi",
    "ExemptionApi",
    "FeeApi",
    "GuidanceApi",
    "OfferApi",
    "PairingApi",
    "PledgeApi",
    "RingApi",
    "StatisticsApi",
    "TaskApi",
    "TaskHelpApi",
    "TimeEntryApi",
    "TimeSampleApi",
    "VoiceApi",
]
