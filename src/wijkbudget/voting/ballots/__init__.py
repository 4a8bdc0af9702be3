# SPDX-License-Identifier: EUPL-1.2
"""The ballot types a round can use.

To add one: write `voting/ballots/<key>.py` after the example of `approval.py`, then name it below.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from wijkbudget.kit.registry import Registry
from wijkbudget.voting.ballots.approval import APPROVAL
from wijkbudget.voting.ballots.knapsack import KNAPSACK
from wijkbudget.voting.ballots.one import ONE
from wijkbudget.voting.ballots.points import POINTS
from wijkbudget.voting.ballots.ranking import RANKING
from wijkbudget.voting.rules import BallotParameters, Option


class Ballot(Protocol):
    """A way to mark options."""

    key: str

    def parameters(self, raw: Mapping[str, object], *, budget_cents: int) -> BallotParameters:
        """Return what the ballot allows in a round with this budget. Raises BadParameter."""

    def check(
        self, marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters
    ) -> dict[str, int]:
        """Return the marks as they go into the box. Raises UnknownOption or another RuleBroken."""


BALLOTS: Registry[Ballot] = Registry(APPROVAL, KNAPSACK, POINTS, RANKING, ONE)
"""By key; the key is what a policy names."""
