# SPDX-License-Identifier: EUPL-1.2
"""Ranking: put plans in places, the one you want most first."""

from collections.abc import Mapping, Sequence

from wijkbudget.kit.text import _
from wijkbudget.voting.ballots import marks as marked
from wijkbudget.voting.rules import (
    BadMark,
    BallotParameters,
    MarkedTwice,
    Option,
    TooFewMarks,
    refuse_unknown,
    whole_number,
)

LENGTH = 3
"""Choice: as in Kraków; the council may set another number of places."""
LENGTH_MAX = 20
"""Choice: ours; nobody puts more than twenty plans in order."""


class _Ranking:
    key = "ranking"

    def parameters(self, raw: Mapping[str, object], *, budget_cents: int) -> BallotParameters:  # noqa: ARG002 (the plans may cost any amount)
        """Return how many places there are, and how many must be filled. Raises BadParameter."""
        refuse_unknown(raw, ("marks_min", "length"))
        length = whole_number(raw, "length", LENGTH, least=1, most=LENGTH_MAX)
        return BallotParameters(
            marking="places",
            marks_min=whole_number(raw, "marks_min", 1, least=0, most=length),
            marks_max=length,
            budget_cents=None,
            mark_max=length,
        )

    def check(
        self, marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters
    ) -> dict[str, int]:
        """Return the places. Raises UnknownOption, BadMark, MarkedTwice or TooFewMarks.

        Choice: of L places the first is marked L and the last 1, so that a first choice weighs the same on every
        ballot, however few places somebody filled, and the last choice is still a vote.
        """
        placed = marked.known(marks, options, parameters, _("There is no such place on this ballot."))
        if len(set(placed.values())) < len(placed):
            raise MarkedTwice(_("You put two plans in the same place."))
        if len(placed) < parameters.marks_min:
            raise TooFewMarks(
                _("Choose at least %(least)s. You chose %(chosen)s.", least=parameters.marks_min, chosen=len(placed))
            )
        if placed and min(placed.values()) <= parameters.mark_max - len(placed):
            raise BadMark(_("Begin with the first place, and leave no place open in between."))
        return placed


RANKING = _Ranking()
