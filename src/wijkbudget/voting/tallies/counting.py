# SPDX-License-Identifier: EUPL-1.2
"""Ballots counted in whole numbers: what every tally begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import Option, OptionOutcome
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.poll import Poll


@dataclass(frozen=True, kw_only=True)
class Count:
    """The votes for each option, and the options that can win, free ones apart."""

    votes: Mapping[str, Fraction]
    heads: Mapping[str, int]
    free: tuple[Option, ...]
    """Cost nothing and have support: they win before the tally begins.

    Choice: ours. The methods differ here (some never fund them, some divide by zero), and no one loses by it.
    """
    payable: tuple[Option, ...]
    """Cost something, have support and fit in the budget, most votes first, equals in the order of the lot."""


def count(poll: Poll) -> Count:
    """Return the votes for each option of a poll."""
    heads = dict(zip((option.id for option in poll.options), poll.heads.tolist(), strict=True))
    powers, places = poll.powers.tolist(), range(len(poll.options))
    ordered = (poll.options[place] for place in sorted(places, key=lambda place: -powers[place]))
    supported = [option for option in ordered if heads[option.id]]
    return Count(
        votes=poll.votes,
        heads=heads,
        free=tuple(option for option in supported if option.cost_cents == 0),
        payable=tuple(option for option in supported if 0 < option.cost_cents <= poll.election.budget_cents),
    )


def account_for(
    poll: Poll,
    counted: Count,
    told: Mapping[str, Text],
    winners: set[str],
    part_cents: Mapping[str, int] = {},
) -> tuple[OptionOutcome, ...]:
    """Return what became of each option: the tally's own reason, or why the option took no part.

    `part_cents` is what a winner gets that gets less than its cost.
    """
    return tuple(
        OptionOutcome(
            id=option.id,
            cost_cents=option.cost_cents,
            votes=counted.votes[option.id],
            heads=counted.heads[option.id],
            won=option.id in winners,
            paid_cents=part_cents.get(option.id, option.cost_cents) if option.id in winners else 0,
            reason=told.get(option.id)
            or reasons.took_no_part(option, counted.heads[option.id], poll.election.budget_cents),
        )
        for option in poll.election.options
    )
