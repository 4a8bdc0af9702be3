# SPDX-License-Identifier: EUPL-1.2
"""The rules by which time earns a voice, that a council can choose from.

To add one: write `reciprocity/rulebook/<key>.py` after the example of `bonus.py`, name it below, and say in
`neighbourhoods/rules/settings.py` what a council sets of it. Beside them stand `threshold`, by which time opens a
right, and `project`, by which it weighs inside a project: these earn no voice in a round, so they are not in the list.
"""

from collections.abc import Mapping
from typing import Protocol

from wijkbudget.kit.registry import Registry
from wijkbudget.reciprocity.rulebook.bonus import BONUS
from wijkbudget.reciprocity.rulebook.decay import DECAY
from wijkbudget.reciprocity.rulebook.equal import EQUAL
from wijkbudget.reciprocity.rulebook.pledge import PLEDGE
from wijkbudget.reciprocity.rulebook.root import ROOT
from wijkbudget.reciprocity.rules.voices import Bonus, Given


class Rule(Protocol):
    """A way in which time earns a voice."""

    key: str

    def bonus(self, given: Given, parameters: Mapping[str, int]) -> Bonus:
        """Return what time given adds to a voice of one, and why; never less for more time.

        It is exact, and has no cap: every guard that concerns voices is applied after it, by one function (`weigh`).
        """


RULEBOOK: Registry[Rule] = Registry(EQUAL, BONUS, ROOT, DECAY, PLEDGE)
"""By key; the key is what a policy names."""
