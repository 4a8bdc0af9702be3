# SPDX-License-Identifier: EUPL-1.2
"""Reads what a bid says, what is missing in it, and how it compares with what the task costs now."""

from wijkbudget.challenges import rows
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.rules.bids import PARTS, Gain, Part, compare, missing, soon
from wijkbudget.challenges.schemas import BidCostView, BidView, ComparisonView, IndicatorView
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look


def bid_view(look: Look, row: Challenge, current_cents: int) -> BidView:
    """Return what a bid says, beside what its task costs now."""
    kept, lines = rows.bid_of(look, row), rows.costs_of(look, row)
    indicators = rows.indicators_of(look, row)
    policy = neighbourhoods.policy(look, row.place).rules.challenges
    compared = compare([line.amount_cents for line in lines], kept.own_cents, kept.other_cents, current_cents)
    listed = {Part.COST_LINES: lines, Part.INDICATORS: indicators}
    asked = [part for parts in PARTS.values() for part in parts]
    answers = {part: listed[part] if part in listed else getattr(kept, part) for part in asked}
    return BidView(
        **{name: getattr(kept, name) for name in BidView.model_fields if name in type(kept).model_fields}
        | {"gains": [Gain(gain) for gain in kept.gains.split()]}
        | {"legal_form": LegalForm(kept.legal_form) if kept.legal_form else None},
        indicators=[IndicatorView(what=line.what, target=line.target) for line in indicators],
        soon=soon(kept.starts_on, row.received_on or look.today, policy.lead_weeks if policy else None),
        cost_lines=[BidCostView(what=line.what, amount_cents=line.amount_cents) for line in lines],
        comparison=ComparisonView.model_validate(compared, from_attributes=True),
        missing=missing(answers),
    )
