# SPDX-License-Identifier: EUPL-1.2
"""What can be voted on, what a voice weighs, and the shape of an outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
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


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something that can win; voting never learns what it stands for."""

    id: str
    cost_cents: int
    title: str


@dataclass(frozen=True, kw_only=True)
class BallotParameters:
    """What one ballot allows; the form is drawn from it and the marks are checked against it."""

    marks_min: int
    marks_max: int | None
    """None: as many as there are options."""
    budget_cents: int | None
    """None: the marked options may cost any amount together."""


@dataclass(frozen=True, kw_only=True)
class CountedBallot:
    """One ballot as the tally sees it, or `count` ballots with the same marks and the same weight."""

    marks: Mapping[str, int]
    weight: Fraction = Fraction(1)
    count: int = 1


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
class Election:
    """All that decides an outcome, except the tally and its parameters."""

    options: tuple[Option, ...]
    ballots: tuple[CountedBallot, ...]
    budget_cents: int
    ties: TieOrder

    def with_equal_voices(self) -> "Election":
        """Return the same election with every voice one, to publish beside the weighted one."""
        return replace(self, ballots=tuple(replace(ballot, weight=Fraction(1)) for ballot in self.ballots))


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


def whole_number(raw: Mapping[str, object], name: str, default: int, *, least: int) -> int:
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
    return value


def refuse_unknown(raw: Mapping[str, object], known: Iterable[str]) -> None:
    """Do nothing if every name in the policy is known. Raises BadParameter."""
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise BadParameter(_("There is nothing called “%(name)s” to set here.", name=unknown[0]))
