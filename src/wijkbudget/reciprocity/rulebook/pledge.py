# SPDX-License-Identifier: EUPL-1.2
"""R6, pledge: hours that somebody promised count in part until they are given; whoever breaks a promise waits.

Choice: the council sets for how much a promised hour counts; a safe beginning is half. A promise that was broken counts
for nothing, and for half a year none of that person's promises do, unless somebody lifts that. Time that was given
always counts, so nobody's voice falls below what it would be without promises.
"""

from collections.abc import Mapping
from fractions import Fraction

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rulebook.bonus import BONUS
from wijkbudget.reciprocity.rules.voices import Bonus, Given

_BARRED = (_("You did not keep a promise of time lately. So what you promise does not count for a while."),)


class _Pledge:
    key = "pledge"

    def bonus(self, given: Given, parameters: Mapping[str, int]) -> Bonus:
        """Return the hours given and a part of those promised, times what one adds."""
        promised = given.pledged
        if promised.is_barred or not promised.open_minutes:
            found = BONUS.bonus(given, parameters)
            return Bonus(extra=found.extra, steps=(*_BARRED, *found.steps)) if promised.is_barred else found
        per_hour, percent = parameters["per_hour_hundredths"], parameters["pledged_percent"]
        credit = given.minutes + Fraction(promised.open_minutes * percent, 100)
        extra = credit * Fraction(per_hour, 60 * 100)
        step = _(
            "You gave %(given_minutes)s and promised %(promised_minutes)s, which counts for %(percent)s%%. "
            "Every hour adds %(hour_hundredths)s to your voice: %(earned_hundredths)s extra.",
            given_minutes=given.minutes,
            promised_minutes=promised.open_minutes,
            percent=percent,
            hour_hundredths=per_hour,
            earned_hundredths=extra * 100 // 1,
        )
        return Bonus(extra=extra, steps=(step,))


PLEDGE = _Pledge()
