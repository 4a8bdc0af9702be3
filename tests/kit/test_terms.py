# SPDX-License-Identifier: EUPL-1.2
"""Terms end as the law says, on every known example and on every day of thirty years."""

import json
from datetime import date, timedelta

import pytest

from wijkbudget.kit.terms import holidays, suspended_days, term_end

KNOWN = [
    ("2026-03-16", 6, "2026-04-28"),
    ("2026-03-19", 8, "2026-05-18"),
    ("2026-03-20", 8, "2026-05-18"),
    ("2026-03-24", 6, "2026-05-06"),
    ("2026-05-19", 8, "2026-07-14"),
    ("2026-11-06", 8, "2027-01-04"),
    ("2026-11-13", 6, "2026-12-28"),
    ("2027-03-26", 6, "2027-05-10"),
]
EASTERS = ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2049-04-18"]


class TestTermEnd:
    @pytest.mark.parametrize(("start", "weeks", "end"), KNOWN)
    def test_runs_on_to_the_next_ordinary_day(self, start, weeks, end):
        assert term_end(date.fromisoformat(start), 7 * weeks) == date.fromisoformat(end)

    def test_is_what_the_shared_examples_say(self, data):
        known = json.loads((data / "awb" / "termijnen_testvectors.json").read_text())
        found = [(each["start"], each["weeks"], each["end"]) for each in known["vectors"]]
        assert [str(term_end(date.fromisoformat(start), 7 * weeks)) for start, weeks, _end in found] == [
            end for _start, _weeks, end in found
        ]
        assert sorted(map(str, holidays(2026))) == known["feestdagen_2026"]

    def test_never_lies_on_a_weekend_or_holiday_and_never_runs_on_for_a_week(self):
        day = date(2024, 1, 1)
        while day < date(2054, 1, 1):
            end = term_end(day, 0)
            assert end.weekday() < 5
            assert end not in holidays(end.year)
            assert 0 <= (end - day).days <= 5
            day += timedelta(days=1)


class TestHolidays:
    @pytest.mark.parametrize("easter", EASTERS)
    def test_follow_easter(self, easter):
        sunday = date.fromisoformat(easter)
        around = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
        assert around <= holidays(sunday.year)

    def test_have_the_kings_birthday_on_a_saturday_when_it_is_a_sunday(self):
        assert date(2025, 4, 26) in holidays(2025)
        assert date(2025, 4, 27) not in holidays(2025)
        assert date(2026, 4, 27) in holidays(2026)


class TestSuspendedDays:
    @pytest.mark.parametrize(
        ("ended", "days"),
        [("2026-03-09", 0), ("2026-03-10", 0), ("2026-03-11", 1), ("2026-03-23", 13), ("2026-03-24", 14), (None, 14)],
    )
    def test_are_those_between_the_request_and_the_answer(self, ended, days):
        answered = date.fromisoformat(ended) if ended else None
        assert suspended_days(date(2026, 3, 9), date(2026, 3, 23), answered) == days
