# SPDX-License-Identifier: EUPL-1.2
"""The ways to turn ballots into an outcome.

To add one: write `voting/tallies/<key>.py` after the example of `greedy.py`, then name it below.
`counting`, `purses` and `reasons` are tools that tallies share.
"""

from collections.abc import Mapping
from typing import Protocol

from wijkbudget.kit.registry import Registry
from wijkbudget.voting.rules import Election, Outcome, Parameters
from wijkbudget.voting.tallies.equal_shares import EQUAL_SHARES
from wijkbudget.voting.tallies.greedy import GREEDY


class Tally(Protocol):
    """A way to choose; a pure and exact function of what it is given."""

    key: str

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return all parameters, with defaults where the policy is silent. Raises BadParameter."""

    def tally(self, election: Election, parameters: Parameters) -> Outcome:
        """Return what is chosen within the budget, and why."""


TALLIES: Registry[Tally] = Registry(GREEDY, EQUAL_SHARES)
"""By key; the key is what a policy names."""


def equal_voice(tally: Tally, election: Election, parameters: Parameters) -> Outcome:
    """Return the outcome had every voice been one; it is published beside every weighted outcome."""
    return tally.tally(election.with_equal_voices(), parameters)
