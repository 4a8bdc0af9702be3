# SPDX-License-Identifier: EUPL-1.2
"""Equal shares counted again with what the first count knew: never other than without it."""

import os
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from wijkbudget.voting.rules import Ballots, CountedBallot, Election, Limit, Option, ties_by_id
from wijkbudget.voting.tallies.equal_shares import EQUAL_SHARES
from wijkbudget.voting.tallies.guessing import quicker
from wijkbudget.voting.tallies.poll import Poll

PLANS, VOTERS = 9, 40
ELECTIONS = int(os.environ.get("WIJKBUDGET_PROOF_ELECTIONS", "3"))


def drawn(seed, *, weights=(Fraction(1),), limits=()):
    """Return an election with many equals: few costs, and few ways to vote."""
    random = Random(seed)
    ids = [str(number) for number in range(PLANS)]
    costs = [random.choice((3_000, 4_000, 6_000, 10_000, 17_000)) for _id in ids]
    ballots = [
        CountedBallot(
            marks={id_: random.randint(1, 3) for id_ in random.sample(ids, random.randint(1, 4))},
            weight=random.choice(weights),
        )
        for _voter in range(VOTERS)
    ]
    return Poll.of(
        Election(
            options=tuple(Option(id=id_, cost_cents=cost, title=id_) for id_, cost in zip(ids, costs, strict=True)),
            ballots=Ballots.of(ballots),
            budget_cents=sum(costs) // 2,
            ties=ties_by_id(ids),
            limits=limits,
        )
    )


def differences(poll, **raw):
    """Return how many polls were counted again where one loser changed, and those of them with other winners."""
    parameters = EQUAL_SHARES.parameters({"unit_cents": 7, **raw})
    guess = quicker(EQUAL_SHARES.key, parameters, poll)
    won, other, tried = EQUAL_SHARES.choose(poll, parameters), [], 0
    for place, option in enumerate(poll.options):
        if option.id in won:
            continue
        group, cost = poll.with_group(option.id), option.cost_cents
        changed = [group.with_voters(count) for count in (0, 1, 3, 9)]
        for again in (*changed, *(poll.with_cost(option.id, cost * part // 8) for part in (1, 3, 6, 7))):
            trial = guess(again, place)
            trial.lacking()
            tried += 1
            if trial.choose() != EQUAL_SHARES.choose(again, parameters):
                other.append((option.id, again.ballot_count, again.costs.tolist()))
    return tried, other


@pytest.mark.parametrize(
    ("utility", "completion"), [*product(("cost", "cardinality", "score"), ("add1", "add1_greedy"))]
)
def test_chooses_the_same_as_a_count_of_its_own(utility, completion):
    for seed in range(ELECTIONS):
        tried, other = differences(drawn(seed), utility=utility, completion=completion)
        assert tried
        assert not other


def test_does_so_with_voices_of_other_sizes_and_with_limits():
    limit = Limit(name="one corner", ids=frozenset("0123"), spent_cents_max=12_000)
    for seed, unit in product(range(ELECTIONS), (Fraction(1, 2), Fraction(3, 2))):
        assert not differences(drawn(seed, weights=(unit, unit * 2), limits=(limit,)))[1]
