# SPDX-License-Identifier: EUPL-1.2
"""What equal shares buy, by hand and beside a slow reference that steps and sorts."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.elections import UTILITIES, election, elections_full_of_ties, reasons, small_elections, tally, utilities
from wijkbudget.voting.rules import BadParameter, ties_by_lot
from wijkbudget.voting.tallies import TALLIES


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

    def test_can_begin_with_whole_units_for_each_voice(self):
        asked = election({"a": 300, "b": 400}, ["a", "a", "b"], 1_000)
        outcome = tally("equal_shares", asked, start="whole", completion="none")
        assert outcome.steps["start_cents"] == "300"
        assert outcome.winners == ("a",)
        assert tally("equal_shares", asked, completion="none").steps["start_cents"] == "1000/3"

    def test_can_go_on_with_what_is_left(self):
        asked = election({"a": 600, "b": 500, "c": 350}, ["a", "b", "b", "c"], 1_000)
        outcome = tally("equal_shares", asked, completion="greedy")
        assert outcome.winners == ("b", "c")
        assert outcome.spent_cents == 850
        assert reasons(outcome) == {
            "a": "It has 1 votes, but only €5.00 was left and it costs €6.00.",
            "b": "Its supporters paid for it together, at most €2.50 for each vote.",
            "c": "It has 1 votes and fitted in the €5.00 that was left.",
        }

    def test_measures_points_as_it_is_told_to(self):
        points = [({"a": 3, "b": 1}, 1), ({"b": 1}, 1), ({"b": 1}, 1)]
        asked = election({"a": 100, "b": 100}, points, 150)
        first = {utility: tally("equal_shares", asked, utility=utility).winners[0] for utility in UTILITIES}
        assert first == {"cost": "b", "cardinality": "b", "score": "b"}
        alone = election({"a": 100, "b": 100}, [({"a": 5, "b": 1}, 1), ({"b": 1}, 1)], 400)
        first = {utility: tally("equal_shares", alone, utility=utility).winners[0] for utility in UTILITIES}
        assert first == {"cost": "a", "cardinality": "b", "score": "a"}
        paid = reasons(tally("equal_shares", alone, utility="score", completion="none"))
        assert paid["a"] == "Its supporters paid for it together, at most €0.20 for each point."

    def test_buys_a_thousand_plans(self):
        ids = [f"{number:04}" for number in range(1_000)]
        asked = election(dict.fromkeys(ids, 7), [ids] * 3, 7_000)
        outcome = tally("equal_shares", asked)
        assert outcome.winners == tuple(ids)
        assert outcome.spent_cents == 7_000

    def test_lets_the_lot_decide_where_everything_is_equal(self):
        asked = election(dict.fromkeys("abcd", 50), ["abcd"] * 4, 100, ties_by_lot("abcd", "oost-2026"))
        assert tally("equal_shares", asked).winners == asked.ties.ids[:2]

    def test_serves_one_voter(self):
        assert tally("equal_shares", election({"a": 60, "b": 50}, ["ab"], 100)).winners == ("a",)

    def test_counts_amounts_of_any_size(self):
        most = 10**15
        asked = election({"a": most, "b": most - 1}, [("b", "1/7"), ("ab", "3/100")] * 3, most)
        assert tally("equal_shares", asked).winners == ("b",)
        tiny = election({"a": 1, "b": 1}, [("ab", "1/7"), ("b", "3/100")], 1)
        assert tally("equal_shares", tiny, unit_cents=1).winners == ("b",)

    def test_reads_the_rules_of_a_round_from_before(self):
        old = {"utility": "cost", "completion": "add1", "stop": "infeasible", "unit_cents": 100}
        assert TALLIES["equal_shares"].parameters(old) == {**old, "start": "exact"}

    def test_refuses_a_step_of_nothing(self):
        with pytest.raises(BadParameter, match="at least 1, not “0”"):
            TALLIES["equal_shares"].parameters({"unit_cents": 0})


class Voter:
    """One voter of the slow reference."""

    def __init__(self, ballot, money, utility):
        self.weight, self.money = ballot.weight, money
        self.marks = {id_: 1 if utility == "cardinality" else mark for id_, mark in ballot.marks.items() if mark}


def slow_run(asked, money, utility):
    """Return the winners when a voice of one has this much, checking every payment; by sorting, with nothing shared."""
    voters = [Voter(ballot, money, utility) for ballot in asked.ballots for _ in range(ballot.count)]
    winners = []
    while True:
        keys = []
        for option in asked.options:
            backers = [voter for voter in voters if option.id in voter.marks]
            if option.id in winners or not backers or not 0 < option.cost_cents <= asked.budget_cents:
                continue
            price = slow_price(backers, option)
            if price is not None:
                worth = option.cost_cents if utility == "cost" else 1
                keys.append((price / worth, asked.ties.ids.index(option.id), price, option.id, option.cost_cents))
        if not keys:
            return winners
        _, _, price, id_, cost_cents = min(keys)
        paid = {voter: min(voter.money, price * voter.marks[id_]) for voter in voters if id_ in voter.marks}
        assert sum(voter.weight * part for voter, part in paid.items()) == cost_cents
        for voter, part in paid.items():
            voter.money -= part
        winners.append(id_)


def slow_price(backers, option):
    """Return the price at which the supporters pay the cost, with the poorest for their marks giving all first."""
    owed = Fraction(option.cost_cents)
    backers = sorted(backers, key=lambda voter: voter.money / voter.marks[option.id])
    while backers:
        power = sum(voter.weight * voter.marks[option.id] for voter in backers)
        poorest = backers.pop(0)
        if poorest.money / poorest.marks[option.id] >= owed / power:
            return owed / power
        owed -= poorest.money * poorest.weight
    return None


def voices_of(asked):
    return sum(ballot.weight * ballot.count for ballot in asked.ballots)


class TestEqualSharesBesideTheSlowReference:
    @settings(max_examples=150, deadline=None)
    @given(asked=small_elections() | elections_full_of_ties(), utility=utilities)
    def test_pays_the_same_without_completion(self, asked, utility):
        voices = voices_of(asked)
        expected = slow_run(asked, asked.budget_cents / voices, utility) if voices else []
        outcome = tally("equal_shares", asked, utility=utility, completion="none")
        assert list(outcome.winners) == expected

    @settings(max_examples=80, deadline=None)
    @given(
        asked=small_elections() | elections_full_of_ties(),
        utility=utilities,
        stop=st.sampled_from(["infeasible", "exhaustive"]),
        start=st.sampled_from(["exact", "whole"]),
    )
    def test_takes_every_step_it_says_and_not_one_more(self, asked, utility, stop, start):
        outcome = tally("equal_shares", asked, utility=utility, stop=stop, start=start, unit_cents=1)
        costs = {option.id: option.cost_cents for option in asked.options}
        wanted = {id_ for ballot in asked.ballots for id_ in ballot.marks if costs[id_] <= asked.budget_cents}
        begin, step = (Fraction(outcome.steps[name]) for name in ("start_cents", "step_cents"))
        assert step * voices_of(asked) == asked.ballots.cast
        for added in range(outcome.steps["added_steps"] + 1):
            winners = slow_run(asked, begin + added * step, utility)
            left_cents = asked.budget_cents - sum(costs[id_] for id_ in winners)
            lost = wanted - set(winners)
            ended = not lost or (stop == "exhaustive" and all(costs[id_] > left_cents for id_ in lost))
            assert left_cents >= 0
            assert not ended or added == outcome.steps["added_steps"]
        assert winners == list(outcome.winners)
        if not ended:
            beyond = slow_run(asked, begin + (outcome.steps["added_steps"] + 1) * step, utility)
            assert sum(costs[id_] for id_ in beyond) > asked.budget_cents
