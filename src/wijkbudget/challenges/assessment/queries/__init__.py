# SPDX-License-Identifier: EUPL-1.2
"""Reads how far the municipality is with looking into a bid, and proves that nobody was refused unheard."""

from wijkbudget.challenges.assessment.queries.assessment import assessment
from wijkbudget.challenges.assessment.queries.kept import demand_heard, intention, last_intention
from wijkbudget.challenges.assessment.queries.proof import check

__all__ = ["assessment", "check", "demand_heard", "intention", "last_intention"]
