# SPDX-License-Identifier: EUPL-1.2
"""Reads rounds, ballots papers, the sealed box and outcomes, and proves that they agree."""

from wijkbudget.voting.queries.asking import inquiry
from wijkbudget.voting.queries.box import ballot, ballots, count_file, rules_file
from wijkbudget.voting.queries.comparing import side_by_side, was_enough
from wijkbudget.voting.queries.exporting import election
from wijkbudget.voting.queries.outcomes import outcome, published
from wijkbudget.voting.queries.papers import checked, paper
from wijkbudget.voting.queries.proof import check
from wijkbudget.voting.queries.reserving import next_up, reserve, successions, turns
from wijkbudget.voting.queries.rounds import due, round_, rounds, was_cast

__all__ = [
    "ballot",
    "ballots",
    "check",
    "checked",
    "count_file",
    "due",
    "election",
    "inquiry",
    "next_up",
    "outcome",
    "paper",
    "published",
    "reserve",
    "round_",
    "rounds",
    "rules_file",
    "side_by_side",
    "successions",
    "turns",
    "was_cast",
    "was_enough",
]
