# SPDX-License-Identifier: EUPL-1.2
"""No number of the statistics is about few people, and none that is hidden follows from those that are shown."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbudget.kit.cells import PEOPLE_MIN, cells, is_shown
from wijkbudget.reciprocity.statistics.rules import (
    REST,
    PairingGroup,
    Reached,
    TimeGroup,
    age_group,
    pairing_groups,
    reach_groups,
    time_groups,
)

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), max_size=8)


def times(**counts):
    """Return so many givers of an hour for each group; everybody gives to one group."""
    return {name: {f"{name}{index}": 60 for index in range(count)} for name, count in counts.items()}


def crowd(group, gave=0, exempt=0, neither=0):
    """Return how many people of a group did what."""
    return Counter(
        {
            Reached(group, gave=True, is_exempt=False): gave,
            Reached(group, gave=False, is_exempt=True): exempt,
            Reached(group, gave=False, is_exempt=False): neither,
        }
    )


class TestCells:
    @given(sizes=sizes)
    def test_leave_no_small_number_and_none_that_follows_by_subtraction(self, sizes):
        found = cells(sizes, lambda names: is_shown(sum(sizes[name] for name in names)))
        total = sum(sizes.values())
        if not found.alone and not found.together:
            assert not is_shown(total) or not sizes
            return
        assert sorted([*found.alone, *found.together]) == sorted(sizes)
        shown = [sizes[name] for name in found.alone] + [sum(sizes[name] for name in found.together)]
        assert all(count == 0 or count >= PEOPLE_MIN for count in shown)
        left = total - sum(sizes[name] for name in found.alone)
        assert left == 0 or left >= PEOPLE_MIN

    def test_take_the_smallest_along_with_one_that_is_too_small(self):
        sizes = {"a": 40, "b": 12, "c": 3}
        found = cells(sizes, lambda names: is_shown(sum(sizes[name] for name in names)))
        assert found == (["a"], ["b", "c"])


class TestTime:
    def test_is_shown_for_each_group_the_most_first(self):
        assert time_groups(times(green=10, youth=12)) == [
            TimeGroup(name="youth", giver_count=12, minutes=720),
            TimeGroup(name="green", giver_count=10, minutes=600),
        ]

    def test_of_few_givers_is_taken_together(self):
        assert time_groups(times(green=30, youth=9, care=2)) == [
            TimeGroup(name="green", giver_count=30, minutes=1800),
            TimeGroup(name=REST, giver_count=11, minutes=660),
        ]

    def test_counts_people_once_where_groups_are_taken_together(self):
        same = {"green": {f"p{index}": 15 for index in range(30)}, "a": {"p1": 15}, "b": {"p1": 15}}
        assert time_groups(same) == [TimeGroup(name=REST, giver_count=30, minutes=480)]

    def test_of_few_in_all_is_not_shown(self):
        assert time_groups(times(green=5, youth=4)) == time_groups({}) == []


class TestWhoIsReached:
    def test_is_told_with_who_is_exempt(self):
        people = crowd("a", 10, 10, 30) + crowd("b", 20, 12, 40)
        assert [
            (each.name, each.gave_count, each.exempt_count, each.nothing_count) for each in reach_groups(people)
        ] == [
            ("a", 10, 10, 30),
            ("b", 20, 12, 40),
        ]

    def test_is_told_without_where_that_would_hide_a_group(self):
        people = crowd("a", 10, 1, 30) + crowd("b", 20, 12, 40)
        assert [(each.name, each.exempt_count, each.nothing_count) for each in reach_groups(people)] == [
            ("a", None, 31),
            ("b", None, 52),
        ]

    @settings(max_examples=60, deadline=None)
    @given(
        people=st.lists(
            st.tuples(st.sampled_from("abcd"), *[st.integers(0, 40)] * 3), max_size=4, unique_by=lambda x: x[0]
        )
    )
    def test_adds_up_and_shows_no_small_number(self, people):
        everybody = sum((crowd(group, *counts) for group, *counts in people), Counter())
        found = reach_groups(everybody)
        for each in found:
            parts = each.gave_count, each.exempt_count or 0, each.nothing_count
            assert is_shown(*parts)
            assert each.resident_count == sum(parts)
        if found:
            assert sum(each.resident_count for each in found) == everybody.total()
            assert sum(each.gave_count for each in found) == sum(count for one, count in everybody.items() if one.gave)

    @pytest.mark.parametrize(
        ("born", "group"),
        [(2014, "12-17"), (2008, "18-29"), (1997, "18-29"), (1996, "30-44"), (1961, "65+"), (1920, "65+")],
    )
    def test_is_told_by_the_age_of_that_year(self, born, group):
        assert age_group(born, 2026) == group


class TestPairings:
    def test_are_added_up_by_group(self):
        pairs = [
            PairingGroup(name=name, started=started, finished=finished)
            for name, started, finished in (("green", 6, 5), ("green", 6, 5), ("youth", 3, 0), ("care", 9, 10))
        ]
        assert pairing_groups(pairs) == [
            PairingGroup(name="green", started=12, finished=10),
            PairingGroup(name=REST, started=12, finished=10),
        ]
        assert pairing_groups([]) == []
