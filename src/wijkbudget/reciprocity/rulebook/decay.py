# SPDX-License-Identifier: EUPL-1.2
"""R4, decay: time counts for less the longer ago it was given; what is left adds to a voice as in R2.

Choice: the council sets after how many days time counts for half; a safe beginning is 180.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.voices import Bonus, Given, nothing_given

FINENESS = 2**32
"""In what parts the share of time that is left is told; rounded down, so that no rounding ever adds to a voice."""


class _Decay:
    key = "decay"

    def bonus(self, given: Given, parameters: Mapping[str, int]) -> Bonus:
        """Return the hours that are left times what one adds."""
        if not given.minutes:
            return nothing_given()
        per_hour, half_life = parameters["per_hour_hundredths"], parameters["half_life_days"]
        left = minutes_left(given, half_life)
        extra = left * Fraction(per_hour, 60 * 100)
        step = _(
            "You gave %(given_minutes)s. Time counts for half after %(half_days)s days, so %(left_minutes)s is left. "
            "Every hour adds %(hour_hundredths)s to your voice: %(earned_hundredths)s extra.",
            given_minutes=given.minutes,
            half_days=half_life,
            left_minutes=left // 1,
            hour_hundredths=per_hour,
            earned_hundredths=extra * 100 // 1,
        )
        return Bonus(extra=extra, steps=(step,))


def minutes_left(given: Given, half_life_days: int) -> Fraction:
    """Return how many minutes are left of time given; there is some.

    Every share is so many parts of a power of two, so they are added as whole numbers of the smallest part: added as
    fractions they would take five times as long, and a city has a million.
    """
    shares = [(minutes, share_left(days, half_life_days)) for days, minutes in given.minutes_by_age]
    parts = max(share.denominator for _minutes, share in shares)
    return Fraction(sum(minutes * share.numerator * (parts // share.denominator) for minutes, share in shares), parts)


@cache
def share_left(days: int, half_life_days: int) -> Fraction:
    """Return which part of time still counts after so many days: a half for each half-life, exactly.

    Between two halvings it is the largest part n of FINENESS with (n / FINENESS) ** half_life_days <= 2 ** -rest.
    """
    halvings, rest = divmod(days, half_life_days)
    least, most = FINENESS // 2, FINENESS
    while least < most:
        middle = (least + most + 1) // 2
        if middle**half_life_days << rest <= FINENESS**half_life_days:
            least = middle
        else:
            most = middle - 1
    return Fraction(least, FINENESS << halvings)


DECAY = _Decay()
