# SPDX-License-Identifier: EUPL-1.2
"""One run of equal shares: every voice gets the same purse, and supporters pay together for what they chose.

Exact: all purses are whole numbers over one `scale`, which grows with each payment that does not divide evenly.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heapreplace

from wijkbudget.voting.rules import Election, Option
from wijkbudget.voting.tallies.counting import voices_by_marks

Key = tuple[Fraction, int]
"""What an option costs its supporters for each unit of utility, and its place among equals; the smallest wins."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An option that can be bought, and who would pay for it."""

    id: str
    cost_cents: int
    rank: int
    utility: int
    """What one mark for it is worth: its cost, or one."""
    supporters: tuple[tuple[int, tuple[int, ...]], ...]
    """For each mark, the purses that gave it."""
    power: int
    """The voices of the supporters, each times its mark."""

    @property
    def least_key(self) -> Key:
        """Return the key if no supporter runs short; it is never smaller."""
        return Fraction(self.cost_cents, self.power * self.utility), self.rank


@dataclass(frozen=True, kw_only=True)
class Market:
    """The candidates, and for each purse the voices that share it: ballots with the same marks."""

    candidates: tuple[Candidate, ...]
    voices: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """One round: who was bought, at which key, and a floor under the keys of all others that could still be bought."""

    candidate: Candidate
    key: Key
    others_key: Key | None


class Purses:
    """What is left in each purse, for each voice that shares it."""

    def __init__(self, market: Market, total_cents: int) -> None:
        """Divide the money equally over all voices, including those that support nothing."""
        self._voices = market.voices
        self._scale = sum(market.voices)
        self._left = [total_cents] * len(market.voices)

    def price(self, candidate: Candidate, floor: Fraction) -> Fraction | None:
        """Return what each voice pays for each mark if all pay alike and nobody more than they have, or None.

        `floor` is a price known to be too low or right. Those who cannot pay it give all they have; the rest divide
        what remains, which raises the price, until all who are left can pay it.
        """
        owed, power, able = candidate.cost_cents * self._scale, candidate.power, candidate.supporters
        price, over = floor.numerator * self._scale, floor.denominator
        left, voices = self._left, self._voices
        while power:
            still_able = []
            for mark, purses in able:
                needed = -(-price * mark // over)
                short = [purse for purse in purses if left[purse] < needed]
                if short:
                    owed -= sum(left[purse] * voices[purse] for purse in short)
                    power -= mark * sum(voices[purse] for purse in short)
                    still_able.append((mark, tuple(purse for purse in purses if left[purse] >= needed)))
                else:
                    still_able.append((mark, purses))
            if price * power == owed * over:
                return Fraction(price, over * self._scale)
            able, price, over = tuple(still_able), owed, power
        return None

    def pay(self, candidate: Candidate, price: Fraction) -> None:
        """Take the price for each mark from each supporter, or all there is."""
        due = price * self._scale
        whole, growth = due.numerator, due.denominator
        if growth > 1:
            self._left = [left * growth for left in self._left]
            self._scale *= growth
        left = self._left
        for mark, purses in candidate.supporters:
            asked = mark * whole
            for purse in purses:
                held = left[purse]
                left[purse] = held - asked if held > asked else 0

    def left_together(self, candidate: Candidate) -> Fraction:
        """Return what the supporters have left together, in cents."""
        together = sum(
            self._left[purse] * self._voices[purse] for _, purses in candidate.supporters for purse in purses
        )
        return Fraction(together, self._scale)


def open_market(election: Election, options: Sequence[Option], utility: str) -> Market:
    """Return the options as candidates, and the purses of all ballots."""
    marked = voices_by_marks(election)
    voices = tuple(marked.values())
    purses_by_mark: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for purse, marks in enumerate(marked):
        for id_, mark in marks:
            purses_by_mark[id_][mark].append(purse)
    rank = {id_: place for place, id_ in enumerate(election.ties.ids)}
    candidates = [
        Candidate(
            id=option.id,
            cost_cents=option.cost_cents,
            rank=rank[option.id],
            utility=option.cost_cents if utility == "cost" else 1,
            supporters=tuple((mark, tuple(purses)) for mark, purses in purses_by_mark[option.id].items()),
            power=sum(mark * voices[purse] for mark, purses in purses_by_mark[option.id].items() for purse in purses),
        )
        for option in options
    ]
    return Market(candidates=tuple(candidates), voices=voices)


def buy(market: Market, purses: Purses, most_cents: int) -> list[Purchase]:
    """Buy what costs its supporters least for its utility until nobody can buy; stop once over `most_cents`.

    Purses only get emptier, so a key found earlier is a floor under today's: only the smallest is looked at again.
    """
    by_rank = {candidate.rank: candidate for candidate in market.candidates}
    keys = [candidate.least_key for candidate in market.candidates]
    heapify(keys)
    found_in_round: dict[int, int] = {}
    bought: list[Purchase] = []
    spent_cents = 0
    while keys and spent_cents <= most_cents:
        key = keys[0]
        candidate = by_rank[key[1]]
        price: Fraction | None = key[0] * candidate.utility
        assert price is not None
        if found_in_round.get(candidate.rank) == len(bought):
            heappop(keys)
            purses.pay(candidate, price)
            spent_cents += candidate.cost_cents
            bought.append(Purchase(candidate=candidate, key=key, others_key=keys[0] if keys else None))
        elif (price := purses.price(candidate, price)) is None:
            heappop(keys)
        else:
            heapreplace(keys, (price / candidate.utility, candidate.rank))
            found_in_round[candidate.rank] = len(bought)
    return bought
