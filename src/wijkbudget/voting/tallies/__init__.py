# SPDX-License-Identifier: EUPL-1.2
"""The ways to turn ballots into an outcome.

To add one: write `voting/tallies/<key>.py` after the example of `greedy.py`, then name it below.
A tally is asked about a `poll`; `counting`, `limits` and `reasons` are tools that tallies share.
"""

from collections.abc import Mapping
from typing import Protocol

from wijkbudget.kit.registry import Registry
from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import Outcome, Parameters
from wijkbudget.voting.tallies.equal_shares import EQUAL_SHARES
from wijkbudget.voting.tallies.greedy import GREEDY
from wijkbudget.voting.tallies.maximin import MAXIMIN
from wijkbudget.voting.tallies.phragmen import PHRAGMEN
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.welfare import WELFARE


class Tally(Protocol):
    """A way to choose; a pure and exact function of what it is given."""

    key: str
    name: Text

    def words(self, parameters: Parameters) -> tuple[Text, ...]:
        """Return how it counts, in plain sentences for a page."""

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return all parameters, with defaults where the policy is silent. Raises BadParameter."""

    def choose(self, poll: Poll, parameters: Parameters) -> tuple[str, ...]:
        """Return what is chosen within the budget, in that order; quick, for whoever counts again and again."""

    def tally(self, poll: Poll, parameters: Parameters) -> Outcome:
        """Return what is chosen within the budget, and why."""


TALLIES: Registry[Tally] = Registry(GREEDY, EQUAL_SHARES, PHRAGMEN, MAXIMIN, WELFARE)
"""By key; the key is what a policy names."""


def equal_voice(tally: Tally, poll: Poll, parameters: Parameters) -> Outcome:
    """Return the outcome had every voice been one; it is published beside every weighted outcome."""
    return tally.tally(poll.with_equal_voices(), parameters)
