# SPDX-License-Identifier: EUPL-1.2
"""The reserve list: who is next when a winner stops or money is added, what would have to be free, and who moves up.

Choice: ours, for every tally by one mechanism: the order in which the same tally would choose if there were money for
everything and no limits. Whoever the tally would not choose even then (too few votes) is not on the list.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import ceil

from wijkbudget.voting.rules import Election, Option, Outcome, Parameters
from wijkbudget.voting.tallies.limits import Room
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.why import Chooses

_ENDS_AT_TOO_DEAR = frozenset({"phragmen"})
"""The tallies whose own rule ends at the first option that no longer fits."""


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """An option that is next, and what stands in its way."""

    id: str
    lacking_cents: int
    """What would have to be free beside what is left."""
    limit: str | None
    """The first limit without room for it."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Which options hold money of the round now, and how much each."""

    cents: Mapping[str, int]
    """What each got; an option that stopped holds what it had spent."""
    stopped: AbstractSet[str] = frozenset()

    @property
    def held_cents(self) -> int:
        """Return what is not free any more."""
        return sum(self.cents.values())


def standing_of(outcome: Outcome) -> Standing:
    """Return how it stands right after the count."""
    return Standing(cents={option.id: option.paid_cents for option in outcome.options if option.won})


def order_of(tally: Chooses, poll: Poll, outcome: Outcome) -> tuple[str, ...]:
    """Return who is next, in order; what costs more than the whole budget is never next."""
    payable = tuple(option for option in poll.options if option.cost_cents <= poll.election.budget_cents)
    waiting = {option.id for option in payable} - set(outcome.winners)
    plenty = _with_plenty(poll, sum(option.cost_cents for option in payable))
    return tuple(id_ for id_ in tally.choose(plenty, outcome.parameters) if id_ in waiting)


def reserves(order: Sequence[str], election: Election, now: Standing) -> tuple[Reserve, ...]:
    """Return who is next as it stands now, each with what is in its way."""
    room, left_cents = _room(election, now), election.budget_cents - now.held_cents
    return tuple(
        Reserve(
            id=option.id,
            lacking_cents=max(0, option.cost_cents - left_cents),
            limit=limit.name if (limit := room.blocks(option)) else None,
        )
        for option in _waiting(order, election, now)
    )


def moving_up(order: Sequence[str], election: Election, now: Standing, *, ends: bool) -> tuple[Option, ...]:
    """Return who gets money from what is free now, in order; what no longer fits is passed over, or ends it.

    Choice: an option on the list gets all it costs or nothing, also where the tally funds a part: nobody knows whether
    it can be done for less. What a limit has no room for is passed over, as in every count.
    """
    room, left_cents = _room(election, now), election.budget_cents - now.held_cents
    found: list[Option] = []
    for option in _waiting(order, election, now):
        if room.blocks(option):
            continue
        if option.cost_cents <= left_cents:
            room.take(option)
            left_cents -= option.cost_cents
            found.append(option)
        elif ends:
            break
    return tuple(found)


def ends_at_too_dear(tally: str, parameters: Parameters) -> bool:
    """Return whether a round was counted by a rule that ends at the first option that no longer fits.

    Source: the rule of the tally itself, as it was frozen: `too_dear` of greedy, and sequential Phragmén always.
    """
    return tally in _ENDS_AT_TOO_DEAR or parameters.get("too_dear", "skip") != "skip"


def _waiting(order: Sequence[str], election: Election, now: Standing) -> Iterator[Option]:
    """Yield the options on the list that never got money."""
    options = {option.id: option for option in election.options}
    return (options[id_] for id_ in order if id_ not in now.cents)


def _room(election: Election, now: Standing) -> Room:
    """Return what the limits still have room for.

    Choice: an option that stopped before it spent anything gives its place back; one that spent something keeps its
    place and what it spent, because a part of it was done.
    """
    room = Room(election)
    for option in election.options:
        if option.id not in now.stopped and option.id in now.cents:
            room.take(option)
        elif now.cents.get(option.id):
            room.take(replace(option, cost_cents=now.cents[option.id]))
    return room


def _with_plenty(poll: Poll, cost_cents: int) -> Poll:
    """Return the same poll where each voice alone could pay for everything."""
    voices = ceil(int(poll.voices.sum()) * poll.voice_unit)
    election = replace(poll.election, budget_cents=cost_cents * max(1, voices), limits=())
    return replace(poll, election=election)
