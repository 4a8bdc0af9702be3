# SPDX-License-Identifier: EUPL-1.2
"""The API of plans, of the ballot they stand on, of the outcome the council adopts, and of projects."""

from wijkbudget.initiatives.api.plans import InitiativeApi, PlanRoundApi
from wijkbudget.initiatives.api.projects import ProjectApi

__all__ = ["InitiativeApi", "PlanRoundApi", "ProjectApi"]
