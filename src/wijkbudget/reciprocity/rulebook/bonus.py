# SPDX-License-Identifier: EUPL-1.2
"""R2, bonus: each hour adds the same to a voice, up to a cap.

Choice: the council sets both; the demo neighbourhoods use 0.05 an hour and at most 0.5.
"""

from collections.abc import Mapping
from fractions import Fraction

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.voices import Bonus


class _Bonus:
    key = "bonus"

    def bonus(self, minutes: int, parameters: Mapping[str, int]) -> Bonus:
        """Return the hours times what one adds, and no more than the cap (G2)."""
        if not minutes:
            return Bonus(extra=Fraction(0), steps=(_("No time of yours counts in this period."),))
        per_hour, most = parameters["per_hour_hundredths"], parameters["bonus_hundredths_max"]
        earned = Fraction(minutes * per_hour, 60)
        steps = [
            _(
                "You gave %(given_minutes)s. Every hour adds %(hour_hundredths)s to your voice: "
                "%(earned_hundredths)s extra.",
                given_minutes=minutes,
                hour_hundredths=per_hour,
                earned_hundredths=earned // 1,
            )
        ]
        if earned > most:
            steps.append(_("At most %(most_hundredths)s extra counts.", most_hundredths=most))
        return Bonus(extra=min(earned, Fraction(most)) * Fraction(1, 100), steps=tuple(steps))


BONUS = _Bonus()
