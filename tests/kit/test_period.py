# SPDX-License-Identifier: EUPL-1.2
"""Days as the Netherlands counts them, also when the clock changes."""

from datetime import UTC, date, datetime

import pytest

from wijkbudget.kit.period import day_of, days_after, months_after


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


def test_days_after_count_over_the_end_of_a_month():
    assert days_after(date(2024, 2, 28), 2) == date(2024, 3, 1)


def test_months_after_end_where_a_month_does():
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_after(date(2026, 3, 2), -12) == date(2025, 3, 2)
    assert months_after(date(2026, 1, 15), 12) == date(2027, 1, 15)
