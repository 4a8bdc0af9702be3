# SPDX-License-Identifier: EUPL-1.2
"""Terms end as the law says, on every known example and, by a slow walk, on the days of thirty years."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.kit.slow_terms import DAY, is_off, walked
from wijkbudget.kit.holidays import EQUATED, holidays, is_ordinary, ordinary_from
from wijkbudget.kit.penalty import TARIFFS, penalty
from wijkbudget.kit.terms import OBJECTION, Still, Term, TermSource, Unit, stretch

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
DAYS = st.dates(date(2024, 1, 1), date(2053, 12, 31))
PAUSES = st.lists(st.tuples(st.integers(-20, 150), st.integers(0, 60)), max_size=4)


class TestEnd:
    @pytest.mark.parametrize(("start", "weeks", "end"), KNOWN)
    def test_runs_on_to_the_next_ordinary_day(self, start, weeks, end):
        assert Term(weeks, Unit.WEEKS).end(date.fromisoformat(start)) == date.fromisoformat(end)

    def test_is_what_the_shared_examples_say(self, data):
        known = json.loads((data / "awb" / "termijnen_testvectors.json").read_text())
        found = [(each["start"], each["weeks"], each["end"]) for each in known["vectors"]]
        assert [str(Term(weeks, Unit.WEEKS).end(date.fromisoformat(start))) for start, weeks, _end in found] == [
            end for _start, _weeks, end in found
        ]
        assert sorted(map(str, holidays(2026))) == known["feestdagen_2026"]
        assert sorted(map(str, EQUATED)) == known["gelijkgesteld"]

    @given(start=DAYS, days=st.integers(3, 91), begun=PAUSES, source=st.sampled_from(TermSource), also=st.booleans())
    @example(start=date(2026, 4, 2), days=3, begun=[], source=TermSource.LAW, also=False)
    @example(start=date(2026, 4, 2), days=90, begun=[(0, 30), (10, 30)], source=TermSource.BY_LAW, also=True)
    def test_is_where_a_slow_walk_comes(self, start, days, begun, source, also):
        still = [Still(start + DAY * after, start + DAY * (after + length)) for after, length in begun]
        rolls = (source in {TermSource.LAW, TermSource.DECREE} or also) and days <= 90
        assert Term(days, Unit.DAYS, source, also).end(start, still) == walked(start, days, still, rolls=rolls)

    @given(start=DAYS, weeks=st.integers(1, 13))
    def test_counts_weeks_as_seven_days(self, start, weeks):
        assert Term(weeks, Unit.WEEKS).end(start) == walked(start, 7 * weeks, [], rolls=weeks <= 12)

    def test_has_at_least_two_ordinary_days_if_it_has_three(self):
        """Maundy Thursday: Good Friday, the weekend and Easter Monday do not count, Tuesday is the first that does."""
        assert Term(3, Unit.DAYS).end(date(2026, 4, 2)) == date(2026, 4, 8)
        assert Term(2, Unit.DAYS).end(date(2026, 4, 2)) == date(2026, 4, 7)
        assert Term(3, Unit.DAYS, TermSource.AGREEMENT).end(date(2026, 4, 2)) == date(2026, 4, 5)

    @pytest.mark.parametrize(
        ("count", "unit", "start", "end"),
        [
            (1, Unit.MONTHS, "2026-01-31", "2026-03-02"),
            (3, Unit.MONTHS, "2026-02-02", "2026-05-04"),
            (4, Unit.MONTHS, "2026-02-02", "2026-06-02"),
            (4, Unit.MONTHS, "2026-01-02", "2026-05-02"),
            (1, Unit.YEARS, "2028-02-29", "2029-02-28"),
            (1, Unit.YEARS, "2025-05-05", "2026-05-05"),
            (13, Unit.WEEKS, "2026-02-28", "2026-05-30"),
            (91, Unit.DAYS, "2026-02-28", "2026-05-30"),
        ],
    )
    def test_in_months_and_years_ends_on_the_same_day_of_the_month(self, count, unit, start, end):
        assert Term(count, unit).end(date.fromisoformat(start)) == date.fromisoformat(end)

    def test_of_a_by_law_runs_on_only_if_the_municipality_says_so(self):
        saturday = date(2026, 8, 1) - timedelta(days=14)
        assert Term(2, Unit.WEEKS, TermSource.BY_LAW).end(saturday) == date(2026, 8, 1)
        assert Term(2, Unit.WEEKS, TermSource.BY_LAW, is_switched_on=True).end(saturday) == date(2026, 8, 3)
        assert Term(2, Unit.WEEKS, TermSource.DECREE).end(saturday) == date(2026, 8, 3)

    def test_to_object_is_six_weeks_from_the_day_after(self):
        assert OBJECTION.end(date(2026, 3, 24)) == date(2026, 5, 6)


class TestBefore:
    def test_counts_back_and_stays_where_it_comes(self):
        assert Term(10, Unit.DAYS).before(date(2026, 5, 15)) == date(2026, 5, 5)
        assert Term(3, Unit.MONTHS).before(date(2026, 5, 31)) == date(2026, 2, 28)


class TestStretch:
    def test_stands_still_once_where_it_stands_still_twice(self):
        start, end = date(2026, 3, 2), date(2026, 3, 12)
        first, second = Still(date(2026, 3, 4), date(2026, 3, 8)), Still(date(2026, 3, 6), date(2026, 3, 10))
        found = stretch(start, end, [second, first])
        assert found == (date(2026, 3, 18), (first, Still(date(2026, 3, 8), date(2026, 3, 10))))

    def test_takes_no_day_from_before_it_began_or_after_it_was_over(self):
        start, end = date(2026, 3, 2), date(2026, 3, 12)
        early, late = Still(date(2026, 2, 1), date(2026, 3, 4)), Still(date(2026, 3, 14), date(2026, 4, 1))
        assert stretch(start, end, [early, late]) == (date(2026, 3, 13), (Still(date(2026, 3, 3), date(2026, 3, 4)),))


class TestHolidays:
    @pytest.mark.parametrize("easter", EASTERS)
    def test_follow_easter(self, easter):
        sunday = date.fromisoformat(easter)
        around = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
        assert around <= holidays(sunday.year)

    def test_are_what_another_rule_finds_on_every_day_of_thirty_years(self):
        day = date(2023, 1, 1)
        while day < date(2054, 1, 1):
            assert is_ordinary(day) is not is_off(day)
            assert 0 <= (ordinary_from(day) - day).days <= 5
            day += DAY

    def test_have_the_kings_birthday_on_a_saturday_when_it_is_a_sunday(self):
        assert date(2025, 4, 26) in holidays(2025)
        assert date(2025, 4, 27) not in holidays(2025)
        assert date(2026, 4, 27) in holidays(2026)


class TestPenalty:
    def test_begins_when_two_weeks_have_passed_and_grows_to_its_most(self):
        told = date(2026, 6, 1)
        owed = [penalty(told, date(2026, 6, 16) + DAY * days) for days in (-1, 0, 1, 14, 15, 28, 29, 42, 43, 400)]
        assert [(each.days, each.owed_cents) for each in owed] == [
            (0, 0), (0, 0), (1, 23_00), (14, 322_00), (15, 357_00), (28, 812_00), (29, 857_00),
            (42, 1442_00), (42, 1442_00), (42, 1442_00),
        ]  # fmt: skip
        assert {(each.first_on, each.last_on, each.most_cents) for each in owed} == {
            (date(2026, 6, 16), date(2026, 7, 27), 1442_00)
        }

    def test_waits_for_an_ordinary_day(self):
        assert penalty(date(2026, 4, 21), date(2026, 5, 6)).first_on == date(2026, 5, 7)

    def test_has_the_amounts_of_its_time(self):
        assert penalty(date(2018, 6, 1), date(2019, 6, 1)).owed_cents == 1260_00
        assert penalty(date(2018, 12, 20), date(2019, 6, 1)).owed_cents == 1442_00
        assert list(TARIFFS) == sorted(TARIFFS)
