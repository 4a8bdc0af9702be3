# SPDX-License-Identifier: EUPL-1.2
"""What strict fields take."""

from datetime import date

import pytest
from pydantic import ValidationError

from wijkbudget.kit.fields import Command, Day


class Asked(Command):
    """A command with a day."""

    on: Day


class TestDay:
    @pytest.mark.parametrize("day", ["1900-01-01", "2026-03-02", "2999-12-31"])
    def test_is_a_day_with_days_around_it(self, day):
        assert Asked(on=day).on == date.fromisoformat(day)

    @pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31", date.max, date.min])
    def test_of_another_age_is_refused(self, day):
        with pytest.raises(ValidationError):
            Asked(on=day)

    @pytest.mark.parametrize("value", [20260302, "", "2026-02-30", True, None])
    def test_is_nothing_else(self, value):
        with pytest.raises(ValidationError):
            Asked(on=value)
