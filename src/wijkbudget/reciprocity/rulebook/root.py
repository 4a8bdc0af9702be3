# SPDX-License-Identifier: EUPL-1.2
"""R3, root: the first hours add most to a voice; four times as much time adds twice as much.

Choice: the council sets what a first amount of time adds; a safe beginning is 0.25 for 10 hours and at most 0.5, which
40 hours reach. Source: docs/rules/reciprocity.md, "Rules a council can choose".
"""

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.voices import Bonus, Given, nothing_given


class _Root:
    key = "root"

    def bonus(self, given: Given, parameters: Mapping[str, int]) -> Bonus:
        """Return the root of the time given, in whole hundredths rounded down."""
        if not given.minutes:
            return nothing_given()
        first_hours, first = parameters["first_hours"], parameters["first_hours_hundredths"]
        earned = isqrt(first**2 * given.minutes // (first_hours * 60))
        step = _(
            "You gave %(given_minutes)s. The first %(first_minutes)s add %(first_hundredths)s to your voice, and four "
            "times as much time adds twice as much: %(earned_hundredths)s extra.",
            given_minutes=given.minutes,
            first_minutes=first_hours * 60,
            first_hundredths=first,
            earned_hundredths=earned,
        )
        return Bonus(extra=Fraction(earned, 100), steps=(step,))


ROOT = _Root()
