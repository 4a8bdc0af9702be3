# SPDX-License-Identifier: EUPL-1.2
"""The reserve list: who is next when a winner withdraws or money is added, and what would have to be free.

Choice: ours, for every tally by one mechanism: the order in which the same tally would choose if there were money for
everything and no limits. Whoever the tally would not choose even then (too few votes) is not on the list.
"""

from dataclasses import dataclass, replace
from math import ceil

from wijkbudget.voting.rules import Outcome
from wijkbudget.voting.tallies.limits import Room
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.why import Chooses


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """An option that is next, and what stands in its way."""

    id: str
    lacking_cents: int
    """What would have to be free beside what is left."""
    limit: str | None
    """The first limit without room for it."""


def reserves(tally: Chooses, poll: Poll, outcome: Outcome) -> tuple[Reserve, ...]:
    """Return who is next, in order; what costs more than the whole budget is never next."""
    election = poll.election
    room = Room(election)
    for option in election.options:
        if option.id in outcome.winners:
            room.take(option)
    payable = tuple(option for option in poll.options if option.cost_cents <= election.budget_cents)
    options = {option.id: option for option in payable if option.id not in outcome.winners}
    left_cents = outcome.budget_cents - outcome.spent_cents
    return tuple(
        Reserve(
            id=id_,
            lacking_cents=max(0, options[id_].cost_cents - left_cents),
            limit=limit.name if (limit := room.blocks(options[id_])) else None,
        )
        for id_ in tally.choose(_with_plenty(poll, sum(option.cost_cents for option in payable)), outcome.parameters)
        if id_ in options
    )


def _with_plenty(poll: Poll, cost_cents: int) -> Poll:
    """Return the same poll where each voice alone could pay for everything."""
    voices = ceil(int(poll.voices.sum()) * poll.voice_unit)
    election = replace(poll.election, budget_cents=cost_cents * max(1, voices), limits=())
    return replace(poll, election=election)
