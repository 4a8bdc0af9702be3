# SPDX-License-Identifier: EUPL-1.2
"""What every rule that says who takes part promises."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.identity import eligibility
from wijkbudget.identity.eligibility import ELIGIBILITY
from wijkbudget.identity.eligibility.candidate import Candidate

every_rule = pytest.mark.parametrize("rule", ELIGIBILITY.values(), ids=ELIGIBILITY)
days = st.dates(date(2000, 1, 1), date(2050, 1, 1))
years = st.integers(1900, 2050)
ages = st.integers(0, 100)


def stay(birth_year, since_on, length=None, place="oost"):
    until_on = None if length is None else since_on + timedelta(days=length)
    return Candidate(place=place, birth_year=birth_year, since_on=since_on, until_on=until_on)


@every_rule
class TestEveryRule:
    def test_is_named_after_its_file(self, rule):
        assert type(rule).__module__ == f"{eligibility.__name__}.{rule.key}"

    @given(birth_year=years, since_on=days, on=days, age_min=ages)
    def test_never_counts_somebody_in_two_neighbourhoods(self, rule, birth_year, since_on, on, age_min):
        candidate = stay(birth_year, since_on)
        allowed = [rule.allows(candidate, place=place, on=on, age_min=age_min) for place in ("oost", "west")]
        assert sum(allowed) <= 1

    @given(birth_year=years, since_on=days, length=st.integers(0, 3000), on=days)
    def test_counts_nobody_before_or_after_their_stay(self, rule, birth_year, since_on, length, on):
        candidate = stay(birth_year, since_on, length)
        if rule.allows(candidate, place="oost", on=on, age_min=0):
            assert since_on <= on < candidate.until_on

    @given(birth_year=years, since_on=days, on=days, age_min=ages)
    def test_never_shuts_out_the_older_of_two(self, rule, birth_year, since_on, on, age_min):
        if rule.allows(stay(birth_year, since_on), place="oost", on=on, age_min=age_min):
            assert rule.allows(stay(birth_year - 1, since_on), place="oost", on=on, age_min=age_min)
