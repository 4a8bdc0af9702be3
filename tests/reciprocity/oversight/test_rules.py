# SPDX-License-Identifier: EUPL-1.2
"""Who confirms mostly each other is found, whoever does not is not, and lots are what their seed says."""

from collections import defaultdict
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbudget.reciprocity.oversight.rules import connected, drawn, rings, sample_size, seed
from wijkbudget.reciprocity.rules.periods import (
    NoSuchPeriod,
    Period,
    PeriodNotOver,
    before,
    demand_over,
    period_of,
    read_period,
)

graphs = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).map(lambda pair: (f"p{pair[0]}", f"p{pair[1]}")),
    st.integers(1, 5),
    max_size=20,
).map(lambda found: {pair: count for pair, count in found.items() if pair[0] != pair[1]})


def people(confirmed):
    return [(ring.people, ring.inside_count, ring.entry_count) for ring in rings(confirmed)]


def reached(onward, start):
    """Return everybody that is reached from somebody, one step after another."""
    found, edge = {start}, {start}
    while edge := {other for one in edge for other in onward.get(one, ())} - found:
        found |= edge
    return found


class TestRings:
    def test_are_two_who_confirm_more_than_half_of_each_other(self):
        assert people({("a", "b"): 3, ("b", "a"): 1, ("a", "guide"): 1}) == [(("a", "b"), 4, 5)]

    @pytest.mark.parametrize(
        "confirmed",
        [
            {("a", "b"): 9},
            {("a", "b"): 2, ("b", "a"): 1},
            {("a", "b"): 2, ("b", "a"): 2, ("a", "guide"): 4},
            {("a", "guide"): 9, ("b", "guide"): 9},
        ],
        ids=["one way", "too few", "just half", "by a guide"],
    )
    def test_are_not_what_stays_under_the_measure(self, confirmed):
        assert people(confirmed) == []

    def test_are_three_to_five_whose_time_goes_round(self):
        for size in (3, 4, 5):
            ring = {(f"p{index}", f"p{(index + 1) % size}"): 2 for index in range(size)}
            assert people(ring) == [(tuple(f"p{index}" for index in range(size)), 2 * size, 2 * size)]
        six = {(f"p{index}", f"p{(index + 1) % 6}"): 2 for index in range(6)}
        assert people(six) == []

    def test_are_not_hidden_by_one_entry_elsewhere(self):
        ring = {("a", "b"): 4, ("b", "c"): 4, ("c", "a"): 4}
        crowd = {("a", "x"): 1, ("x", "a"): 1, ("x", "y"): 9, ("y", "z"): 9, ("z", "w"): 9, ("w", "x"): 9}
        assert [found[0] for found in people(ring | crowd)] == [("w", "x", "y", "z"), ("a", "b", "c")]

    def test_tell_two_within_a_larger_ring_once(self):
        ring = {("a", "b"): 4, ("b", "a"): 4, ("b", "c"): 4, ("c", "a"): 4}
        assert [found[0] for found in people(ring)] == [("a", "b", "c")]

    @settings(max_examples=60, deadline=None)
    @given(confirmed=graphs)
    def test_do_not_depend_on_order_and_keep_to_their_measure(self, confirmed):
        found = rings(confirmed)
        assert found == rings(dict(reversed(list(confirmed.items()))))
        for ring in found:
            inside = sum(count for pair, count in confirmed.items() if set(pair) <= set(ring.people))
            entries = sum(count for (giver, _confirmer), count in confirmed.items() if giver in ring.people)
            assert (ring.inside_count, ring.entry_count) == (inside, entries)
            assert inside * 2 > entries >= 4


class TestConnected:
    @settings(max_examples=60, deadline=None)
    @given(confirmed=graphs)
    def test_are_those_who_reach_each_other(self, confirmed):
        onward = defaultdict(list)
        for giver, confirmer in confirmed:
            onward[giver].append(confirmer)
        found = list(connected(dict(onward)))
        named = sorted(each for part in found for each in part)
        assert named == sorted({each for pair in confirmed for each in pair})
        for part in found:
            for one in part:
                assert set(part) == {other for other in reached(onward, one) if one in reached(onward, other)}

    def test_follow_a_long_chain(self):
        chain = {str(index): [str(index + 1)] for index in range(20_000)}
        assert len(list(connected(chain))) == 20_001


class TestASample:
    def test_is_drawn_again_by_three_lines(self):
        period, ids = Period(year=2026, number=1), [f"entry-{index}" for index in range(41)]
        from_seed = seed("oost", period, "3 8 11 19 30 44")
        assert from_seed == sha256(b"oost|2026-Q1|3 8 11 19 30 44").hexdigest()
        assert sample_size(41, 5) == 3
        again = sorted(ids, key=lambda each: sha256(f"{from_seed}|{each}".encode()).hexdigest())[:3]
        assert drawn(reversed(ids), from_seed, 3) == again

    @pytest.mark.parametrize(("entries", "size"), [(1, 1), (20, 1), (21, 2), (100, 5)])
    def test_is_at_least_one_and_rounded_up(self, entries, size):
        assert sample_size(entries, 5) == size


class TestAPeriod:
    def test_is_three_months(self):
        period = read_period("2026-Q4")
        assert (period.first_on, period.until_on, period.last_on) == (
            date(2026, 10, 1),
            date(2027, 1, 1),
            date(2026, 12, 31),
        )
        assert period_of(date(2026, 10, 1)) == period_of(date(2026, 12, 31)) == period
        assert before(read_period("2026-Q1")) == read_period("2025-Q4")

    @pytest.mark.parametrize("written", ["", "2026", "2026-Q5", "2026-q1", "0000-Q1", "9999-Q4", " 2026-Q1", "٢٠٢٦-Q1"])
    def test_is_written_one_way(self, written):
        with pytest.raises(NoSuchPeriod):
            read_period(written)

    def test_is_over_the_day_after_its_last(self):
        period = read_period("2026-Q1")
        demand_over(period, date(2026, 4, 1))
        with pytest.raises(PeriodNotOver):
            demand_over(period, date(2026, 3, 31))
