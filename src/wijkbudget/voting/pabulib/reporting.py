# SPDX-License-Identifier: EUPL-1.2
"""Reports an outcome with the ids of the file that was counted."""

from wijkbudget.voting.rules import Outcome


def report(outcome: Outcome) -> dict[str, object]:
    """Return the outcome as `wijkbudget tally --json` prints it, with the seed where equals were drawn by lot."""
    drawn: dict[str, object] = {"seed": outcome.ties.seed} if outcome.ties.seed is not None else {}
    return {
        "rule": outcome.tally,
        "winners": list(outcome.winners),
        "spent_cents": outcome.spent_cents,
        "budget_cents": outcome.budget_cents,
        "projects": [
            {
                "id": option.id,
                "cost_cents": option.cost_cents,
                "votes": int(option.votes) if option.votes.denominator == 1 else str(option.votes),
                "won": option.won,
                "why": str(option.reason),
            }
            for option in outcome.options
        ],
    } | drawn
