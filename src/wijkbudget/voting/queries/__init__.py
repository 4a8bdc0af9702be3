"""Reads rounds, ballots papers, the sealed box and outcomes, and proves that they agree."""

from wijkbudget.voting.queries.outcomes import outcome, published
from wijkbudget.voting.queries.proof import check
from wijkbudget.voting.queries.rounds import due, paper, round_, rounds, was_cast

__all__ = ["check", "due", "outcome", "paper", "published", "round_", "rounds", "was_cast"]
