# SPDX-License-Identifier: EUPL-1.2
"""One choice: choose the plan you want most."""

from collections.abc import Mapping, Sequence

from wijkbudget.kit.text import _
from wijkbudget.voting.ballots import marks as marked
from wijkbudget.voting.rules import (
    BallotParameters,
    Option,
    TooFewMarks,
    TooManyMarks,
    refuse_unknown,
    whole_number,
)


class _One:
    key = "one"

    def parameters(self, raw: Mapping[str, object], *, budget_cents: int) -> BallotParameters:  # noqa: ARG002 (the choice may cost any amount)
        """Return that one option is marked, or none where `marks_min` is 0. Raises BadParameter."""
        refuse_unknown(raw, ("marks_min",))
        marks_min = whole_number(raw, "marks_min", 1, least=0, most=1)
        return BallotParameters(marking="one", marks_min=marks_min, marks_max=1, budget_cents=None)

    def check(
        self, marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters
    ) -> dict[str, int]:
        """Return the choice. Raises UnknownOption, BadMark, TooFewMarks or TooManyMarks."""
        chosen = marked.known(marks, options, parameters, _("On this ballot you choose a plan or leave it open."))
        if len(chosen) < parameters.marks_min:
            raise TooFewMarks(_("Choose a plan."))
        if len(chosen) > 1:
            raise TooManyMarks(_("Choose one plan. You chose %(chosen)s.", chosen=len(chosen)))
        return chosen


ONE = _One()
