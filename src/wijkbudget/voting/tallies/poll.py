# SPDX-License-Identifier: EUPL-1.2
"""An election as whole numbers in columns: made once, and shared by all tallies that count it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from wijkbudget.voting.rules import Ballots, Election, Option

Column = NDArray[np.int64]
Narrow = NDArray[np.int32]
"""Half as wide, for the columns with a number for each mark on each ballot."""

VOICES_MAX = 2**62
"""More voices, each times its mark, do not fit in a column of whole numbers."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Poll:
    """Who chose what: ballots with the same marks as one group, options in the order in which they go among equals."""

    election: Election
    options: tuple[Option, ...]
    """All options; their place here is their place among equals, and their number in the columns."""
    voices: Column
    """The voice of each group, as a whole number of `voice_unit`."""
    voice_unit: Fraction
    ballots: Column
    """How many ballots there are in each group; a group may be empty-handed: it marked nothing."""
    group_starts: Column
    group_options: Narrow
    """What each group marked; zero points is no support, and is left out."""
    group_marks: Narrow
    option_starts: Column
    supporters: Narrow
    """The groups that marked each option, the lowest mark first."""
    supporter_marks: Narrow

    @classmethod
    def of(cls, election: Election) -> "Poll":
        """Return an election in columns."""
        place_of = {id_: place for place, id_ in enumerate(election.ties.ids)}
        options = tuple(sorted(election.options, key=lambda option: place_of[option.id]))
        voices, voice_unit = _voices(election.ballots)
        group_starts, group_options, group_marks = _marked(election.ballots, options)
        groups = np.repeat(np.arange(len(voices), dtype=np.int32), np.diff(group_starts))
        order = _stable_order(group_marks)
        order = order[_stable_order(group_options[order])]
        poll = cls(
            election=election,
            options=options,
            voices=voices,
            voice_unit=voice_unit,
            ballots=sum((_column(counts) for counts in election.ballots.counts.values()), np.zeros_like(voices)),
            group_starts=group_starts,
            group_options=group_options,
            group_marks=group_marks,
            option_starts=_starts(np.bincount(group_options, minlength=len(options))),
            supporters=groups[order],
            supporter_marks=group_marks[order],
        )
        assert int(voices.sum()) * int(group_marks.max(initial=1)) < VOICES_MAX, "the voices do not fit in a column"
        return poll

    @property
    def ballot_count(self) -> int:
        """Return how many ballots there are, those that marked nothing too."""
        return int(self.ballots.sum())

    @cached_property
    def costs(self) -> Column:
        """Return what each option costs, in cents."""
        return np.array([option.cost_cents for option in self.options], np.int64)

    @cached_property
    def heads(self) -> Column:
        """Return how many ballots marked each option."""
        return self._by_option(self.ballots[self.supporters])

    @cached_property
    def backing(self) -> Column:
        """Return the voices that marked each option, whatever the mark."""
        return self._by_option(self.voices[self.supporters])

    @cached_property
    def powers(self) -> Column:
        """Return the voices that marked each option, each times its mark."""
        return self._by_option(self.voices[self.supporters] * self.supporter_marks)

    @cached_property
    def votes(self) -> dict[str, Fraction]:
        """Return the marks for each option, each times the weight of its voice."""
        powers = self.powers.tolist()
        return {option.id: power * self.voice_unit for option, power in zip(self.options, powers, strict=True)}

    @cached_property
    def blocks(self) -> tuple[Column, Column]:
        """Return where the blocks of each option begin, which have one mark, and where the supporters of each do."""
        return blocks_of(self.option_starts, self.supporter_marks)

    def with_group(self, id_: str) -> "Poll":
        """Return the same poll with a group more, of nobody yet, that chose one option and nothing else."""
        place = [option.id for option in self.options].index(id_)
        factor = self.voice_unit.numerator
        group, at = len(self.voices), int(self.option_starts[place])
        # The new group is the last, and the lowest marks stand first: it comes after those with the same mark.
        at += int(np.searchsorted(self.supporter_marks[at : self.option_starts[place + 1]], 1, side="right"))
        poll = replace(
            self,
            voices=np.append(self.voices * factor, 0),
            voice_unit=self.voice_unit / factor,
            ballots=np.append(self.ballots, 0),
            group_starts=np.append(self.group_starts, len(self.group_options) + 1),
            group_options=np.append(self.group_options, np.int32(place)),
            group_marks=np.append(self.group_marks, np.int32(1)),
            option_starts=self.option_starts + (np.arange(len(self.option_starts)) > place),
            supporters=np.insert(self.supporters, at, group),
            supporter_marks=np.insert(self.supporter_marks, at, 1),
        )
        return _summed(poll, self.heads, self.backing * factor, self.powers * factor)

    def with_voters(self, count: int) -> "Poll":
        """Return the same poll with so many voters of one voice in the last group, of which it had nobody yet."""
        assert not self.ballots[-1], "the last group is that of the new voters"
        added = np.zeros_like(self.heads)
        added[self.group_options[-1]] = count
        voices, ballots = self.voices.copy(), self.ballots.copy()
        voices[-1], ballots[-1] = count * self.voice_unit.denominator, count
        more = added * self.voice_unit.denominator
        poll = replace(self, voices=voices, ballots=ballots)
        vars(poll)["blocks"] = self.blocks
        return _summed(poll, self.heads + added, self.backing + more, self.powers + more)

    def with_cost(self, id_: str, cost_cents: int) -> "Poll":
        """Return the same poll where one option costs something else."""

        def priced(options: Sequence[Option]) -> tuple[Option, ...]:
            return tuple(replace(each, cost_cents=cost_cents) if each.id == id_ else each for each in options)

        election = replace(self.election, options=priced(self.election.options))
        poll = replace(self, election=election, options=priced(self.options))
        vars(poll)["blocks"] = self.blocks
        return _summed(poll, self.heads, self.backing, self.powers)

    def with_budget(self, budget_cents: int) -> "Poll":
        """Return the same poll with other money."""
        poll = replace(self, election=replace(self.election, budget_cents=budget_cents))
        return _summed(poll, self.heads, self.backing, self.powers)

    def with_voices(self, voices: Column, voice_unit: Fraction) -> "Poll":
        """Return the same poll where each group of ballots has another voice, as a whole number of some unit."""
        return replace(self, voices=voices, voice_unit=voice_unit)

    def with_equal_voices(self) -> "Poll":
        """Return the same poll with every voice one."""
        return replace(self, election=self.election.with_equal_voices(), voices=self.ballots, voice_unit=Fraction(1))

    def _by_option(self, of_supporters: Column) -> Column:
        """Return the sum for each option of what stands beside its supporters."""
        totals = _starts(of_supporters)
        sums: Column = totals[self.option_starts[1:]] - totals[self.option_starts[:-1]]
        return sums


def blocks_of(option_starts: Column, marks: Narrow) -> tuple[Column, Column]:
    """Return where the blocks of each option begin, of supporters with one mark, and where those of each block do."""
    is_first = np.zeros(len(marks), np.bool_)
    is_first[1:] = marks[1:] != marks[:-1]
    is_first[option_starts[:-1][option_starts[:-1] < option_starts[1:]]] = True
    firsts = np.flatnonzero(is_first)
    return np.searchsorted(firsts, option_starts), firsts


def _summed(poll: Poll, heads: Column, backing: Column, powers: Column) -> Poll:
    """Return a poll with the sums that are known beforehand, so that it does not add up all ballots again."""
    vars(poll).update(heads=heads, backing=backing, powers=powers)
    return poll


def _voices(ballots: Ballots) -> tuple[Column, Fraction]:
    """Return the voice of each group in whole numbers, and the weight of one."""
    denominator = lcm(*(weight.denominator for weight in ballots.counts))
    whole = {weight: weight.numerator * (denominator // weight.denominator) for weight in ballots.counts}
    divisor = gcd(*whole.values()) or 1
    voices = np.zeros(len(ballots.starts) - 1, np.int64)
    for weight, counts in ballots.counts.items():
        assert whole[weight] // divisor * sum(counts) < VOICES_MAX, "the voices do not fit in a column"
        voices += _column(counts) * (whole[weight] // divisor)
    return voices, Fraction(divisor, denominator)


def _marked(ballots: Ballots, options: Sequence[Option]) -> tuple[Column, Narrow, Narrow]:
    """Return where each group's marks begin, what it marked by place, and the marks above zero."""
    place_of = {option.id: place for place, option in enumerate(options)}
    pairs = np.frombuffer(ballots.pairs, np.int32).reshape(-1, 2) if ballots.pairs else np.zeros((0, 2), np.int32)
    places = np.array([place_of[id_] for id_ in ballots.ids], np.int32)
    is_support = pairs[:, 1] > 0
    starts = _starts(is_support)[_column(ballots.starts)]
    return starts, places[pairs[is_support, 0]], pairs[is_support, 1]


def _column(values: Sequence[int]) -> Column:
    return np.array(values, np.int64)


def _starts(sizes: NDArray[np.int64] | NDArray[np.bool_]) -> Column:
    """Return where each begins that comes after the others, and where the last one ends."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def _stable_order(keys: Narrow) -> Column:
    """Return the order that sorts small numbers and leaves equals as they are."""
    small = keys.astype(np.uint16) if keys.max(initial=0) < 2**16 else keys
    return np.argsort(small, kind="stable")
