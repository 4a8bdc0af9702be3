# SPDX-License-Identifier: EUPL-1.2
"""Reads rounds, ballots papers, the sealed box and outcomes, and proves that they agree."""

from wijkbudget.voting.queries.exporting import election
from wijkbudget.voting.queries.outcomes import outcome, published
from wijkbudget.voting.queries.proof import check
from wijkbudget.voting.queries.rounds import due, paper, round_, rounds, was_cast

__all__ = ["check", "due", "election", "outcome", "paper", "published", "round_", "rounds", "was_cast"]
