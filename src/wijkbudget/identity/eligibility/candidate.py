# SPDX-License-Identifier: EUPL-1.2
"""What an eligibility rule may know about somebody: as little as it needs."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One stay on the register."""

    place: str
    birth_year: int
    since_on: date
    until_on: date | None
