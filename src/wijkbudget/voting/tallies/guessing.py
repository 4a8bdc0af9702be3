# SPDX-License-Identifier: EUPL-1.2
"""Guesses quickly who a slow tally would choose, so that the tally itself is run a few times only to be certain."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from wijkbudget.voting.rules import Outcome, Parameters
from wijkbudget.voting.tallies.counting import count
from wijkbudget.voting.tallies.equal_shares import EQUAL_SHARES
from wijkbudget.voting.tallies.greedy import GREEDY
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.welfare import WELFARE

_FURTHER = 2
"""Choice: ours; so many steps more are looked at, each of which is a run."""


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A quick way to about the same winners."""

    lacking_cents: Callable[[Poll, int], int]
    """What the supporters of the option at a place lack; nothing if it wins, one cent where nobody knows how much."""
    voter_cents: int
    """About what a new voter brings."""


def quicker(key: str, parameters: Parameters, poll: Poll) -> Guess | None:
    """Return a quick way to about the same winners, or None for a tally that is quick itself."""
    if key == EQUAL_SHARES.key and str(parameters["completion"]).startswith("add1") and poll.ballot_count:
        return _in_one_step(parameters, poll)
    if key == WELFARE.key:
        order = "votes" if parameters["utility"] == "cost" else "votes_per_euro"
        by_turns = GREEDY.parameters({"order": order})
        return Guess(
            lacking_cents=lambda changed, place: int(changed.options[place].id not in GREEDY.choose(changed, by_turns)),
            voter_cents=1,
        )
    return None


def _in_one_step(parameters: Parameters, poll: Poll) -> Guess:
    """Return equal shares that begin with the money of the last step that leaves enough for the option."""
    # The compiler is there already if equal shares were counted.
    from wijkbudget.voting.tallies.sharing import Sharing, money_of  # noqa: PLC0415 (see equal_shares.py)

    at_once = EQUAL_SHARES.parameters({**parameters, "completion": "none", "start": "exact"})
    steps = EQUAL_SHARES.tally(poll, parameters).steps
    budget_cents, last = poll.election.budget_cents, int(steps["added_steps"])
    given_cents = Fraction(steps["start_cents"]) + last * Fraction(steps["step_cents"])

    def after(changed: Poll, step: int) -> Poll:
        return changed.with_budget(max(1, money_of(changed, parameters).after(step)))

    @cache
    def counted(step: int) -> Outcome:
        return EQUAL_SHARES.tally(after(poll, step), at_once)

    def shared(changed: Poll, step: int) -> Sharing:
        richer = after(changed, step)
        tallied, room = count(richer), Room(richer.election)
        free_winners(tallied, room, {})
        return Sharing(richer, tallied, room, at_once)

    def lacking_cents(changed: Poll, place: int) -> int:
        left_cents = budget_cents - changed.options[place].cost_cents
        fits = bisect_right(range(last + 1), left_cents, key=lambda step: counted(step).spent_cents)
        first = max(0, fits - 1)
        lacking = shared(changed, first).lacking_cents(place)
        # With more money it may come instead of another, so that all that is bought still fits.
        further = (shared(changed, step) for step in range(first + 1, min(first + _FURTHER, last) + 1) if lacking)
        fitting = (each for each in further if each.spent_cents <= budget_cents)
        return 0 if any(not each.lacking_cents(place) for each in fitting) else lacking

    return Guess(lacking_cents=lacking_cents, voter_cents=max(1, int(given_cents)))
