# SPDX-License-Identifier: EUPL-1.2
"""R2, bonus: each hour adds the same to a voice.

Choice: the council sets both; the demo neighbourhoods use 0.05 an hour and at most 0.5.
"""

from collections.abc import Mapping
from fractions import Fraction

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.voices import Bonus, Given, nothing_given


class _Bonus:
    key = "bonus"

    def bonus(self, given: Given, parameters: Mapping[str, int]) -> Bonus:
        """Return the hours times what one adds."""
        if not given.minutes:
            return nothing_given()
        per_hour = parameters["per_hour_hundredths"]
        extra = Fraction(given.minutes * per_hour, 60 * 100)
        step = _(
            "You gave %(given_minutes)s. Every hour adds %(hour_hundredths)s to your voice: "
            "%(earned_hundredths)s extra.",
            given_minutes=given.minutes,
            hour_hundredths=per_hour,
            earned_hundredths=extra * 100 // 1,
        )
        return Bonus(extra=extra, steps=(step,))


BONUS = _Bonus()
