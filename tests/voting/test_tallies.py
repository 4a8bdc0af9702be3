# SPDX-License-Identifier: EUPL-1.2
"""What each tally chooses, by hand and beside a slow reference that steps and sorts."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbudget.voting.rules import BadParameter, CountedBallot, Election, Option, ties_by_id, ties_by_lot
from wijkbudget.voting.tallies import TALLIES, equal_voice


def election(costs, ballots, budget_cents, ties=None):
    """Return an election from `{id: cost}` and ballots written as `"ab"`, `("ab", weight)` or `({"a": 2}, weight)`."""
    pairs = [ballot if isinstance(ballot, tuple) else (ballot, 1) for ballot in ballots]
    return Election(
        options=tuple(Option(id=id_, cost_cents=cost_cents, title=id_) for id_, cost_cents in costs.items()),
        ballots=tuple(
            CountedBallot(marks=marks if isinstance(marks, dict) else dict.fromkeys(marks, 1), weight=Fraction(weight))
            for marks, weight in pairs
        ),
        budget_cents=budget_cents,
        ties=ties or ties_by_id(costs),
    )


def tally(key, asked, **raw):
    return TALLIES[key].tally(asked, TALLIES[key].parameters(raw))


def reasons(outcome):
    return {option.id: str(option.reason) for option in outcome.options}


class TestGreedy:
    asked = election({"a": 6_000, "b": 5_000, "c": 4_000, "d": 1}, ["abc", "abc", "ab", "a", ""], 10_000)

    def test_passes_over_what_no_longer_fits(self):
        outcome = tally("greedy", self.asked)
        assert outcome.winners == ("a", "c")
        assert outcome.spent_cents == 10_000
        assert reasons(outcome) == {
            "a": "It has 4 votes and fitted in the €100.00 that was left.",
            "b": "It has 3 votes, but only €40.00 was left and it costs €50.00.",
            "c": "It has 2 votes and fitted in the €40.00 that was left.",
            "d": "Nobody voted for it.",
        }

    def test_stops_at_what_no_longer_fits(self):
        outcome = tally("greedy", self.asked, too_dear="stop")
        assert outcome.winners == ("a",)
        assert outcome.spent_cents == 6_000
        assert (
            reasons(outcome)["c"] == "It has 2 votes. The count ended before its turn, at a plan that no longer fitted."
        )

    def test_is_not_stopped_by_what_could_never_fit(self):
        outcome = tally("greedy", election({"a": 10_001, "b": 9_000}, ["ab", "a"], 10_000), too_dear="stop")
        assert outcome.winners == ("b",)
        assert reasons(outcome)["a"] == "It costs €100.01, more than the whole budget of €100.00."

    def test_weighs_voices(self):
        asked = election({"a": 5, "b": 5}, ["a", "a", ("b", "5/2")], 5)
        outcome = tally("greedy", asked)
        assert outcome.winners == ("b",)
        assert [(option.votes, option.heads) for option in outcome.options] == [(2, 2), (Fraction(5, 2), 1)]
        assert reasons(outcome)["b"].startswith("It has 2 1/2 votes")
        assert equal_voice(TALLIES["greedy"], asked, outcome.parameters).winners == ("a",)


class TestTies:
    def test_by_id_compare_as_text(self):
        assert ties_by_id(["9", "10", "1"]).ids == ("1", "10", "9")
        asked = election({"9": 5, "10": 5}, [["9", "10"]], 5)
        assert tally("greedy", asked).winners == ("10",)
        assert tally("equal_shares", asked).winners == ("10",)

    def test_by_lot_are_drawn_again_from_the_seed(self):
        drawn = ties_by_lot("abcdef", "oost-2026")
        assert drawn == ties_by_lot("fedcba", "oost-2026")
        assert drawn.ids == ("a", "d", "c", "e", "b", "f")
        assert drawn.ids != ties_by_lot("abcdef", "oost-2027").ids

    def test_follow_the_lot_in_every_tally(self):
        asked = election({"b": 5, "c": 5}, ["bc"], 5, ties_by_lot("bc", "oost-2026"))
        for key in TALLIES:
            assert tally(key, asked).winners == ("c",)


class TestEqualShares:
    def test_lets_supporters_pay_together(self):
        # Three of four voices hold 3 of 4 euros; the fourth keeps its own for what it chose itself.
        asked = election(
            {"park": 300, "playground": 300, "bench": 100}, [["park", "playground"]] * 3 + [["bench"]], 400
        )
        outcome = tally("equal_shares", asked, completion="none")
        assert outcome.winners == ("park", "bench")
        assert reasons(outcome) == {
            "park": "Its supporters paid for it together, at most €1.00 for each vote.",
            "playground": "Its supporters had €0.00 left together, but it costs €3.00.",
            "bench": "Its supporters paid for it together, at most €1.00 for each vote.",
        }
        assert tally("greedy", asked).winners == ("park", "bench")

    def test_elects_what_all_want_for_exactly_the_budget(self):
        # Six thirds are two: a float says less, and drops it.
        assert tally("equal_shares", election({"a": 2, "b": 1}, ["ab"] * 6, 2)).winners == ("a",)

    def test_counts_empty_ballots_in_the_division(self):
        assert tally("equal_shares", election({"a": 100}, ["a", ""], 100), completion="none").winners == ()
        assert tally("equal_shares", election({"a": 100}, ["a"], 100), completion="none").winners == ("a",)

    def test_adds_until_the_step_before_too_much(self):
        asked = election({"a": 600, "b": 500}, ["a", "b"], 1_000)
        outcome = tally("equal_shares", asked)
        assert outcome.winners == ("b",)
        assert outcome.steps == {"start_cents": "500", "step_cents": "100", "added_steps": 0}
        poor = tally("equal_shares", election({"a": 600, "b": 650}, ["a", "b"], 1_000), unit_cents=1)
        assert poor.winners == ("a",)
        assert poor.steps == {"start_cents": "500", "step_cents": "1", "added_steps": 149}

    def test_can_stop_when_nothing_else_fits(self):
        asked = election({"a": 600, "b": 650}, ["a", "b"], 1_000)
        outcome = tally("equal_shares", asked, stop="exhaustive", unit_cents=1)
        assert outcome.winners == ("a",)
        assert outcome.steps["added_steps"] == 100

    def test_ends_when_everything_is_bought(self):
        outcome = tally("equal_shares", election({"a": 300, "b": 100}, ["a", "b", ""], 900))
        assert outcome.winners == ("a", "b")
        assert outcome.spent_cents == 400

    def test_begins_each_voice_of_weight_one_alike(self):
        outcome = tally("equal_shares", election({"a": 100, "b": 100}, [("a", "3/2"), "b"], 100), completion="none")
        assert outcome.steps == {"start_cents": "40", "step_cents": "80", "added_steps": 0}
        assert reasons(outcome)["a"] == "Its supporters had €0.60 left together, but it costs €1.00."

    @pytest.mark.parametrize("utility", ["cost", "cardinality"])
    def test_funds_what_is_free_and_wanted_first(self, utility):
        asked = election({"a": 100, "free": 0, "unwanted": 0}, [["a", "free"]], 100)
        outcome = tally("equal_shares", asked, utility=utility)
        assert outcome.winners == ("free", "a")
        assert reasons(outcome)["free"] == "It costs nothing and has votes, so it can always go on."
        assert reasons(outcome)["unwanted"] == "Nobody voted for it."

    def test_is_not_ended_early_by_what_could_never_be_paid(self):
        outcome = tally("equal_shares", election({"x": 30, "a": 9, "b": 9}, ["x", "x", "a", "b"], 20), unit_cents=1)
        assert outcome.winners == ("a", "b")

    def test_has_no_winners_without_ballots(self):
        outcome = tally("equal_shares", election({"a": 100}, [], 100))
        assert outcome.winners == ()
        assert outcome.steps == {"start_cents": 0, "step_cents": 0, "added_steps": 0}

    def test_reaches_a_faraway_end_in_few_jumps(self):
        outcome = tally(
            "equal_shares", election({"a": 50_000_000, "b": 60_000_000}, ["a"] + ["b"] * 99, 10**8), unit_cents=1
        )
        assert outcome.winners == ("b",)
        assert outcome.steps["added_steps"] == 48_999_999

    def test_jumps_over_no_step_that_buys_something_else_for_a_while(self):
        # After step 9 there is a step that overspends; later steps buy the same as before it again.
        ballots = [("abc", 2), ("ab", 1), ("d", 2), ("bd", 1), ("a", 1), ("c", 1), ("abd", 1), ("abcd", 5), ("ab", 1)]
        outcome = tally("equal_shares", election({"a": 239, "b": 42, "c": 80, "d": 113}, ballots, 452), unit_cents=1)
        assert outcome.winners == ("a", "b", "c")
        assert outcome.steps == {"start_cents": "452/15", "step_cents": "3/5", "added_steps": 9}

    def test_refuses_a_step_of_nothing(self):
        with pytest.raises(BadParameter, match="at least 1, not “0”"):
            TALLIES["equal_shares"].parameters({"unit_cents": 0})


@st.composite
def small_elections(draw):
    costs = draw(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 30), min_size=1))
    marks = st.dictionaries(st.sampled_from(sorted(costs)), st.integers(1, 2))
    weights = st.sampled_from(["1", "3/2", "2"])
    return election(costs, draw(st.lists(st.tuples(marks, weights), max_size=6)), draw(st.integers(1, 60)))


def slow_run(asked, money, utility):
    """Return the winners when a voice of one has this much, checking every payment; by sorting, with nothing shared."""
    purses = [money for _ in asked.ballots]
    winners = []
    while True:
        keys = []
        for option in asked.options:
            backers = [voter for voter, ballot in enumerate(asked.ballots) if ballot.marks.get(option.id)]
            if option.id in winners or not backers or not 0 < option.cost_cents <= asked.budget_cents:
                continue
            price = slow_price(asked, purses, backers, option)
            if price is not None:
                worth = option.cost_cents if utility == "cost" else 1
                keys.append((price / worth, asked.ties.ids.index(option.id), price, option, backers))
        if not keys:
            return winners
        _, _, price, option, backers = min(keys)
        paid = {voter: min(purses[voter], price * asked.ballots[voter].marks[option.id]) for voter in backers}
        assert sum(paid[voter] * asked.ballots[voter].weight for voter in backers) == option.cost_cents
        for voter in backers:
            purses[voter] -= paid[voter]
        winners.append(option.id)


def slow_price(asked, purses, backers, option):
    """Return the price at which the supporters pay the cost, with the poorest for their marks giving all first."""
    owed = Fraction(option.cost_cents)
    backers = sorted(backers, key=lambda voter: purses[voter] / asked.ballots[voter].marks[option.id])
    while backers:
        power = sum(asked.ballots[voter].weight * asked.ballots[voter].marks[option.id] for voter in backers)
        poorest = backers.pop(0)
        if purses[poorest] / asked.ballots[poorest].marks[option.id] >= owed / power:
            return owed / power
        owed -= purses[poorest] * asked.ballots[poorest].weight
    return None


class TestEqualSharesBesideTheSlowReference:
    @settings(max_examples=300, deadline=None)
    @given(asked=small_elections(), utility=st.sampled_from(["cost", "cardinality"]))
    def test_pays_the_same_without_completion(self, asked, utility):
        voices = sum(ballot.weight for ballot in asked.ballots)
        expected = slow_run(asked, asked.budget_cents / voices, utility) if voices else []
        assert list(tally("equal_shares", asked, utility=utility, completion="none").winners) == expected

    @settings(max_examples=150, deadline=None)
    @given(
        asked=small_elections(),
        utility=st.sampled_from(["cost", "cardinality"]),
        stop=st.sampled_from(["infeasible", "exhaustive"]),
    )
    def test_takes_every_step_it_says_and_not_one_more(self, asked, utility, stop):
        outcome = tally("equal_shares", asked, utility=utility, stop=stop, unit_cents=1)
        costs = {option.id: option.cost_cents for option in asked.options}
        wanted = {id_ for ballot in asked.ballots for id_ in ballot.marks if costs[id_] <= asked.budget_cents}
        start, step = (Fraction(outcome.steps[name]) for name in ("start_cents", "step_cents"))
        assert step * sum(ballot.weight for ballot in asked.ballots) == len(asked.ballots)
        for added in range(outcome.steps["added_steps"] + 1):
            winners = slow_run(asked, start + added * step, utility)
            left_cents = asked.budget_cents - sum(costs[id_] for id_ in winners)
            lost = wanted - set(winners)
            ended = not lost or (stop == "exhaustive" and all(costs[id_] > left_cents for id_ in lost))
            assert left_cents >= 0
            assert not ended or added == outcome.steps["added_steps"]
        assert winners == list(outcome.winners)
        if not ended:
            beyond = slow_run(asked, start + (outcome.steps["added_steps"] + 1) * step, utility)
            assert sum(costs[id_] for id_ in beyond) > asked.budget_cents
