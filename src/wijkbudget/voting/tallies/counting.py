# SPDX-License-Identifier: EUPL-1.2
"""Ballots counted in whole numbers: what every tally begins with."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import CountedBallot, Election, Option, OptionOutcome
from wijkbudget.voting.tallies import reasons

Marks = tuple[tuple[str, int], ...]
"""The marks of a ballot above zero, by id."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """The votes for each option, and the options that can win, free ones apart."""

    votes: Mapping[str, Fraction]
    heads: Mapping[str, int]
    free: tuple[Option, ...]
    """Cost nothing and have support: they win before the tally begins.

    Choice: ours. The methods differ here (some never fund them, some divide by zero), and no one loses by it.
    """
    payable: tuple[Option, ...]
    """Cost something, have support and fit in the budget, most votes first, equals in the order of the lot."""


def count(election: Election) -> Count:
    """Return the votes for each option of an election."""
    heads = {option.id: 0 for option in election.options}
    marks_by_weight: dict[Fraction, dict[str, int]] = defaultdict(lambda: dict.fromkeys(heads, 0))
    for ballot in election.ballots:
        assert ballot.weight > 0, "a voice weighs something"
        marks = marks_by_weight[ballot.weight]
        for id_, mark in marks_of(ballot):
            marks[id_] += mark * ballot.count
            heads[id_] += ballot.count
    votes = {id_: sum((weight * marks[id_] for weight, marks in marks_by_weight.items()), Fraction(0)) for id_ in heads}
    rank = {id_: place for place, id_ in enumerate(election.ties.ids)}
    ordered = sorted(election.options, key=lambda option: (-votes[option.id], rank[option.id]))
    supported = [option for option in ordered if heads[option.id]]
    return Count(
        votes=votes,
        heads=heads,
        free=tuple(option for option in supported if option.cost_cents == 0),
        payable=tuple(option for option in supported if 0 < option.cost_cents <= election.budget_cents),
    )


def marks_of(ballot: CountedBallot) -> Marks:
    """Return the marks above zero, by id; zero points is no support."""
    assert all(mark >= 0 for mark in ballot.marks.values()), "no ballot votes against"
    return tuple(sorted((id_, mark) for id_, mark in ballot.marks.items() if mark))


def voices_by_marks(election: Election) -> dict[Marks, int]:
    """Return the voice behind each way the ballots were marked, as whole numbers in proportion to the weights."""
    exact: dict[Marks, Fraction] = defaultdict(Fraction)
    for ballot in election.ballots:
        exact[marks_of(ballot)] += ballot.weight * ballot.count
    denominator = lcm(*(voice.denominator for voice in exact.values()))
    whole = {marks: int(voice * denominator) for marks, voice in exact.items()}
    divisor = gcd(*whole.values()) or 1
    return {marks: voice // divisor for marks, voice in whole.items()}


def account_for(
    election: Election, counted: Count, told: Mapping[str, Text], winners: set[str]
) -> tuple[OptionOutcome, ...]:
    """Return what became of each option: the tally's own reason, or why the option took no part."""
    return tuple(
        OptionOutcome(
            id=option.id,
            cost_cents=option.cost_cents,
            votes=counted.votes[option.id],
            heads=counted.heads[option.id],
            won=option.id in winners,
            reason=told.get(option.id) or reasons.took_no_part(option, counted.heads[option.id], election.budget_cents),
        )
        for option in election.options
    )
