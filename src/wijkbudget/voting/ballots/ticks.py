# SPDX-License-Identifier: EUPL-1.2
"""What ballots with ticks check alike."""

from collections.abc import Mapping, Sequence

from wijkbudget.kit.text import _
from wijkbudget.voting.ballots import marks as marked
from wijkbudget.voting.rules import (
    BadParameter,
    BallotParameters,
    Option,
    OverBudget,
    TooFewMarks,
    TooManyMarks,
    refuse_unknown,
    whole_number,
)


def limits(raw: Mapping[str, object]) -> tuple[int, int | None]:
    """Return the fewest and most ticks a policy allows, by default one and no limit. Raises BadParameter.

    Choice: the council may set these; an empty ballot is refused unless `marks_min` is 0, because it is mostly a slip.
    """
    refuse_unknown(raw, ("marks_min", "marks_max"))
    marks_min = whole_number(raw, "marks_min", 1, least=0)
    if "marks_max" not in raw:
        return marks_min, None
    marks_max = whole_number(raw, "marks_max", 1, least=1)
    if marks_max < marks_min:
        raise BadParameter(_("A ballot cannot ask more ticks than it allows."))
    return marks_min, marks_max


def check(marks: Mapping[str, int], options: Sequence[Option], parameters: BallotParameters) -> dict[str, int]:
    """Return the ticked options, by id. Raises UnknownOption, BadMark, TooFewMarks, TooManyMarks or OverBudget."""
    ticked = marked.known(marks, options, parameters, _("On this ballot you tick a plan or leave it open."))
    if len(ticked) < parameters.marks_min:
        raise TooFewMarks(
            _("Tick at least %(least)s. You ticked %(ticked)s.", least=parameters.marks_min, ticked=len(ticked))
        )
    if parameters.marks_max is not None and len(ticked) > parameters.marks_max:
        raise TooManyMarks(
            _("Tick at most %(most)s. You ticked %(ticked)s.", most=parameters.marks_max, ticked=len(ticked))
        )
    asked_cents = sum(option.cost_cents for option in options if option.id in ticked)
    if parameters.budget_cents is not None and asked_cents > parameters.budget_cents:
        raise OverBudget(
            _(
                "Your choice costs %(asked_cents)s together. There is %(budget_cents)s.",
                asked_cents=asked_cents,
                budget_cents=parameters.budget_cents,
            )
        )
    return ticked
