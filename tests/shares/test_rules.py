# SPDX-License-Identifier: EUPL-1.2
"""Who gets how many shares, and when they lapse: days, years, the cap and what is safe to show."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.ledger.rules import Transfer, Unit
from wijkbudget.shares import rules
from wijkbudget.shares.rules import Grant, Holding, Reason

DAYS = st.dates(date(1940, 1, 1), date(2080, 12, 31))
SHARE = UUID(int=1)
PERSON = UUID(int=2)


class TestAnniversary:
    def test_is_the_same_day_in_a_later_year(self):
        assert rules.anniversary(date(2020, 5, 1), 3) == date(2023, 5, 1)

    @pytest.mark.parametrize(
        ("years", "day"),
        [
            (1, date(2021, 3, 1)),
            (3, date(2023, 3, 1)),
            (4, date(2024, 2, 29)),
            (80, date(2100, 3, 1)),
        ],
    )
    def test_of_29_february_is_1_march_where_there_is_none(self, years, day):
        assert rules.anniversary(date(2020, 2, 29), years) == day


class TestFullYears:
    @pytest.mark.parametrize(
        ("since_on", "on", "years"),
        [
            (date(2024, 3, 2), date(2024, 3, 2), 0),
            (date(2024, 3, 2), date(2025, 3, 1), 0),
            (date(2024, 3, 2), date(2025, 3, 2), 1),
            (date(2024, 3, 2), date(2026, 3, 1), 1),
            (date(2020, 2, 29), date(2021, 2, 28), 0),
            (date(2020, 2, 29), date(2021, 3, 1), 1),
            (date(2020, 2, 29), date(2024, 2, 28), 3),
            (date(2020, 2, 29), date(2024, 2, 29), 4),
            (date(2023, 12, 31), date(2024, 1, 1), 0),
        ],
    )
    def test_are_full_on_the_anniversary_and_not_before(self, since_on, on, years):
        assert rules.full_years(since_on, on) == years

    @given(DAYS, st.integers(0, 20_000))
    def test_lie_between_two_anniversaries(self, since_on, days):
        on = since_on + timedelta(days=days)
        years = rules.full_years(since_on, on)
        assert rules.anniversary(since_on, years) <= on < rules.anniversary(since_on, years + 1)


def due(since_on, on, share_count, shares_max=3):
    return list(rules.years_due(since_on=since_on, on=on, share_count=share_count, shares_max=shares_max))


class TestYearsDue:
    def test_are_none_in_the_first_year(self):
        assert due(date(2025, 3, 3), date(2026, 3, 2), 1) == []

    def test_are_one_on_the_first_anniversary(self):
        assert due(date(2025, 3, 2), date(2026, 3, 2), 1) == [1]

    def test_are_none_once_it_was_granted(self):
        assert due(date(2025, 3, 2), date(2026, 3, 2), 2) == []

    def test_catch_up_with_years_before_there_were_shares(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 1) == [1, 2]

    def test_stop_at_the_cap(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 3) == []
        assert due(date(1990, 1, 1), date(2026, 3, 2), 1, shares_max=1) == []

    def test_take_nothing_away_when_the_cap_is_lowered(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 3, shares_max=2) == []

    def test_wait_for_whoever_was_away_and_begins_a_new_first_year(self):
        assert due(date(2026, 1, 1), date(2027, 6, 1), 2) == []
        assert due(date(2026, 1, 1), date(2028, 1, 1), 2) == [2]

    @given(DAYS, st.integers(0, 20_000), st.integers(1, 10), st.integers(1, 10))
    def test_never_pass_the_cap_sh2(self, since_on, days, share_count, shares_max):
        more = due(since_on, since_on + timedelta(days=days), share_count, shares_max)
        assert not more or share_count + len(more) <= shares_max


class TestHasLapsed:
    @pytest.mark.parametrize(
        ("left_on", "last_day_kept"),
        [
            (date(2026, 3, 2), date(2026, 6, 1)),
            (date(2025, 11, 30), date(2026, 2, 27)),
            (date(2023, 11, 30), date(2024, 2, 28)),
            (date(2025, 9, 30), date(2025, 12, 29)),
            (date(2025, 10, 1), date(2025, 12, 31)),
        ],
    )
    def test_is_so_after_three_months_and_not_a_day_before(self, left_on, last_day_kept):
        assert not rules.has_lapsed(left_on, last_day_kept, 3)
        assert rules.has_lapsed(left_on, last_day_kept + timedelta(days=1), 3)


class TestATransfer:
    def test_gives_one_share_and_names_nobody_in_its_reference(self):
        given_ = rules.granted("oost", SHARE, PERSON)
        assert (given_.source.address, given_.target.address) == ("external:shares", f"share:oost:{PERSON}")
        assert (given_.amount, given_.source.unit, given_.reference) == (1, Unit.SHARE, f"share:{SHARE}")

    def test_takes_all_shares_back(self):
        taken = rules.lapsed("oost", SHARE, PERSON, Holding(spell=1, share_count=3))
        assert taken == Transfer(
            source=rules.granted("oost", SHARE, PERSON).target,
            target=rules.granted("oost", SHARE, PERSON).source,
            amount=3,
            reference=f"share-lapse:{SHARE}",
        )


class TestAGrant:
    def test_is_for_living_here_or_for_a_year_of_it(self):
        assert Grant(person_id=PERSON, spell=1, year=0).reason is Reason.RESIDENT
        assert Grant(person_id=PERSON, spell=1, year=2).reason is Reason.YEAR_OF_RESIDENCE


class TestIsStillDue:
    def test_holds_for_a_first_share_until_somebody_holds_one(self):
        first = Grant(person_id=PERSON, spell=1, year=0)
        assert rules.is_still_due(first, None)
        assert not rules.is_still_due(first, Holding(spell=1, share_count=1))

    def test_holds_for_a_year_until_it_was_granted_or_the_shares_lapsed(self):
        second = Grant(person_id=PERSON, spell=1, year=2)
        assert rules.is_still_due(second, Holding(spell=1, share_count=1))
        assert rules.is_still_due(second, Holding(spell=1, share_count=2))
        assert not rules.is_still_due(second, Holding(spell=1, share_count=3))
        assert not rules.is_still_due(second, Holding(spell=2, share_count=1))
        assert not rules.is_still_due(second, None)


class TestShownNumbers:
    def test_are_all_numbers_where_each_has_ten_holders_or_more(self):
        assert list(rules.shown_numbers({3: 40, 1: 10})) == [(1, 10), (3, 40)]

    def test_are_none_where_one_has_fewer(self):
        assert list(rules.shown_numbers({3: 40, 1: 9, 2: 20})) == []

    def test_are_none_where_nobody_holds_any(self):
        assert list(rules.shown_numbers({})) == []
