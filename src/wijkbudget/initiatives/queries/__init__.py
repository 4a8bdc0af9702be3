# SPDX-License-Identifier: EUPL-1.2
"""Reads plans, what stands on a ballot, what the council adopts, and the chain from the budget to the receipt."""

from wijkbudget.initiatives.queries.chain import chain
from wijkbudget.initiatives.queries.plans import initiative, initiatives, overview
from wijkbudget.initiatives.queries.proof import check
from wijkbudget.initiatives.queries.raising import raising
from wijkbudget.initiatives.queries.rounds import adoption, awarding, ballot
from wijkbudget.initiatives.queries.stops import giving_up, revoking, withdrawing

__all__ = [
    "adoption",
    "awarding",
    "ballot",
    "chain",
    "check",
    "giving_up",
    "initiative",
    "initiatives",
    "overview",
    "raising",
    "revoking",
    "withdrawing",
]
