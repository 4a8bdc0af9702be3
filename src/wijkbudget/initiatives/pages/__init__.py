# SPDX-License-Identifier: EUPL-1.2
"""The pages of plans, of the ballot they stand on, of projects, and of how they end."""

from wijkbudget.initiatives.pages.plans import InitiativePages
from wijkbudget.initiatives.pages.projects import ProjectPages
from wijkbudget.initiatives.pages.raising import RaisingPages
from wijkbudget.initiatives.pages.rounds import PlanRoundPages
from wijkbudget.initiatives.pages.stopping import StoppingPages

__all__ = ["InitiativePages", "PlanRoundPages", "ProjectPages", "RaisingPages", "StoppingPages"]
