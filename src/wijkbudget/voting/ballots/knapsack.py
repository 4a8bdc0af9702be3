# SPDX-License-Identifier: EUPL-1.2
"""Knapsack ballot: tick plans until the budget is used up."""

from collections.abc import Mapping, Sequence

from wijkbudget.voting.ballots import ticks
from wijkbudget.voting.rules import BallotParameters, Option


class _Knapsack:
    key = "knapsack"

    def parameters(self, raw: Mapping[str, object], *, budget_cents: int) -> BallotParameters:
        """Return the fewest and most ticks, and the budget they must fit in. Raises BadParameter."""
        marks_min, marks_max = ticks.limits(raw)
        return BallotParameters(marks_min=marks_min, marks_max=marks_max, budget_cents=budget_cents)

    def check(
        self, marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters
    ) -> dict[str, int]:
        """Return the ticks. Raises UnknownOption, BadMark, TooFewMarks, TooManyMarks or OverBudget."""
        return ticks.check(marks, options, parameters)


KNAPSACK = _Knapsack()
