# SPDX-License-Identifier: EUPL-1.2
"""What every tally promises, with every parameter it has."""

import json
from dataclasses import replace
from importlib import import_module
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.voting.rules import BadParameter, Ballots, CountedBallot, Election, Option, TieOrder, ties_by_id
from wijkbudget.voting.tallies import TALLIES, equal_voice
from wijkbudget.voting.tallies.poll import Poll

from .tallying import VARIANTS, elections, every_variant, quickly, tally


def ballots(*groups):
    """Return ballots written as `"ab"`, or as `("ab", how many)`."""
    pairs = [group if isinstance(group, tuple) else (group, 1) for group in groups]
    return Ballots.of(CountedBallot(marks=dict.fromkeys(marks, 1), count=count) for marks, count in pairs)


def election(costs, cast, budget_cents):
    options = tuple(Option(id=id_, cost_cents=cost_cents, title=id_) for id_, cost_cents in costs.items())
    return Election(options=options, ballots=cast, budget_cents=budget_cents, ties=ties_by_id(costs))


@pytest.mark.parametrize("key", TALLIES)
class TestEveryTally:
    def test_has_a_file_of_its_name(self, key):
        part = getattr(import_module(f"wijkbudget.voting.tallies.{key}"), key.upper())
        assert part is TALLIES[key]
        assert part.key == key

    def test_is_tried_here(self, key):
        assert key in {variant.key for variant in VARIANTS}

    def test_says_its_name_and_how_it_counts(self, key):
        part = TALLIES[key]
        assert str(part.name)
        assert all(str(sentence).endswith(".") for sentence in part.words(part.parameters({})))
        assert part.words(part.parameters({}))

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

    def test_can_have_a_thousand_winners(self, key):
        # Maximin looks at every pair of options, so that a thousand would take it minutes.
        ids = [f"{number:04}" for number in range(100 if key == "maximin" else 1_000)]
        costs = {id_: 1_000 + place for place, id_ in enumerate(ids)}
        cast = Ballots.of([CountedBallot(marks=dict.fromkeys(ids, 1), count=3)])
        first = next(variant for variant in VARIANTS if variant.key == key)
        assert set(tally(first, election(costs, cast, sum(costs.values()))).winners) == set(ids)


@every_variant
class TestEveryOutcome:
    @quickly
    @given(asked=elections())
    def test_spends_what_its_winners_get_and_never_more_than_there_is(self, variant, asked):
        outcome = tally(variant, asked)
        paid = {option.id: option.paid_cents for option in outcome.options}
        assert outcome.spent_cents == sum(paid.values()) <= asked.budget_cents
        assert len(set(outcome.winners)) == len(outcome.winners)
        short = [each.id for each in outcome.options if each.paid_cents != (each.cost_cents if each.won else 0)]
        assert len(short) <= 1 if variant.parameters.get("too_dear") == "part" else not short

    @quickly
    @given(asked=elections())
    def test_keeps_within_every_limit(self, variant, asked):
        outcome = tally(variant, asked)
        for limit in asked.limits:
            within = [option for option in outcome.options if option.won and option.id in limit.ids]
            assert limit.wins_max is None or len(within) <= limit.wins_max
            spent_cents = sum(option.paid_cents for option in within)
            assert limit.spent_cents_max is None or spent_cents <= limit.spent_cents_max

    @quickly
    @given(asked=elections())
    def test_chooses_what_it_tells_of(self, variant, asked):
        assert TALLIES[variant.key].choose(Poll.of(asked), variant.parameters) == tally(variant, asked).winners

    @quickly
    @given(asked=elections())
    def test_tells_of_every_option_whether_and_why_it_won(self, variant, asked):
        outcome = tally(variant, asked)
        assert [option.id for option in outcome.options] == [option.id for option in asked.options]
        assert {option.id for option in outcome.options if option.won} == set(outcome.winners)
        for option in outcome.options:
            backers = [each for each in asked.ballots if option.id in each.marks]
            votes = sum(each.weight * each.count * each.marks[option.id] for each in backers)
            assert (option.heads, option.votes) == (sum(each.count for each in backers), votes)
            assert str(option.reason)
            json.dumps(option.reason.values)

    @quickly
    @given(asked=elections(with_limits=False))
    def test_funds_what_is_free_and_wanted_and_never_what_nobody_wants(self, variant, asked):
        has_threshold = bool(variant.parameters.get("votes_min"))
        for option in tally(variant, asked).options:
            assert not (option.won and (not option.heads or option.cost_cents > asked.budget_cents))
            assert option.won or option.cost_cents or not option.heads or has_threshold

    @quickly
    @given(asked=elections(), seed=st.integers())
    def test_does_not_depend_on_the_order_or_the_names_of_ballots_and_options(self, variant, asked, seed):
        cast, options = list(asked.ballots), list(asked.options)
        Random(seed).shuffle(cast)
        Random(seed).shuffle(options)
        called = {option.id: f"plan {place}" for place, option in enumerate(options)}
        other = Election(
            options=tuple(replace(option, id=called[option.id]) for option in options),
            ballots=Ballots.of(
                replace(each, marks={called[id_]: mark for id_, mark in each.marks.items()}) for each in cast
            ),
            budget_cents=asked.budget_cents,
            ties=TieOrder(ids=tuple(called[id_] for id_ in asked.ties.ids), drawn_by="file"),
            limits=tuple(replace(limit, ids=frozenset(called[id_] for id_ in limit.ids)) for limit in asked.limits),
        )
        assert tally(variant, other).winners == tuple(called[id_] for id_ in tally(variant, asked).winners)

    @quickly
    @given(asked=elections())
    def test_counts_a_ballot_of_three_as_three_ballots(self, variant, asked):
        three = Ballots.of(replace(ballot, count=3 * ballot.count) for ballot in asked.ballots)
        thrice = Ballots.of(list(asked.ballots) * 3)
        assert tally(variant, replace(asked, ballots=three)) == tally(variant, replace(asked, ballots=thrice))

    @quickly
    @given(asked=elections())
    def test_is_the_equal_voice_outcome_when_all_voices_are_one(self, variant, asked):
        equal = equal_voice(TALLIES[variant.key], Poll.of(asked), variant.parameters)
        assert equal == tally(variant, asked.with_equal_voices())

    def test_has_no_winners_without_ballots(self, variant):
        outcome = tally(variant, election({"a": 100, "free": 0}, Ballots.of([]), 1_000))
        assert (outcome.winners, outcome.spent_cents) == ((), 0)
        assert {str(option.reason) for option in outcome.options} == {"Nobody voted for it."}

    def test_gives_a_single_voter_what_fits(self, variant):
        asked = election({"a": 400, "b": 500, "c": 2_000}, ballots(("abc", 1)), 1_000)
        assert set(tally(variant, asked).winners) == (set() if variant.parameters.get("votes_min") else {"a", "b"})

    def test_lets_the_lot_decide_when_everything_is_equal(self, variant):
        asked = election(dict.fromkeys("abcd", 300), ballots(("abcd", 4)), 600)
        asked = replace(asked, ties=TieOrder(ids=("d", "b", "a", "c"), drawn_by="file"))
        assert tally(variant, asked).winners == ("d", "b")
