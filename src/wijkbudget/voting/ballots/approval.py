# SPDX-License-Identifier: EUPL-1.2
"""Approval ballot: tick every plan you support."""

from collections.abc import Mapping, Sequence

from wijkbudget.voting.ballots import ticks
from wijkbudget.voting.rules import BallotParameters, Option


class _Approval:
    key = "approval"

    def parameters(self, raw: Mapping[str, object], *, budget_cents: int) -> BallotParameters:  # noqa: ARG002 (the ticks may cost any amount)
        """Return the fewest and most ticks. Raises BadParameter."""
        marks_min, marks_max = ticks.limits(raw)
        return BallotParameters(marks_min=marks_min, marks_max=marks_max, budget_cents=None)

    def check(
        self, marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters
    ) -> dict[str, int]:
        """Return the ticks. Raises UnknownOption, BadMark, TooFewMarks or TooManyMarks."""
        return ticks.check(marks, options, parameters)


APPROVAL = _Approval()
