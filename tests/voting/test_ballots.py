# SPDX-License-Identifier: EUPL-1.2
"""What each ballot allows and refuses."""

import pytest

from wijkbudget.voting.ballots import BALLOTS
from wijkbudget.voting.rules import (
    BadMark,
    BadParameter,
    BallotParameters,
    Option,
    OverBudget,
    TooFewMarks,
    TooManyMarks,
    UnknownOption,
)

OPTIONS = tuple(
    Option(id=id_, cost_cents=cost_cents, title=id_)
    for id_, cost_cents in (("bench", 30_000), ("garden", 50_000), ("party", 20_001))
)


def limits(key, **raw):
    return BALLOTS[key].parameters(raw, budget_cents=80_000)


class TestApproval:
    def test_asks_one_tick_and_sets_no_limit_unless_told(self):
        assert limits("approval") == BallotParameters(marks_min=1, marks_max=None, budget_cents=None)

    def test_returns_the_ticks_by_id(self):
        marks = BALLOTS["approval"].check({"party": 1, "garden": 0, "bench": 1}, OPTIONS, limits("approval"))
        assert list(marks.items()) == [("bench", 1), ("party", 1)]

    def test_lets_the_ticks_cost_more_than_the_budget(self):
        marks = dict.fromkeys(("bench", "garden", "party"), 1)
        assert BALLOTS["approval"].check(marks, OPTIONS, limits("approval")) == marks

    def test_refuses_what_is_not_on_the_ballot(self):
        with pytest.raises(UnknownOption, match="you cannot vote for in this round"):
            BALLOTS["approval"].check({"bench": 1, "statue": 1}, OPTIONS, limits("approval"))

    @pytest.mark.parametrize("mark", [2, -1, True, "1", 1.0])
    def test_refuses_another_mark_than_a_tick(self, mark):
        with pytest.raises(BadMark):
            BALLOTS["approval"].check({"bench": mark}, OPTIONS, limits("approval"))

    def test_refuses_an_empty_ballot(self):
        with pytest.raises(TooFewMarks, match=r"Tick at least 1\. You ticked 0\."):
            BALLOTS["approval"].check({"bench": 0}, OPTIONS, limits("approval"))

    def test_takes_an_empty_ballot_where_the_council_allows_it(self):
        assert BALLOTS["approval"].check({}, OPTIONS, limits("approval", marks_min=0)) == {}

    def test_refuses_one_tick_too_many(self):
        parameters = limits("approval", marks_min=1, marks_max=2)
        assert BALLOTS["approval"].check({"bench": 1, "party": 1}, OPTIONS, parameters) == {"bench": 1, "party": 1}
        with pytest.raises(TooManyMarks, match=r"Tick at most 2\. You ticked 3\."):
            BALLOTS["approval"].check(dict.fromkeys(("bench", "garden", "party"), 1), OPTIONS, parameters)

    @pytest.mark.parametrize(
        ("raw", "sentence"),
        [
            ({"marks_min": -1}, "“marks_min” must be a whole number of at least 0, not “-1”."),
            ({"marks_max": 0}, "“marks_max” must be a whole number of at least 1, not “0”."),
            ({"marks_max": "3"}, "“marks_max” must be a whole number of at least 1, not “3”."),
            ({"marks_min": True}, "“marks_min” must be a whole number of at least 0, not “True”."),
            ({"marks_min": 4, "marks_max": 3}, "A ballot cannot ask more ticks than it allows."),
            ({"points": 5}, "There is nothing called “points” to set here."),
        ],
    )
    def test_refuses_a_policy_that_makes_no_sense(self, raw, sentence):
        with pytest.raises(BadParameter) as refused:
            limits("approval", **raw)
        assert str(refused.value) == sentence


class TestKnapsack:
    def test_takes_ticks_that_cost_the_whole_budget(self):
        parameters = limits("knapsack")
        assert parameters == BallotParameters(marks_min=1, marks_max=None, budget_cents=80_000)
        assert BALLOTS["knapsack"].check({"garden": 1, "bench": 1}, OPTIONS, parameters) == {"bench": 1, "garden": 1}

    def test_refuses_ticks_that_cost_more_than_the_budget(self):
        parameters = BALLOTS["knapsack"].parameters({}, budget_cents=50_000)
        with pytest.raises(OverBudget) as refused:
            BALLOTS["knapsack"].check({"bench": 1, "party": 1}, OPTIONS, parameters)
        assert str(refused.value) == "Your choice costs €500.01 together. There is €500.00."
