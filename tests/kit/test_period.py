"""Days as the Netherlands counts them, also when the clock changes."""

from datetime import UTC, date, datetime

import pytest

from wijkbudget.kit.period import day_of, days_after, start_of, years_ago


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 1, 22, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 23, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_a_moment_is_on_its_day_in_the_netherlands(moment, day):
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_day_begins_at_midnight_in_the_netherlands(day, moment):
    assert start_of(day) == moment
    assert day_of(moment) == day


def test_a_leap_day_has_a_day_before_it_in_other_years():
    assert years_ago(date(2024, 2, 29), 12) == date(2012, 2, 29)
    assert years_ago(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert days_after(date(2024, 2, 28), 2) == date(2024, 3, 1)
