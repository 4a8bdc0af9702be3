# SPDX-License-Identifier: EUPL-1.2
"""R0, equal: time changes no voice; what holds where a by-law says nothing about voices."""

from collections.abc import Mapping
from fractions import Fraction

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.voices import Bonus, Given


class _Equal:
    key = "equal"

    def bonus(self, given: Given, parameters: Mapping[str, int]) -> Bonus:  # noqa: ARG002 - every rule is asked alike
        """Return nothing, for everybody."""
        return Bonus(extra=Fraction(0), steps=(_("In this neighbourhood time does not change your voice."),))


EQUAL = _Equal()
