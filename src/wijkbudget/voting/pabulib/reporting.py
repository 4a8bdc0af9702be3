# SPDX-License-Identifier: EUPL-1.2
"""Reports an outcome with the ids of the file that was counted."""

from collections.abc import Sequence

from wijkbudget.voting.rules import Outcome
from wijkbudget.voting.tallies.comparing import Compared, differing


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


def report_side_by_side(compared: Sequence[Compared]) -> dict[str, object]:
    """Return several tallies of one election, as `wijkbudget tally --compare` prints them."""
    differs = differing(compared)
    return {each.tally: _column(each) for each in compared} | {"differs": sorted(differs)}


def _column(compared: Compared) -> dict[str, object]:
    if compared.outcome is None:
        return {"refused": str(compared.refusal)}
    return {
        "winners": list(compared.outcome.winners),
        "spent_cents": compared.outcome.spent_cents,
        "reached": compared.reached,
        "reached_percent": str(compared.reached_percent),
        "cents_per_supporter": str(compared.cents_per_supporter),
    }
