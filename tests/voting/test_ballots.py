# SPDX-License-Identifier: EUPL-1.2
"""What each ballot allows and refuses."""

import pytest

from wijkbudget.voting.ballots import BALLOTS
from wijkbudget.voting.ballots.marks import filled_in
from wijkbudget.voting.rules import (
    BadMark,
    BadParameter,
    BallotParameters,
    MarkedTwice,
    Option,
    OverBudget,
    TooFewMarks,
    TooManyMarks,
    TooManyPoints,
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


def check(key, marks, **raw):
    return BALLOTS[key].check(marks, OPTIONS, limits(key, **raw))


class TestOneChoice:
    def test_is_one_plan_and_may_be_none_where_the_council_allows_it(self):
        assert limits("one") == BallotParameters(marking="one", marks_min=1, marks_max=1, budget_cents=None)
        assert check("one", {"party": 1, "bench": 0}) == {"party": 1}
        assert check("one", {}, marks_min=0) == {}

    def test_is_not_two_plans(self):
        with pytest.raises(TooManyMarks, match=r"Choose one plan\. You chose 2\."):
            check("one", {"party": 1, "bench": 1})

    def test_is_not_left_open_unless_the_council_allows_it(self):
        with pytest.raises(TooFewMarks, match=r"Choose a plan\."):
            check("one", {"party": 0})

    def test_counts_once(self):
        with pytest.raises(BadMark):
            check("one", {"party": 2})

    def test_has_one_choice_whatever_a_policy_says(self):
        with pytest.raises(BadParameter, match="“marks_min” can be 1 at most, not 2"):
            limits("one", marks_min=2)
        with pytest.raises(BadParameter):
            limits("one", marks_max=2)


class TestPoints:
    def test_are_ten_to_divide_freely_unless_told(self):
        assert limits("points") == BallotParameters(
            marking="points", marks_min=1, marks_max=None, budget_cents=None, mark_max=10, total_max=10
        )
        assert check("points", {"party": 10}) == {"party": 10}
        assert check("points", {"party": 4, "bench": 6, "garden": 0}) == {"bench": 6, "party": 4}

    def test_may_be_left_over(self):
        assert check("points", {"party": 1}) == {"party": 1}

    def test_are_never_more_than_there_are(self):
        with pytest.raises(TooManyPoints) as refused:
            check("points", {"party": 5, "bench": 6})
        assert str(refused.value) == "You gave 11 points. There are 10."

    @pytest.mark.parametrize("points", [4, -1, 10**9, True, "1", 1.0])
    def test_for_one_plan_are_whole_and_within_its_most(self, points):
        with pytest.raises(BadMark) as refused:
            check("points", {"bench": points}, points_total=5, points_max=3)
        assert str(refused.value) == "A plan can get 0 to 3 points, in whole numbers."

    def test_go_to_as_many_plans_as_the_council_asks(self):
        assert check("points", {"bench": 1, "party": 1}, marks_min=2) == {"bench": 1, "party": 1}
        with pytest.raises(TooFewMarks, match=r"to at least 2\. You gave points to 1\."):
            check("points", {"bench": 10}, marks_min=2)

    @pytest.mark.parametrize(
        ("raw", "sentence"),
        [
            ({"points_total": 0}, "“points_total” must be a whole number of at least 1, not “0”."),
            ({"points_total": 1_001}, "“points_total” can be 1000 at most, not 1001."),
            ({"points_total": 5, "points_max": 6}, "“points_max” can be 5 at most, not 6."),
            ({"points_total": 5, "marks_min": 6}, "“marks_min” can be 5 at most, not 6."),
            ({"length": 3}, "There is nothing called “length” to set here."),
        ],
    )
    def test_refuse_a_policy_that_makes_no_sense(self, raw, sentence):
        with pytest.raises(BadParameter) as refused:
            limits("points", **raw)
        assert str(refused.value) == sentence


class TestRanking:
    def test_has_three_places_unless_told(self):
        assert limits("ranking") == BallotParameters(
            marking="places", marks_min=1, marks_max=3, budget_cents=None, mark_max=3
        )

    def test_marks_the_first_place_alike_on_every_ballot(self):
        assert check("ranking", {"garden": 3, "bench": 2, "party": 1}) == {"bench": 2, "garden": 3, "party": 1}
        assert check("ranking", {"garden": 3}) == {"garden": 3}
        assert check("ranking", {"garden": 5, "bench": 4}, length=5) == {"bench": 4, "garden": 5}

    def test_leaves_no_place_open_before_a_filled_one(self):
        for marks in ({"garden": 2}, {"garden": 3, "bench": 1}):
            with pytest.raises(BadMark) as refused:
                check("ranking", marks)
            assert str(refused.value) == "Begin with the first place, and leave no place open in between."

    def test_puts_one_plan_in_a_place(self):
        with pytest.raises(MarkedTwice, match=r"You put two plans in the same place\."):
            check("ranking", {"garden": 3, "bench": 3})

    @pytest.mark.parametrize("mark", [4, -1, True, "3"])
    def test_has_no_other_places(self, mark):
        with pytest.raises(BadMark, match=r"There is no such place on this ballot\."):
            check("ranking", {"garden": mark})

    def test_is_as_long_as_the_council_asks(self):
        with pytest.raises(TooFewMarks, match=r"Choose at least 2\. You chose 1\."):
            check("ranking", {"garden": 3}, marks_min=2)
        assert check("ranking", {}, marks_min=0) == {}

    @pytest.mark.parametrize("raw", [{"length": 0}, {"length": 21}, {"marks_min": 4}, {"marks_max": 3}])
    def test_refuses_a_policy_that_makes_no_sense(self, raw):
        with pytest.raises(BadParameter):
            limits("ranking", **raw)


class TestAForm:
    def test_holds_ticks_places_or_points(self):
        fields = {"code": ["x"], "reference": ["1"], "csrf_token": [""]}
        assert filled_in({**fields, "marks": ["1", "3"]}) == {"1": 1, "3": 1}
        assert filled_in({**fields, "marks.3": ["2"], "marks.2": [""], "marks.1": ["7"]}) == {"2": 3, "7": 1}
        assert filled_in({**fields, "mark.1": [" 4 "], "mark.2": [""], "mark.3": ["0"]}) == {"1": 4, "3": 0}
        assert filled_in(fields) == {}

    @pytest.mark.parametrize(
        "fields", [{"marks": ["1", "1"]}, {"marks.3": ["1"], "marks.2": ["1"]}, {"mark.1": ["2", "2"]}]
    )
    def test_marks_a_plan_once(self, fields):
        with pytest.raises(MarkedTwice, match="You chose the same plan twice"):
            filled_in(fields)

    @pytest.mark.parametrize("written", ["-1", "1.5", "2,0", "one", "1e3", "9" * 7, "٣", "0x1"])
    def test_holds_whole_numbers(self, written):
        for fields in ({"mark.1": [written]}, {f"marks.{written}": ["1"]}):
            with pytest.raises(BadMark, match="Write whole numbers"):
                filled_in(fields)
