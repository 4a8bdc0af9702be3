# SPDX-License-Identifier: EUPL-1.2
"""Everybody of a given age whose registered address lies in the neighbourhood.

Source: Gemeentewet art. 150 (the by-law says who takes part); nationality does not matter.
Choice: somebody counts as the age they reach in that calendar year, because the register holds only the year of birth.
"""

from datetime import date

from wijkbudget.identity.eligibility.candidate import Candidate


class _AgeAndAddress:
    key = "age_and_address"

    def allows(self, candidate: Candidate, *, place: str, on: date, age_min: int) -> bool:
        """Return whether somebody lives in the neighbourhood on a day and is old enough in that year."""
        lives_here = candidate.place == place and candidate.since_on <= on
        stays = candidate.until_on is None or on < candidate.until_on
        return lives_here and stays and on.year - candidate.birth_year >= age_min


AGE_AND_ADDRESS = _AgeAndAddress()
