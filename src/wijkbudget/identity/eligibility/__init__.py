# SPDX-License-Identifier: EUPL-1.2
"""Who counts as eligible, as interchangeable pure rules.

To add one: write `identity/eligibility/<key>.py` after the example of `age_and_address.py`, then name it below.
"""

from datetime import date
from typing import Protocol

from wijkbudget.identity.eligibility.age_and_address import AGE_AND_ADDRESS
from wijkbudget.identity.eligibility.candidate import Candidate
from wijkbudget.kit.registry import Registry


class Eligibility(Protocol):
    """A rule that says who takes part in a neighbourhood on a day."""

    key: str

    def allows(self, candidate: Candidate, *, place: str, on: date, age_min: int) -> bool:
        """Return whether somebody takes part."""


ELIGIBILITY: Registry[Eligibility] = Registry(AGE_AND_ADDRESS)
"""By key."""
