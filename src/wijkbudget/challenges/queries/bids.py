# SPDX-License-Identifier: EUPL-1.2
"""Reads what a bid says, what is missing in it, and how it compares with what the task costs now."""

from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.queries import rows
from wijkbudget.challenges.rules.bids import Gain, Part, compare, missing
from wijkbudget.challenges.schemas import BidCostView, BidView, ComparisonView
from wijkbudget.trail.work import Look


def bid_view(look: Look, row: Challenge, current_cents: int) -> BidView:
    """Return what a bid says, beside what its task costs now."""
    kept = rows.bid_of(look, row)
    lines = rows.costs_of(look, row)
    compared = compare([line.amount_cents for line in lines], kept.own_cents, kept.other_cents, current_cents)
    answers = {part: len(lines) if part is Part.COST_LINES else getattr(kept, part) for part in Part}
    return BidView(
        **{name: getattr(kept, name) for name in BidView.model_fields if name in type(kept).model_fields}
        | {"gains": [Gain(gain) for gain in kept.gains.split()]},
        cost_lines=[BidCostView(what=line.what, amount_cents=line.amount_cents) for line in lines],
        comparison=ComparisonView.model_validate(compared, from_attributes=True),
        missing=missing(answers),
    )
