# SPDX-License-Identifier: EUPL-1.2
"""The quick tallies beside slow ones that try every set, with nothing shared but the definition."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.elections import election, tally
from wijkbudget.voting.rules import Limit, ties_by_id, ties_by_lot
from wijkbudget.voting.tallies.best_set import Item, best_set

often = settings(max_examples=60, deadline=None)


@st.composite
def small_elections(draw):
    costs = draw(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 12), min_size=1))
    ids = sorted(costs)
    marks = st.dictionaries(st.sampled_from(ids), st.integers(1, 2))
    cast = draw(st.lists(st.tuples(marks, st.sampled_from(["1", "3/2", "2"])), max_size=6))
    limit = st.builds(
        Limit,
        name=st.just("a theme"),
        ids=st.frozensets(st.sampled_from(ids)),
        wins_max=st.sampled_from([None, 1, 2]),
        spent_cents_max=st.one_of(st.none(), st.integers(0, 20)),
    )
    ties = draw(st.sampled_from([ties_by_id(costs), ties_by_lot(costs, "a seed")]))
    return election(costs, cast, draw(st.integers(1, 30)), ties, draw(st.lists(limit, max_size=2)))


class Slow:
    """An election as its definitions say it."""

    def __init__(self, asked):
        self.costs = {option.id: option.cost_cents for option in asked.options}
        self.voters = [(set(each.marks), each.weight * each.count) for each in asked.ballots]
        self.votes = {
            id_: sum(each.weight * each.count * each.marks.get(id_, 0) for each in asked.ballots) for id_ in self.costs
        }
        self.budget, self.limits, self.ties = asked.budget_cents, asked.limits, list(asked.ties.ids)
        self.open = [id_ for id_ in self.ties if self.votes[id_] and self.costs[id_] <= self.budget]

    def cost(self, ids):
        return sum(self.costs[id_] for id_ in ids)

    def allows(self, ids):
        return all(
            (limit.wins_max is None or len(limit.ids & ids) <= limit.wins_max)
            and (limit.spent_cents_max is None or self.cost(limit.ids & ids) <= limit.spent_cents_max)
            for limit in self.limits
        )

    def welfare(self, utility):
        sets = [frozenset(each) for size in range(len(self.open) + 1) for each in combinations(self.open, size)]
        fitting = [each for each in sets if self.cost(each) <= self.budget and self.allows(each)]

        def total(ids):
            return sum(self.votes[id_] * (self.costs[id_] if utility == "cost" else 1) for id_ in ids)

        return max(fitting, key=lambda ids: (total(ids), [id_ in ids for id_ in self.ties]))

    def phragmen(self):
        saved, won, left = [Fraction(0)] * len(self.voters), [], self.budget
        while open_ := [id_ for id_ in self.open if id_ not in won and self.allows({*won, id_})]:
            moments = {
                id_: (
                    self.costs[id_] + sum(w * then for (s, w), then in zip(self.voters, saved, strict=True) if id_ in s)
                )
                / sum(w for s, w in self.voters if id_ in s)
                for id_ in open_
            }
            first = min(open_, key=lambda id_: (moments[id_], self.ties.index(id_)))
            if self.costs[first] > left:
                break
            saved = [moments[first] if first in s else then for (s, _w), then in zip(self.voters, saved, strict=True)]
            won.append(first)
            left -= self.costs[first]
        return won

    def maximin(self):
        won = []
        while open_ := [
            id_
            for id_ in self.open
            if id_ not in won and self.allows({*won, id_}) and self.cost([*won, id_]) <= self.budget
        ]:
            won.append(min(open_, key=lambda id_: (self.burden([*won, id_]), self.ties.index(id_))))
        return won

    def burden(self, ids):
        """Return the highest load: that of the options that cost most for all who support any of them."""
        return max(
            Fraction(self.cost(some)) / sum(w for s, w in self.voters if s & set(some))
            for size in range(1, len(ids) + 1)
            for some in combinations(ids, size)
        )


@often
@given(asked=small_elections(), utility=st.sampled_from(["cost", "cardinality"]))
def test_welfare_finds_the_best_of_all_sets_and_the_first_in_the_lot_of_those(asked, utility):
    assert set(tally("welfare", asked, utility=utility).winners) == Slow(asked).welfare(utility)


@often
@given(asked=small_elections())
def test_phragmen_buys_at_the_same_moments(asked):
    assert list(tally("phragmen", asked).winners) == Slow(asked).phragmen()


@often
@given(asked=small_elections())
def test_maximin_burdens_the_most_burdened_least(asked):
    assert list(tally("maximin", asked).winners) == Slow(asked).maximin()


@pytest.mark.parametrize("size", [1, 10**16])
def test_best_set_is_exact_for_numbers_of_any_size(size):
    items = [Item(value=(3 + place) * size, takes=(2 + place,)) for place in range(12)]
    assert best_set(items, [20]) == frozenset({0, 1, 2, 3, 4})
    assert best_set(items, [20], above=25 * size) is None
