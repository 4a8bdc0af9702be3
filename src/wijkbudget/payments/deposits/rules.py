# SPDX-License-Identifier: EUPL-1.2
"""What a deposit of a payment provider is, and which of its parts are of gifts that we know."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from wijkbudget.kit.errors import NotFound

PARTS = "deposit-parts"
"""The kind of errand: asking what a deposit is made of."""

LATE_AFTER = timedelta(days=5)
"""Choice: a weekend and a holiday; what the bank does not show by then, somebody looks for."""


class DepositState(StrEnum):
    """How far a deposit is."""

    SENT = "sent"
    """The provider sent it, and no statement of the bank shows it yet."""
    ARRIVED = "arrived"
    """It stands on a statement of the bank."""
    FAILED = "failed"
    """It did not arrive; the provider has the money again, and sends it with a later one."""


class PartState(StrEnum):
    """Whether a part of a deposit is of a gift that we know."""

    KNOWN = "known"
    """The provider told of it before, for the same amount, and it is of a gift of ours."""
    COSTS = "costs"
    """Costs of the account, of no payment."""
    RETURNED = "returned"
    """An earlier deposit that failed comes again."""
    UNHEARD = "unheard"
    """The provider did not tell of it yet."""
    NO_GIFT = "no_gift"
    """The provider told of it, and it is of no gift that we know."""
    OTHER_AMOUNT = "other_amount"
    """The provider told of another amount."""
    UNKNOWN = "unknown"
    """We do not know what this is."""


EXPLAINED = frozenset({PartState.KNOWN, PartState.COSTS, PartState.RETURNED})
"""What nobody needs to look at."""


class DepositNotFound(NotFound):
    """The provider told of no such deposit."""


class Told(NamedTuple):
    """What the provider told of a payment, refund or dispute before."""

    amount_cents: int
    place: str | None
    """Where the gift was given; None if it is of no gift that we know."""


def judge(amount_cents: int, told: Told | None, *, is_ours: bool) -> PartState:
    """Return whether a part that is of a payment is of a gift; `is_ours` if it is of a kind that gifts have."""
    if not is_ours:
        return PartState.UNKNOWN if amount_cents else PartState.COSTS
    if told is None:
        return PartState.UNHEARD
    if told.amount_cents != abs(amount_cents):
        return PartState.OTHER_AMOUNT
    return PartState.KNOWN if told.place else PartState.NO_GIFT


def is_named(reference: str | None, said: Iterable[str | None]) -> bool:
    """Return whether a line of the bank names a deposit; a bank can break a text with spaces."""
    if not reference:
        return False
    sought = _plain(reference)
    return any(sought in _plain(words) for words in said if words)


def is_late(state: DepositState, arrives_on: date, today: date) -> bool:
    """Return whether a deposit should have stood on a statement by now."""
    return state is DepositState.SENT and today > arrives_on + LATE_AFTER


def _plain(words: str) -> str:
    return "".join(words.split()).upper()
