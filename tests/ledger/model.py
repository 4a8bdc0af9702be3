# SPDX-License-Identifier: EUPL-1.2
"""What the books must say after any operation: dictionaries that cannot be wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from wijkbudget.kit.errors import Refusal
from wijkbudget.ledger import chart
from wijkbudget.ledger.rules import (
    Account,
    NotEnough,
    NothingToReverse,
    NotReserved,
    ReferenceTaken,
    expiry_reference,
    reversal_reference,
    void_reference,
)

PLACE = "oost"
_THEMES = (None, "groen", "jeugd")
POTS = [chart.pot(PLACE, 2026, theme) for theme in _THEMES]
HELD = [chart.reserved(PLACE, 2026, theme) for theme in _THEMES]


class Post(NamedTuple):
    source: Account
    target: Account
    amount: int
    reference: str


class Reserve(NamedTuple):
    number: int
    """Which pot and which account that holds for it."""
    amount: int
    reference: str
    until: date | None


class PostReserved(NamedTuple):
    reference: str
    target: Account
    under: str


class Void(NamedTuple):
    reference: str


class Reverse(NamedTuple):
    reference: str


class Expire(NamedTuple):
    """Everything that is over today."""


Operation = Post | Reserve | PostReserved | Void | Reverse | Expire


@dataclass
class Model:
    """What the books must say."""

    balances: dict[str, int] = field(default_factory=dict)
    posted: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    reserved: dict[str, tuple[Reserve, str, str | None]] = field(default_factory=dict)
    """Each reservation with its state and the transfer that ended it."""
    open: dict[str, None] = field(default_factory=dict)
    """What is still set apart."""
    ends: set[str] = field(default_factory=set)

    def told(self, operation: Operation, today: date) -> type[Refusal] | None:
        """Do an operation, or return with which refusal it must end."""
        match operation:
            case Post(source, target, amount, reference):
                return self._post(source.address, target.address, amount, reference)
            case Reserve():
                return self._reserve(operation)
            case PostReserved(reference, target, under):
                return self._post_reserved(reference, target, under, today)
            case Void(reference):
                return self._release(reference, "voided", void_reference(reference))
            case Reverse(reference):
                return self._reverse(reference)
        return self._expire(today)

    def fits(self, source: Account, amount: int) -> bool:
        """Return whether an account holds so much."""
        return not source.has_floor or self.balances.get(source.address, 0) >= amount

    def lines(self) -> Iterator[str]:
        """Yield the end state, a line a thing."""
        yield from (f"balance {address} {amount}" for address, amount in self.balances.items() if amount)
        yield from (f"transfer {reference} {row}" for reference, row in self.posted.items())
        yield from (f"reservation {name} {state} {by}" for name, (_made, state, by) in self.reserved.items())

    def _post(self, source: str, target: str, amount: int, reference: str) -> type[Refusal] | None:
        if known := self.posted.get(reference):
            return None if known == (source, target, amount) else ReferenceTaken
        if not source.startswith("external:") and self.balances.get(source, 0) < amount:
            return NotEnough
        self.posted[reference] = (source, target, amount)
        self.balances[source] = self.balances.get(source, 0) - amount
        self.balances[target] = self.balances.get(target, 0) + amount
        return None

    def _reserve(self, asked: Reserve) -> type[Refusal] | None:
        known = self.reserved.get(asked.reference)
        if asked.reference in self.posted and (known is None or known[0] != asked):
            return ReferenceTaken
        source, held = POTS[asked.number], HELD[asked.number]
        refused = self._post(source.address, held.address, asked.amount, asked.reference)
        if refused is None and known is None:
            self.reserved[asked.reference] = (asked, "reserved", None)
            self.open[asked.reference] = None
        return refused

    def _expire(self, today: date) -> None:
        for reference in list(self.open):
            until = self.reserved[reference][0].until
            if until is not None and until <= today:
                self._release(reference, "expired", expiry_reference(reference))

    def _post_reserved(self, reference: str, target: Account, under: str, today: date) -> type[Refusal] | None:
        if reference not in self.reserved:
            return NotReserved
        made, state, _by = self.reserved[reference]
        move = (HELD[made.number].address, target.address, made.amount)
        if under in self.posted:
            return None if self.posted[under] == move else ReferenceTaken
        if state != "reserved" or (made.until is not None and made.until <= today):
            return NotReserved
        self._end(reference, "posted", under)
        return self._post(*move, under)

    def _release(self, reference: str, then: str, under: str) -> type[Refusal] | None:
        if reference not in self.reserved or self.reserved[reference][1] != "reserved":
            return NotReserved
        made = self.reserved[reference][0]
        self._end(reference, then, under)
        return self._post(HELD[made.number].address, POTS[made.number].address, made.amount, under)

    def _end(self, reference: str, then: str, under: str) -> None:
        self.reserved[reference] = (self.reserved[reference][0], then, under)
        self.ends.add(under)
        del self.open[reference]

    def _reverse(self, reference: str) -> type[Refusal] | None:
        back = reversal_reference(reference)
        if reference not in self.posted or back in self.posted or reference in self.reserved or reference in self.ends:
            return NothingToReverse
        source, target, amount = self.posted[reference]
        return self._post(target, source, amount, back)
