# SPDX-License-Identifier: EUPL-1.2
"""What can be voted on, what a voice weighs, and the shape of an outcome."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import Literal

from wijkbudget.kit.errors import BadInput, RuleBroken
from wijkbudget.kit.text import Text, _


class BadParameter(BadInput):
    """A policy sets something this ballot or tally does not know, or cannot be."""


class UnknownOption(RuleBroken):
    """A mark for something that is not on the ballot."""


class BadMark(RuleBroken):
    """A mark that this ballot does not have."""


class TooFewMarks(RuleBroken):
    """Fewer marks than the ballot asks."""


class TooManyMarks(RuleBroken):
    """More marks than the ballot allows."""


class OverBudget(RuleBroken):
    """The marked options cost more together than there is."""


class MarkedTwice(RuleBroken):
    """One option with two marks."""


class TooManyPoints(RuleBroken):
    """More points than the ballot has."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something that can win; voting never learns what it stands for."""

    id: str
    cost_cents: int
    title: str


Marking = Literal["ticks", "one", "points", "places"]
"""How somebody marks a ballot: ticks plans, chooses one, divides points over plans, or puts plans in places."""


@dataclass(frozen=True, kw_only=True)
class BallotParameters:
    """What one ballot allows; the form is drawn from it and the marks are checked against it."""

    marking: Marking = "ticks"
    marks_min: int
    """How many options must be marked."""
    marks_max: int | None
    """None: as many as there are options."""
    budget_cents: int | None
    """None: the marked options may cost any amount together."""
    mark_max: int = 1
    """The highest mark that one option can get; where plans are put in places, that of the first place."""
    total_max: int | None = None
    """What all marks can be together; None: what the other limits allow."""


@dataclass(frozen=True, kw_only=True)
class CountedBallot:
    """One ballot as the tally sees it, or `count` ballots with the same marks and the same weight."""

    marks: Mapping[str, int]
    weight: Fraction = Fraction(1)
    count: int = 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Ballots:
    """All ballots of a vote in columns, so that those of a city fit in memory; equal ones stand together."""

    ids: tuple[str, ...]
    """What is marked, each under its place here."""
    starts: "array[int]"
    """Where each group of equal ballots begins in `pairs`, and where the last one ends."""
    pairs: "array[int]"
    """The place of an option and the mark for it, in turns."""
    counts: Mapping[Fraction, "array[int]"]
    """How many ballots of each weight there are in each group."""

    @classmethod
    def of(cls, ballots: Iterable[CountedBallot]) -> "Ballots":
        """Return ballots in columns, groups in the order in which they first came."""
        places: dict[str, int] = {}
        groups: dict[bytes, int] = {}
        counts: dict[Fraction, Counter[int]] = {}
        for ballot in ballots:
            assert ballot.weight > 0, "a voice weighs something"
            pairs = array("i")
            for id_, mark in sorted(ballot.marks.items()):
                assert mark >= 0, "no ballot votes against"
                pairs.extend((places.setdefault(id_, len(places)), mark))
            group = groups.setdefault(pairs.tobytes(), len(groups))
            counts.setdefault(ballot.weight, Counter())[group] += ballot.count
        columns = {weight: array("q", map(found.__getitem__, range(len(groups)))) for weight, found in counts.items()}
        return cls.grouped(tuple(places), groups, columns)

    @classmethod
    def grouped(
        cls, ids: tuple[str, ...], groups: Collection[bytes], counts: Mapping[Fraction, "array[int]"]
    ) -> "Ballots":
        """Return ballots that were grouped already; each group is the bytes of its pairs."""
        pairs = array("i", b"".join(groups))
        starts = array("q", accumulate((len(group) // (2 * pairs.itemsize) for group in groups), initial=0))
        return cls(ids=ids, starts=starts, pairs=pairs, counts=counts)

    @property
    def cast(self) -> int:
        """Return how many ballots there are."""
        return sum(sum(counts) for counts in self.counts.values())

    def with_equal_voices(self) -> "Ballots":
        """Return the same ballots with every weight one."""
        together = array("q", (sum(counts) for counts in zip(*self.counts.values(), strict=True)))
        return replace(self, counts={Fraction(1): together} if self.counts else {})

    def __iter__(self) -> Iterator[CountedBallot]:
        """Yield each group of equal ballots of equal weight, for whoever has time."""
        for group, (start, end) in enumerate(pairwise(self.starts)):
            flat = self.pairs[2 * start : 2 * end]
            marks = {self.ids[place]: mark for place, mark in zip(flat[::2], flat[1::2], strict=True)}
            for weight, counts in self.counts.items():
                if counts[group]:
                    yield CountedBallot(marks=marks, weight=weight, count=counts[group])

    def __eq__(self, other: object) -> bool:
        """Tell whether these are the same ballots in the same order."""
        return isinstance(other, Ballots) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # columns can be large, and nobody looks them up


@dataclass(frozen=True, kw_only=True)
class TieOrder:
    """Who goes first among equals: one order of all options, the same in every step of a tally."""

    ids: tuple[str, ...]
    drawn_by: Literal["id", "lot", "file"]
    seed: str | None = None


def ties_by_id(ids: Iterable[str]) -> TieOrder:
    """Return the options by their id compared as text, so that "10" goes before "9"."""
    return TieOrder(ids=tuple(sorted(ids)), drawn_by="id")


def ties_by_lot(ids: Iterable[str], seed: str) -> TieOrder:
    """Return the options in an order drawn from a seed that anyone can draw again.

    Choice: ascending SHA-256 of the seed, a bar and the id; two lines in any language.
    """
    drawn = sorted(ids, key=lambda id_: (sha256(f"{seed}|{id_}".encode()).digest(), id_))
    return TieOrder(ids=tuple(drawn), drawn_by="lot", seed=seed)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Some options of which only so many can win, or that can cost only so much together.

    Plans that exclude each other are a limit with one winner; a theme or a small area has a limit of money.
    """

    name: str
    ids: frozenset[str]
    wins_max: int | None = None
    spent_cents_max: int | None = None


@dataclass(frozen=True, kw_only=True)
class Election:
    """All that decides an outcome, except the tally and its parameters."""

    options: tuple[Option, ...]
    ballots: Ballots
    budget_cents: int
    ties: TieOrder
    limits: tuple[Limit, ...] = ()

    def with_equal_voices(self) -> "Election":
        """Return the same election with every voice one, to publish beside the weighted one."""
        return replace(self, ballots=self.ballots.with_equal_voices())


Parameters = Mapping[str, str | int]
"""A tally's parameters, checked and complete; plain, so that they are frozen, hashed and published as they are."""


@dataclass(frozen=True, kw_only=True)
class OptionOutcome:
    """What became of one option, and why."""

    id: str
    cost_cents: int
    votes: Fraction
    """The marks, each times the weight of its voice."""
    heads: int
    """How many ballots marked it."""
    won: bool
    paid_cents: int
    """What it gets: its cost if it won, less only where a tally funds a part, else nothing."""
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was chosen, why, and everything needed to compute it again."""

    tally: str
    parameters: Parameters
    ties: TieOrder
    budget_cents: int
    spent_cents: int
    winners: tuple[str, ...]
    """In the order chosen."""
    options: tuple[OptionOutcome, ...]
    """In the order of the ballot."""
    steps: Mapping[str, str | int]
    """What the tally did on the way, such as the money each voice began with; exact numbers as text (`250/3`)."""


def choices(raw: Mapping[str, object], allowed: Mapping[str, tuple[str, ...]]) -> dict[str, str | int]:
    """Return one value for each parameter, the first allowed one where the policy is silent. Raises BadParameter."""
    refuse_unknown(raw, allowed)
    chosen: dict[str, str | int] = {}
    for name, values in allowed.items():
        value = raw.get(name, values[0])
        if not isinstance(value, str) or value not in values:
            raise BadParameter(
                _(
                    "“%(name)s” can be %(values)s, not “%(value)s”.",
                    name=name,
                    values=", ".join(values),
                    value=str(value),
                )
            )
        chosen[name] = value
    return chosen


def whole_number(raw: Mapping[str, object], name: str, default: int, *, least: int, most: int | None = None) -> int:
    """Return a whole number set by the policy. Raises BadParameter."""
    value = raw.get(name, default)
    if type(value) is not int or value < least:
        raise BadParameter(
            _(
                "“%(name)s” must be a whole number of at least %(least)s, not “%(value)s”.",
                name=name,
                least=least,
                value=str(value),
            )
        )
    if most is not None and value > most:
        raise BadParameter(_("“%(name)s” can be %(most)s at most, not %(value)s.", name=name, most=most, value=value))
    return value


def refuse_unknown(raw: Mapping[str, object], known: Iterable[str]) -> None:
    """Do nothing if every name in the policy is known. Raises BadParameter."""
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise BadParameter(_("There is nothing called “%(name)s” to set here.", name=unknown[0]))
