# SPDX-License-Identifier: EUPL-1.2
"""What some tallies promise and others do not, as the table in docs/rules/voting.md says."""

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wijkbudget.voting.rules import Ballots

from .tallying import EXAMPLES, elections, quickly, tally, those


@those("knows_no_scale")
@quickly
@given(asked=elections(), factor=st.sampled_from([Fraction(3), Fraction(1, 7), Fraction(5, 2)]))
def test_scaling_all_voices_changes_nothing(variant, asked, factor):
    scaled = Ballots.of(replace(ballot, weight=ballot.weight * factor) for ballot in asked.ballots)
    other, outcome = tally(variant, replace(asked, ballots=scaled)), tally(variant, asked)
    assert other.winners == outcome.winners
    assert other.steps.get("added_steps") == outcome.steps.get("added_steps")


@those("weighs_two_as_two")
@quickly
@given(asked=elections(weights=("1", "2")))
def test_a_voice_of_two_is_two_people(variant, asked):
    people = [replace(ballot, weight=Fraction(1), count=ballot.count * int(ballot.weight)) for ballot in asked.ballots]
    assert tally(variant, replace(asked, ballots=Ballots.of(people))).winners == tally(variant, asked).winners


@those("forgets_losers")
@quickly
@given(asked=elections(), chosen=st.integers(0, 5))
def test_a_loser_that_was_never_there_changes_nothing(variant, asked, chosen):
    outcome = tally(variant, asked)
    lost = [option.id for option in outcome.options if not option.won]
    assume(lost)
    gone = lost[chosen % len(lost)]
    other = replace(
        asked,
        options=tuple(option for option in asked.options if option.id != gone),
        ballots=Ballots.of(
            replace(each, marks={id_: mark for id_, mark in each.marks.items() if id_ != gone})
            for each in asked.ballots
        ),
        ties=replace(asked.ties, ids=tuple(id_ for id_ in asked.ties.ids if id_ != gone)),
    )
    assert tally(variant, other).winners == outcome.winners


@those("is_proportional")
@settings(max_examples=3 * EXAMPLES, deadline=None)
@given(asked=elections(with_limits=False))
def test_every_group_gets_its_part_up_to_one_option(variant, asked):
    """By brute force: who can pay together for what they all chose lack one option of it at most."""
    costs = {option.id: option.cost_cents for option in asked.options}
    worth = {"cost": lambda id_, _mark: costs[id_], "cardinality": lambda *_: 1, "score": lambda _id, mark: mark}
    utility = worth[variant.parameters["utility"]]
    winners = set(tally(variant, asked).winners)
    voters = list(asked.ballots)
    voices = sum(ballot.weight * ballot.count for ballot in voters)
    utilities = [{id_: utility(id_, mark) for id_, mark in ballot.marks.items()} for ballot in voters]
    for group in _subsets(range(len(voters))):
        voice = sum(voters[place].weight * voters[place].count for place in group)
        shared = set.intersection(*(set(utilities[place]) for place in group))
        for wanted in _subsets(sorted(shared)):
            if sum(costs[id_] for id_ in wanted) * voices > voice * asked.budget_cents:
                continue
            promised = sum(min(utilities[place][id_] for place in group) for id_ in wanted)
            assert any(_has(utilities[place], winners, promised) for place in group)


def _has(utilities, winners, promised):
    """Return whether somebody has what was promised, or more than that with one option more."""
    had = sum(worth for id_, worth in utilities.items() if id_ in winners)
    more = max((worth for id_, worth in utilities.items() if id_ not in winners), default=0)
    return had >= promised or had + more > promised


def _subsets(parts):
    return chain.from_iterable(combinations(parts, size) for size in range(1, len(parts) + 1))
