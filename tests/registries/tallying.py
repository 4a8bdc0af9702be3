# SPDX-License-Identifier: EUPL-1.2
"""Every tally with the parameters it is tried with, what each of them promises, and elections to try it on."""

import os
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from wijkbudget.voting.rules import Ballots, CountedBallot, Election, Limit, Option, ties_by_id, ties_by_lot
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A tally with parameters, and what holds for it; why something does not hold stands beside it."""

    key: str
    raw: tuple = ()
    weighs_two_as_two: bool = True
    """A voice of two is two people."""
    knows_no_scale: bool = True
    """Scaling all voices changes nothing."""
    forgets_losers: bool = True
    """The same wins when an option that lost was never there."""
    is_proportional: bool = False
    """Extended justified representation up to one option, in the utility of the tally itself."""

    @property
    def name(self):
        return "-".join([self.key, *(str(value) for _name, value in self.raw)])

    @cached_property
    def parameters(self):
        return TALLIES[self.key].parameters(dict(self.raw))


def shares(**raw):
    """Return equal shares; a step of add-one is for each ballot, so it looks at how many there are, and at losers."""
    is_stepwise = raw["completion"].startswith("add1")
    return Variant(
        key="equal_shares",
        raw=tuple(raw.items()),
        weighs_two_as_two=not is_stepwise and raw.get("start") != "whole",
        knows_no_scale=raw.get("start") != "whole",
        forgets_losers=not is_stepwise,
        is_proportional=raw.get("start") != "whole",
    )


VARIANTS = [
    Variant(key="greedy"),
    # What no longer fits ends the count, so it matters that it was there.
    Variant(key="greedy", raw=(("too_dear", "stop"),), forgets_losers=False),
    Variant(key="greedy", raw=(("order", "votes_per_euro"), ("too_dear", "part"))),
    Variant(key="greedy", raw=(("votes_min", 2), ("support_percent_min", 30)), knows_no_scale=False),
    shares(utility="cost", completion="none"),
    shares(utility="cardinality", completion="greedy"),
    shares(utility="score", completion="add1", stop="exhaustive"),
    shares(utility="cost", completion="add1"),
    shares(utility="cost", completion="add1_greedy", start="whole"),
    # As with greedy, what no longer fits ends the count.
    Variant(key="phragmen", forgets_losers=False),
    Variant(key="maximin"),
    Variant(key="welfare"),
    Variant(key="welfare", raw=(("utility", "cardinality"),)),
]
every_variant = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
EXAMPLES = int(os.environ.get("WIJKBUDGET_PROOF_ELECTIONS", "6"))
"""How many elections each promise is tried on; `make proof-tallies` takes more."""

quickly = settings(max_examples=EXAMPLES, deadline=None)


def those(promise):
    """Return the variants that promise something."""
    found = [variant for variant in VARIANTS if getattr(variant, promise)]
    return pytest.mark.parametrize("variant", found, ids=lambda variant: variant.name)


@st.composite
def elections(draw, *, with_limits=True, weights=("1", "3/2")):
    costs = draw(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 900), min_size=1))
    ids = sorted(costs)
    marks = st.dictionaries(st.sampled_from(ids), st.integers(1, 2))
    weight = st.sampled_from([Fraction(each) for each in weights])
    ballots = draw(st.lists(st.builds(CountedBallot, marks=marks, weight=weight), max_size=6))
    limits = st.builds(
        Limit,
        name=st.just("a theme"),
        ids=st.frozensets(st.sampled_from(ids)),
        wins_max=st.sampled_from([None, 1, 2]),
        spent_cents_max=st.one_of(st.none(), st.integers(0, 1_000)),
    )
    return Election(
        options=tuple(Option(id=id_, cost_cents=cost_cents, title=id_) for id_, cost_cents in costs.items()),
        ballots=Ballots.of(ballots),
        budget_cents=draw(st.integers(1, 2_000)),
        ties=draw(st.sampled_from([ties_by_id(costs), ties_by_lot(costs, "a seed")])),
        limits=tuple(draw(st.lists(limits, max_size=2))) if with_limits else (),
    )


def tally(variant, asked):
    return TALLIES[variant.key].tally(Poll.of(asked), variant.parameters)
