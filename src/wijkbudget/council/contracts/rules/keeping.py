# SPDX-License-Identifier: EUPL-1.2
"""How far a contract and its promises are, and what part of all that had to be kept was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ContractState(StrEnum):
    """How far the contract of a year is."""

    DRAFTED = "drafted"
    """Its first text is being written."""
    IN_FORCE = "in_force"
    """Every party agreed; it can change, by agreement."""
    CLOSED = "closed"
    """Its year is over, and its numbers stand."""


class VersionState(StrEnum):
    """How far a text that parties agree to is."""

    OPEN = "open"
    """It is written, and parties agree to it one by one."""
    AGREED = "agreed"
    """Every party agreed to it."""
    WITHDRAWN = "withdrawn"
    """It is not made after all."""


class PartyKind(StrEnum):
    """Who acts for a party."""

    COUNCIL = "council"
    """The chair of the neighbourhood council."""
    MUNICIPALITY = "municipality"
    """An official."""
    ORGANISATION = "organisation"
    """Each of its members here."""
    OUTSIDE = "outside"
    """It has no account here, such as the police: an official writes down what it signed on paper."""


class PromiseState(StrEnum):
    """How far a promise is."""

    WRITTEN = "written"
    """It stands in a text that not every party agreed to yet."""
    PROMISED = "promised"
    """It holds."""
    KEPT = "kept"
    """Its party and another one say that it was done."""
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"
    DROPPED = "dropped"
    """Every party agreed that it holds no longer."""
    TAKEN_OUT = "taken_out"
    """It left the text before it ever held."""


class Says(StrEnum):
    """What became of a promise, as its party says."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"


class Answer(StrEnum):
    """What another party says of that."""

    AGREES = "agrees"
    DIFFERS = "differs"
    """It is not so; the promise stays as it was."""


HELD = frozenset({PromiseState.PROMISED, PromiseState.KEPT, PromiseState.PARTLY_KEPT, PromiseState.NOT_KEPT})
"""A promise that every party agreed to, and none dropped."""
TELLABLE = HELD - {PromiseState.KEPT}
"""What was kept stays kept; what was not can still be made good."""


@dataclass(frozen=True)
class Counted:
    """What counts of a promise."""

    state: PromiseState
    due_on: date


@dataclass(frozen=True)
class KeptCount:
    """How many promises had to be kept by a day, and what became of them."""

    due_count: int
    kept_count: int
    partly_kept_count: int
    not_kept_count: int

    @property
    def silent_count(self) -> int:
        """Return of how many it is not settled what became of them."""
        return self.due_count - self.kept_count - self.partly_kept_count - self.not_kept_count

    @property
    def kept_percent(self) -> int | None:
        """Return which part was kept, in whole percents rounded down; None while nothing had to be kept."""
        return self.kept_count * 100 // self.due_count if self.due_count else None


def is_due(promise: Counted, today: date, *, is_closed: bool) -> bool:
    """Return whether a promise counts: it holds, and its day has passed or its contract is closed.

    Choice: a promise that was kept early counts from its day on too, so that no number grows by choosing what to tell.
    """
    return promise.state in HELD and (is_closed or promise.due_on < today)


def kept_of(promises: Iterable[Counted], today: date, *, is_closed: bool) -> KeptCount:
    """Return how many promises had to be kept, and how many were.

    Choice: what was kept in part, and what nobody told or the parties differ about, is not counted as kept.
    """
    due = [promise.state for promise in promises if is_due(promise, today, is_closed=is_closed)]
    return KeptCount(
        due_count=len(due),
        kept_count=due.count(PromiseState.KEPT),
        partly_kept_count=due.count(PromiseState.PARTLY_KEPT),
        not_kept_count=due.count(PromiseState.NOT_KEPT),
    )


def may_leave(promise: Counted, today: date) -> bool:
    """Return whether a promise can leave the text: as long as it never held, or until its day.

    Choice: what had to be kept and was not goes on to count, whatever the parties agree later.
    """
    is_to_come = promise.state is PromiseState.PROMISED and today <= promise.due_on
    return promise.state is PromiseState.WRITTEN or is_to_come
