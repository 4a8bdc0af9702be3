# SPDX-License-Identifier: EUPL-1.2
"""The rules by which time earns a voice, that a council can choose from.

To add one: write `reciprocity/rulebook/<key>.py` after the example of `bonus.py`, then name it below.
"""

from collections.abc import Mapping
from typing import Protocol

from wijkbudget.kit.registry import Registry
from wijkbudget.reciprocity.rulebook.bonus import BONUS
from wijkbudget.reciprocity.rulebook.decay import DECAY
from wijkbudget.reciprocity.rulebook.equal import EQUAL
from wijkbudget.reciprocity.rulebook.root import ROOT
from wijkbudget.reciprocity.rules.voices import Bonus, Given


class Rule(Protocol):
    """A way in which time earns a voice."""

    key: str

    def bonus(self, given: Given, parameters: Mapping[str, int]) -> Bonus:
        """Return what time given adds to a voice of one, and why; never less for more time."""


RULEBOOK: Registry[Rule] = Registry(EQUAL, BONUS, ROOT, DECAY)
"""By key; the key is what a policy names."""
