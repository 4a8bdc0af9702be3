# SPDX-License-Identifier: EUPL-1.2
"""Small elections for tests of tallies, and how to count them."""

from fractions import Fraction

from hypothesis import strategies as st

from wijkbudget.voting.rules import Ballots, CountedBallot, Election, Option, ties_by_id
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll


def election(costs, ballots, budget_cents, ties=None, limits=()):
    """Return an election from `{id: cost}` and ballots written as `"ab"`, `("ab", weight)` or `({"a": 2}, weight)`."""
    pairs = [ballot if isinstance(ballot, tuple) else (ballot, 1) for ballot in ballots]
    return Election(
        options=tuple(Option(id=id_, cost_cents=cost_cents, title=id_) for id_, cost_cents in costs.items()),
        ballots=Ballots.of(
            CountedBallot(marks=marks if isinstance(marks, dict) else dict.fromkeys(marks, 1), weight=Fraction(weight))
            for marks, weight in pairs
        ),
        budget_cents=budget_cents,
        ties=ties or ties_by_id(costs),
        limits=tuple(limits),
    )


def tally(key, asked, **raw):
    return TALLIES[key].tally(Poll.of(asked), TALLIES[key].parameters(raw))


def reasons(outcome):
    return {option.id: str(option.reason) for option in outcome.options}


UTILITIES = ("cost", "cardinality", "score")
utilities = st.sampled_from(UTILITIES)


@st.composite
def small_elections(draw):
    costs = draw(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 30), min_size=1))
    marks = st.dictionaries(st.sampled_from(sorted(costs)), st.integers(1, 2))
    weights = st.sampled_from(["1", "3/2", "2"])
    return election(costs, draw(st.lists(st.tuples(marks, weights), max_size=6)), draw(st.integers(1, 60)))


@st.composite
def elections_full_of_ties(draw):
    """Return an election with few costs, many equal ballots and a budget that divides them, so that much is equal."""
    costs = dict.fromkeys(draw(st.lists(st.sampled_from("abcdef"), min_size=2, unique=True)), 0)
    costs = {id_: draw(st.sampled_from([6, 12])) for id_ in costs}
    marks = st.dictionaries(st.sampled_from(sorted(costs)), st.sampled_from([1, 1, 2]))
    return election(
        costs, draw(st.lists(st.tuples(marks, st.just(1)), max_size=6)), draw(st.sampled_from([12, 24, 36]))
    )
