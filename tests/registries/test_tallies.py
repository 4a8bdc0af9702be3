# SPDX-License-Identifier: EUPL-1.2
"""What every tally promises, with every parameter it has."""

import json
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbudget.voting.rules import BadParameter, CountedBallot, Election, Option, ties_by_id, ties_by_lot
from wijkbudget.voting.tallies import TALLIES, equal_voice

VARIANTS = [
    ("greedy", {}),
    ("greedy", {"too_dear": "stop"}),
    *(
        ("equal_shares", {"utility": utility, "completion": completion, "stop": stop})
        for utility in ("cost", "cardinality")
        for completion, stop in (("none", "infeasible"), ("add1", "infeasible"), ("add1", "exhaustive"))
    ),
]
every_variant = pytest.mark.parametrize(
    ("key", "raw"), VARIANTS, ids=lambda part: part if isinstance(part, str) else "-".join(part.values())
)
quickly = settings(max_examples=25, deadline=None)


@st.composite
def elections(draw):
    costs = draw(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 900), min_size=1))
    marks = st.dictionaries(st.sampled_from(sorted(costs)), st.just(1))
    ballots = draw(
        st.lists(
            st.builds(CountedBallot, marks=marks, weight=st.sampled_from([Fraction(1), Fraction(3, 2)])), max_size=8
        )
    )
    return Election(
        options=tuple(Option(id=id_, cost_cents=cost_cents, title=id_) for id_, cost_cents in costs.items()),
        ballots=tuple(ballots),
        budget_cents=draw(st.integers(1, 2_000)),
        ties=draw(st.sampled_from([ties_by_id(costs), ties_by_lot(costs, "a seed")])),
    )


def tally(key, raw, asked):
    return TALLIES[key].tally(asked, TALLIES[key].parameters(raw))


@pytest.mark.parametrize("key", TALLIES)
class TestEveryTally:
    def test_has_a_file_of_its_name(self, key):
        part = getattr(import_module(f"wijkbudget.voting.tallies.{key}"), key.upper())
        assert part is TALLIES[key]
        assert part.key == key

    def test_is_tried_here(self, key):
        assert key in {variant for variant, _ in VARIANTS}

    def test_completes_its_parameters_once_and_for_all(self, key):
        parameters = TALLIES[key].parameters({})
        assert TALLIES[key].parameters(parameters) == parameters
        assert json.loads(json.dumps(parameters)) == parameters

    def test_refuses_a_parameter_it_does_not_know(self, key):
        with pytest.raises(BadParameter):
            TALLIES[key].parameters({"colour": "red"})

    def test_refuses_a_value_it_does_not_know(self, key):
        for name in TALLIES[key].parameters({}):
            with pytest.raises(BadParameter, match=name):
                TALLIES[key].parameters({name: "red"})
            with pytest.raises(BadParameter, match=name):
                TALLIES[key].parameters({name: None})


@every_variant
class TestEveryOutcome:
    @quickly
    @given(asked=elections())
    def test_spends_what_its_winners_cost_and_never_more_than_there_is(self, key, raw, asked):
        outcome = tally(key, raw, asked)
        costs = {option.id: option.cost_cents for option in asked.options}
        assert outcome.spent_cents == sum(costs[id_] for id_ in outcome.winners) <= asked.budget_cents
        assert len(set(outcome.winners)) == len(outcome.winners)

    @quickly
    @given(asked=elections())
    def test_tells_of_every_option_whether_and_why_it_won(self, key, raw, asked):
        outcome = tally(key, raw, asked)
        assert [option.id for option in outcome.options] == [option.id for option in asked.options]
        assert {option.id for option in outcome.options if option.won} == set(outcome.winners)
        for option in outcome.options:
            backers = [ballot for ballot in asked.ballots if option.id in ballot.marks]
            assert (option.heads, option.votes) == (len(backers), sum(ballot.weight for ballot in backers))
            assert str(option.reason)
            json.dumps(option.reason.values)

    @quickly
    @given(asked=elections())
    def test_funds_what_is_free_and_wanted_and_never_what_nobody_wants(self, key, raw, asked):
        for option in tally(key, raw, asked).options:
            assert not (option.won and not option.heads)
            assert option.won or option.cost_cents or not option.heads

    @quickly
    @given(asked=elections(), seed=st.integers())
    def test_does_not_depend_on_the_order_of_ballots_or_options(self, key, raw, asked, seed):
        ballots, options = list(asked.ballots), list(asked.options)
        Random(seed).shuffle(ballots)
        Random(seed).shuffle(options)
        other = tally(key, raw, replace(asked, ballots=tuple(ballots), options=tuple(options)))
        assert other.winners == tally(key, raw, asked).winners

    @quickly
    @given(asked=elections(), factor=st.sampled_from([Fraction(3), Fraction(1, 7), Fraction(5, 2)]))
    def test_does_not_change_when_all_voices_are_scaled(self, key, raw, asked, factor):
        scaled = tuple(replace(ballot, weight=ballot.weight * factor) for ballot in asked.ballots)
        other, outcome = tally(key, raw, replace(asked, ballots=scaled)), tally(key, raw, asked)
        assert other.winners == outcome.winners
        assert other.steps.get("added_steps") == outcome.steps.get("added_steps")

    @quickly
    @given(asked=elections())
    def test_counts_a_ballot_of_three_as_three_ballots(self, key, raw, asked):
        three = tuple(replace(ballot, count=3) for ballot in asked.ballots)
        assert tally(key, raw, replace(asked, ballots=three)) == tally(
            key, raw, replace(asked, ballots=asked.ballots * 3)
        )

    @quickly
    @given(asked=elections())
    def test_is_the_equal_voice_outcome_when_all_voices_are_one(self, key, raw, asked):
        parameters = TALLIES[key].parameters(raw)
        equal = equal_voice(TALLIES[key], asked, parameters)
        assert all(option.votes == option.heads for option in equal.options)
        assert equal == tally(key, raw, asked.with_equal_voices())


@pytest.mark.parametrize(("key", "raw"), [variant for variant in VARIANTS if "add1" not in variant[1].values()])
@quickly
@given(asked=elections())
def test_a_double_voice_is_two_voices(key, raw, asked):
    """Not so with add-one, whose step is per ballot: fewer ballots with the same voice take smaller steps."""
    ones = replace(asked.with_equal_voices(), ballots=asked.with_equal_voices().ballots * 2)
    twos = replace(asked, ballots=tuple(replace(ballot, weight=Fraction(2)) for ballot in asked.ballots))
    assert tally(key, raw, ones).winners == tally(key, raw, twos).winners
