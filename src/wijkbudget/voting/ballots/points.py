# SPDX-License-Identifier: EUPL-1.2
"""Points ballot: divide points over the plans, the most to what you want most."""

from collections.abc import Mapping, Sequence

from wijkbudget.kit.text import _
from wijkbudget.voting.ballots import marks as marked
from wijkbudget.voting.rules import (
    BallotParameters,
    Option,
    TooFewMarks,
    TooManyPoints,
    refuse_unknown,
    whole_number,
)

TOTAL = 10
"""Choice: as in Częstochowa; the council may set another number."""
TOTAL_MAX = 1_000
"""Choice: ours; more cannot be divided by hand."""


class _Points:
    key = "points"

    def parameters(self, raw: Mapping[str, object], *, budget_cents: int) -> BallotParameters:  # noqa: ARG002 (the plans may cost any amount)
        """Return how many points there are, and the most that one option can get. Raises BadParameter."""
        refuse_unknown(raw, ("marks_min", "points_total", "points_max"))
        total = whole_number(raw, "points_total", TOTAL, least=1, most=TOTAL_MAX)
        return BallotParameters(
            marking="points",
            marks_min=whole_number(raw, "marks_min", 1, least=0, most=total),
            marks_max=None,
            budget_cents=None,
            mark_max=whole_number(raw, "points_max", total, least=1, most=total),
            total_max=total,
        )

    def check(
        self, marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters
    ) -> dict[str, int]:
        """Return the points. Raises UnknownOption, BadMark, TooFewMarks or TooManyPoints.

        Choice: points can be left over; who wants to give less than there is may.
        """
        most = _("A plan can get 0 to %(most)s points, in whole numbers.", most=parameters.mark_max)
        given = marked.known(marks, options, parameters, most)
        if len(given) < parameters.marks_min:
            raise TooFewMarks(
                _(
                    "Give points to more plans, to at least %(least)s. You gave points to %(given)s.",
                    least=parameters.marks_min,
                    given=len(given),
                )
            )
        total = sum(given.values())
        if parameters.total_max is not None and total > parameters.total_max:
            raise TooManyPoints(
                _("You gave %(given)s points. There are %(points)s.", given=total, points=parameters.total_max)
            )
        return given


POINTS = _Points()
