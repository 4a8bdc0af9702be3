# SPDX-License-Identifier: EUPL-1.2
"""Guesses quickly who a slow tally would choose, so that the tally itself is run a few times only to be certain."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from wijkbudget.voting.rules import Parameters
from wijkbudget.voting.tallies.equal_shares import EQUAL_SHARES
from wijkbudget.voting.tallies.greedy import GREEDY
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.welfare import WELFARE

Guess = Callable[[Poll], tuple[str, ...]]


def quicker(key: str, parameters: Parameters, poll: Poll) -> Guess | None:
    """Return a quick way to about the same winners, or None for a tally that is quick itself."""
    if key == EQUAL_SHARES.key and str(parameters["completion"]).startswith("add1"):
        return _without_steps(parameters, poll)
    if key == WELFARE.key:
        order = "votes" if parameters["utility"] == "cost" else "votes_per_euro"
        by_turns = GREEDY.parameters({"order": order})
        return lambda changed: GREEDY.choose(changed, by_turns)
    return None


def _without_steps(parameters: Parameters, poll: Poll) -> Guess:
    """Return equal shares that begin with the money at which the steps ended."""
    steps = EQUAL_SHARES.tally(poll, parameters).steps
    given = Fraction(steps["start_cents"]) + int(steps["added_steps"]) * Fraction(steps["step_cents"])
    budget_cents = max(1, int(given * int(poll.voices.sum()) * poll.voice_unit))
    at_once = EQUAL_SHARES.parameters({**parameters, "completion": "none"})
    return lambda changed: EQUAL_SHARES.choose(
        replace(changed, election=replace(changed.election, budget_cents=budget_cents)), at_once
    )
