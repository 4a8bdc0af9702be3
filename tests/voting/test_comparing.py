# SPDX-License-Identifier: EUPL-1.2
"""A counted round counted again: in other ways, who is next, and what would have been enough."""

from dataclasses import replace
from fractions import Fraction
from uuid import uuid4

import pytest

from tests.elections import election, tally
from wijkbudget.voting import queries
from wijkbudget.voting.phases import NotThere, RoundNotFound
from wijkbudget.voting.queries import comparing
from wijkbudget.voting.queries.comparing import OptionNotFound, TooLargeToCountAgain
from wijkbudget.voting.rules import Limit
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.comparing import compare, differing
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.reserves import (
    Reserve,
    Standing,
    ends_at_too_dear,
    moving_up,
    order_of,
    reserves,
    standing_of,
)
from wijkbudget.voting.tallies.why import enough

COSTS = {"park": 30_000, "playground": 30_000, "bench": 10_000}
ASKED = election(COSTS, [["park", "playground"]] * 3 + [["bench"]], 40_000)


def of(key, asked=ASKED, **raw):
    return TALLIES[key], TALLIES[key].parameters(raw), Poll.of(asked)


def listed(part, poll, outcome):
    """Return the reserve list right after the count."""
    return reserves(order_of(part, poll, outcome), poll.election, standing_of(outcome))


class TestEnough:
    def test_finds_the_fewest_voters_and_the_highest_round_cost(self):
        asked = election({"a": 60_000, "b": 50_000}, ["a"] * 5 + ["b"] * 2, 100_000)
        (found,) = enough(*of("greedy", asked), ["b"])
        # With three more both have five, and the lot says a; with four more b goes first.
        assert (found.voters, found.cost_cents, found.less_cents) == (4, 40_000, 10_000)
        assert [str(text) for text in found.texts] == [
            "With 4 more voters, each for this plan only, it would have won.",
            "It would also have won had it cost €100.00 less, so €400.00.",
        ]

    @pytest.mark.parametrize("key", TALLIES)
    def test_is_true_when_it_is_counted_again(self, key):
        asked = election({"a": 60_000, "b": 50_000, "c": 30_000}, ["ab"] * 5 + ["bc"] * 2 + ["c"] * 3, 100_000)
        part, parameters, poll = of(key, asked)
        lost = [option.id for option in asked.options if option.id not in part.choose(poll, parameters)]
        assert lost
        for id_ in lost:
            (found,) = enough(part, parameters, poll, [id_])
            more = poll.with_group(id_).with_voters
            assert id_ in part.choose(more(found.voters), parameters)
            assert found.voters == 1 or id_ not in part.choose(more(found.voters - 1), parameters)
            assert id_ in part.choose(poll.with_cost(id_, found.cost_cents), parameters)

    def test_tells_what_no_number_of_voters_can_pay_for(self):
        (found,) = enough(*of("greedy", election({"a": 120_000}, ["a"], 100_000)), ["a"])
        assert (found.voters, found.cost_cents) == (None, 100_000)
        assert str(found.texts[0]).startswith("It costs more than the whole budget")

    def test_tells_how_far_it_looked_in_vain(self):
        asked = replace(ASKED, limits=(Limit(name="one corner", ids=frozenset(COSTS), wins_max=0),))
        (found,) = enough(*of("equal_shares", asked), ["bench"])
        assert [str(text) for text in found.texts] == [
            "Even with 64 more voters, each for this plan only, it would have lost.",
            "No lower cost that was tried would have made it win.",
        ]


class TestAChangedPoll:
    @pytest.mark.parametrize("unit", [Fraction(1), Fraction(3, 2)])
    def test_keeps_sums_that_are_those_of_its_ballots(self, unit):
        poll = replace(Poll.of(ASKED), voice_unit=unit)
        for changed in (poll.with_group("bench").with_voters(3), poll.with_cost("park", 7), poll.with_budget(9)):
            fresh = replace(changed)
            for name in ("heads", "backing", "powers"):
                assert getattr(changed, name).tolist() == getattr(fresh, name).tolist()


class TestReserves:
    def test_are_in_the_order_of_the_tally_with_what_would_have_to_be_free(self):
        asked = election({"a": 600, "b": 500, "c": 300, "d": 2_000}, ["abcd", "abc", "ab", "a"], 1_000)
        part, parameters, poll = of("greedy", asked)
        found = listed(part, poll, part.tally(poll, parameters))
        assert found == (Reserve(id="b", lacking_cents=400, limit=None),)

    def test_leave_out_who_has_too_few_votes(self):
        asked = election({"a": 600, "b": 500, "c": 300}, ["ab", "ab", "ac"], 700)
        part, parameters, poll = of("greedy", asked, votes_min=2)
        assert [each.id for each in listed(part, poll, part.tally(poll, parameters))] == ["b"]

    def test_name_the_limit_that_has_no_room(self):
        limit = Limit(name="the corner", ids=frozenset({"park", "playground"}), wins_max=1)
        part, parameters, poll = of("equal_shares", replace(ASKED, limits=(limit,), budget_cents=70_000))
        outcome = part.tally(poll, parameters)
        assert set(outcome.winners) == {"park", "bench"}
        assert listed(part, poll, outcome) == (Reserve(id="playground", lacking_cents=0, limit="the corner"),)

    @pytest.mark.parametrize("key", TALLIES)
    def test_hold_everybody_who_could_have_won(self, key):
        part, parameters, poll = of(key)
        outcome = part.tally(poll, parameters)
        assert {each.id for each in listed(part, poll, outcome)} == set(COSTS) - set(outcome.winners)


class TestMovingUp:
    """Five plans and 1,000; `a` won and stops, and what it had not spent is free."""

    ASKED = election({"a": 600, "b": 700, "c": 300, "d": 300, "e": 400}, ["abcde"], 1_000)

    def moves(self, *, ends=False, limits=(), spent=0, **more):
        now = Standing(cents={"e": 400, "a": spent, **more}, stopped=frozenset("a"))
        found = moving_up("bcd", replace(self.ASKED, limits=limits), now, ends=ends)
        return "".join(option.id for option in found)

    def test_passes_over_what_is_too_dear(self):
        assert self.moves() == "cd"

    def test_ends_at_what_is_too_dear_where_the_rule_does(self):
        assert self.moves(ends=True) == ""

    def test_divides_only_what_was_not_spent(self):
        assert self.moves(spent=299) == "c"
        assert self.moves(spent=300) == "c"
        assert self.moves(spent=301) == ""

    def test_takes_nothing_twice(self):
        assert self.moves(c=300) == "d"

    def test_keeps_the_limits(self):
        one = Limit(name="one of these", ids=frozenset("cde"), wins_max=2)
        assert self.moves(limits=(one,)) == "c"
        cap = Limit(name="green", ids=frozenset("ce"), spent_cents_max=699)
        assert self.moves(limits=(cap,)) == "d"

    def test_gives_the_place_of_a_plan_back_that_spent_nothing(self):
        corner = Limit(name="the corner", ids=frozenset("ac"), wins_max=1)
        assert self.moves(limits=(corner,)) == "cd"
        assert self.moves(limits=(corner,), spent=1) == "d"

    def test_knows_which_rules_end(self):
        rules = {
            (key, ends): ends_at_too_dear(key, TALLIES[key].parameters({"too_dear": ends} if ends else {}))
            for key, ends in [*(("greedy", way) for way in ("skip", "stop", "part")), *((key, "") for key in TALLIES)]
        }
        assert {rule for rule, ends in rules.items() if ends} == {
            ("greedy", "stop"),
            ("greedy", "part"),
            ("phragmen", ""),
        }


class TestSideBySide:
    def test_tells_who_has_a_plan_of_their_own_and_what_a_supporter_gets(self):
        asked = election({"a": 600, "b": 500, "c": 500}, ["ab"] * 3 + ["ac"] * 2 + ["c", ""], 1_000)
        greedy, shares = compare(
            Poll.of(asked), [("greedy", {**of("greedy")[1]}), ("welfare", {"utility": "cardinality"})]
        )
        assert (greedy.outcome.winners, greedy.reached, greedy.cast, greedy.supported) == (("a",), 5, 7, 5)
        assert (greedy.reached_percent // 1, greedy.cents_per_supporter) == (71, 120)
        assert (shares.outcome.winners, shares.reached) == (("b", "c"), 6)
        assert differing([greedy, shares]) == {"a", "b", "c"}

    def test_says_why_a_tally_cannot_count_so_many(self, monkeypatch):
        monkeypatch.setattr("wijkbudget.voting.tallies.loads.CELLS_MAX", 1)
        (refused,) = compare(Poll.of(ASKED), [("maximin", {})])
        assert refused.outcome is None
        assert str(refused.refusal).startswith("There are too many ballots and plans")


class TestLimits:
    def test_pass_over_what_excludes_each_other_and_what_a_theme_cannot_pay(self):
        limits = (
            Limit(name="the corner", ids=frozenset("ab"), wins_max=1),
            Limit(name="green", ids=frozenset("cd"), spent_cents_max=500),
        )
        asked = election(
            {"a": 300, "b": 300, "c": 400, "d": 200, "e": 100}, ["abcde"] * 2 + ["a"], 2_000, limits=limits
        )
        outcome = tally("greedy", asked, too_dear="stop")
        assert outcome.winners == ("a", "c", "e")
        told = {option.id: str(option.reason) for option in outcome.options}
        assert told["b"] == "It has 2 votes, but there was no room for it any more within “the corner”."
        assert told["d"] == "It has 2 votes, but there was no room for it any more within “green”."

    def test_hold_for_what_is_free_too(self):
        limit = Limit(name="the corner", ids=frozenset("ab"), wins_max=1)
        for key in TALLIES:
            assert tally(key, election({"a": 0, "b": 100}, ["b", "ab"], 100, limits=[limit])).winners == ("a",)


@pytest.fixture
def counted(vote):
    """Return a counted round in which plans 1 and 2 take all the money, and plan 3 comes too late."""
    for letter, marks in zip(vote.letters()[:6], ["12", "12", "12", "13", "3", "4"], strict=True):
        vote.cast(letter.code, *marks)
    vote.close()
    vote.count()
    return vote


class TestACountedRound:
    def test_is_put_beside_every_other_way_of_counting(self, counted):
        view = counted.desk.ask(queries.side_by_side, counted.place, counted.id)
        assert [column.tally for column in view.columns] == list(TALLIES)
        assert [column.tally for column in view.columns if column.is_own] == ["equal_shares"]
        own = next(column for column in view.columns if column.is_own)
        assert own.winners == [option.key for option in counted.outcome().winners]
        assert (view.ballots, view.left_out) == (6, [])

    def test_tells_who_is_next_and_what_would_have_been_enough(self, counted):
        reserve = counted.desk.ask(queries.reserve, counted.place, counted.id)
        won = {option.key for option in counted.outcome().winners}
        assert {line.key for line in reserve.lines} == {"1", "2", "3", "4"} - won
        first = reserve.lines[0]
        found = counted.desk.ask(queries.was_enough, counted.place, counted.id, first.key)
        assert (found.won, found.title, len(found.found)) == (False, f"Plan {first.key}", 2)
        winner = counted.desk.ask(queries.was_enough, counted.place, counted.id, next(iter(won)))
        assert (winner.won, winner.found, winner.paid_cents) == (True, [], winner.cost_cents)

    def test_is_worked_out_once(self, counted):
        asked = (queries.side_by_side, counted.place, counted.id)
        assert counted.desk.ask(*asked) is counted.desk.ask(*asked)

    @pytest.mark.parametrize("question", [queries.side_by_side, queries.reserve])
    def test_tells_nothing_before_the_count(self, vote, question):
        vote.cast(vote.letters()[0].code, "1")
        for _moment in range(2):
            with pytest.raises(NotThere):
                vote.desk.ask(question, vote.place, vote.id)
            with pytest.raises(NotThere):
                vote.desk.ask(queries.was_enough, vote.place, vote.id, "1")
            if vote.view().phase == "open":
                vote.close()

    def test_knows_its_own_plans_only(self, counted):
        with pytest.raises(OptionNotFound):
            counted.desk.ask(queries.was_enough, counted.place, counted.id, "9")
        with pytest.raises(RoundNotFound):
            counted.desk.ask(queries.side_by_side, counted.place, uuid4())

    def test_leaves_out_what_takes_too_long(self, counted, monkeypatch):
        monkeypatch.setattr(comparing, "_FOUND", {})
        monkeypatch.setattr(comparing, "CELLS_MAX", 1)
        monkeypatch.setattr(comparing, "MAXIMIN_CELLS_MAX", 1)
        with pytest.raises(TooLargeToCountAgain):
            counted.desk.ask(queries.was_enough, counted.place, counted.id, "3")
        view = counted.desk.ask(queries.side_by_side, counted.place, counted.id)
        assert [str(name) for name in view.left_out] == ["Smallest burden"]


class TestPages:
    def test_lead_from_the_outcome_to_each_other(self, client, counted):
        here = f"/wijken/oost/stemrondes/{counted.id}"
        assert f'href="{here}/vergelijk"' in client.get(f"{here}/uitslag").text
        compared = client.get(f"{here}/vergelijk")
        assert (compared.status_code, "Gelijke delen (deze stemming)" in compared.text) == (200, True)
        waiting = client.get(f"{here}/waarom")
        assert (waiting.status_code, f'href="{here}/waarom/plannen?plan=3"' in waiting.text) == (200, True)
        why = client.get(f"{here}/waarom/plannen?plan=3")
        assert (why.status_code, "Wat genoeg was geweest" in why.text) == (200, True)

    def test_are_not_there_before_the_count(self, client, vote):
        here = f"/wijken/oost/stemrondes/{vote.id}"
        for path in ("vergelijk", "waarom", "waarom/plannen?plan=1"):
            assert client.get(f"{here}/{path}").status_code == 404

    @pytest.mark.parametrize("plan", ["", "9", "../x", "é" * 500])
    def test_answer_any_plan(self, client, counted, plan):
        assert client.get(f"/wijken/oost/stemrondes/{counted.id}/waarom/plannen?plan={plan}").status_code == 404
