# SPDX-License-Identifier: EUPL-1.2
"""How far a batch is, who may release it, and what the bank is told of a payment."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from wijkbudget.kit.errors import NotAllowed, NotFound
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.payments.rules import HadAHandInIt

BATCH_PAYMENTS_MAX = 500
"""Choice: more than a municipality pays in a week, and the whole of it is booked in one act."""

REMITTANCE_LENGTH_MAX = 140
NAME_LENGTH_MAX = 70
"""Source: ISO 20022, pain.001.001.09 (Max140Text, and what banks take of a name)."""

_NOT_FOR_BANKS = re.compile(r"[^A-Za-z0-9/?:().,'+ \-\u0080-\U0010ffff]")
_SPACES = re.compile(r" {2,}")


class BatchState(StrEnum):
    """How far a batch is; the last two follow from what became of its payments."""

    DRAFTED = "drafted"
    """Somebody put it together; another must look at it."""
    RELEASED = "released"
    """Two people agreed; the file is there for the bank."""
    SENT = "sent"
    """The bank has the file."""
    UNDONE = "undone"
    """It was taken apart before it was released."""
    BOOKED = "booked"
    """The bank paid all of it."""
    PART_REFUSED = "part_refused"
    """The bank paid some of it, or none; the rest waits for a new batch."""


STATES: Mapping[BatchState, frozenset[BatchState]] = {
    BatchState.DRAFTED: frozenset({BatchState.RELEASED, BatchState.UNDONE}),
    BatchState.RELEASED: frozenset({BatchState.SENT}),
}
"""What somebody can make of a batch, from which state."""

OUT = frozenset({BatchState.RELEASED, BatchState.SENT})
"""The states in which the bank may have the file."""


class LineState(StrEnum):
    """What became of one payment of a batch."""

    WAITING = "waiting"
    """The bank said nothing of it yet."""
    BOOKED = "booked"
    """The bank paid it."""
    SENT_BACK = "sent_back"
    """It stands on a statement as sent back."""
    REFUSED = "refused"
    """The bank told the cashier that it does not pay it; no statement says so."""


class BatchNotFound(NotFound):
    """No batch with this id."""


class NoBankAccount(WrongState):
    """Nobody said yet from which account the municipality pays."""


class SamePerson(NotAllowed):
    """Whoever put a batch together does not release it."""


@dataclass(frozen=True, kw_only=True)
class Debtor:
    """The account of the municipality that pays."""

    holder: str
    iban: str
    bic: str | None


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """One payment as the bank is told it."""

    end_to_end_id: str
    amount_cents: int
    payee: str
    iban: str
    bic: str | None
    remittance: str


@dataclass(frozen=True, kw_only=True)
class Order:
    """A whole batch as the bank is told it."""

    id: UUID
    debtor: Debtor
    made_at: datetime
    execution_on: date
    instructions: tuple[Instruction, ...]


def end_to_end_id(payout_id: UUID, attempt: int) -> str:
    """Return the id by which the bank tells us of a payment: that of the payout, and which attempt it is.

    Source: ISO 20022 (Max35Text): 32 signs for the payout, and two for the attempt, which is left out the first time.
    """
    assert 1 <= attempt < 100  # noqa: PLR2004 - two digits
    return payout_id.hex + (f"-{attempt}" if attempt > 1 else "")


def remittance(neighbourhood: str, year: int, title: str, number: str | None) -> str:
    """Return what the payee reads: the number of the bill, for what, and whose money it is; no names."""
    return ", ".join(part for part in (number, title, f"Wijkbudget {neighbourhood} {year}") if part)


def for_banks(text: str, length_max: int) -> str:
    """Return a text without the signs that banks do not take. Source: EPC217-08, SEPA conversion table."""
    return _SPACES.sub(" ", _NOT_FOR_BANKS.sub(" ", text.replace("&", "+"))).strip()[:length_max]


def state_of(kept: BatchState, lines: Collection[LineState]) -> BatchState:
    """Return how far a batch is, from what was done with it and what became of its payments."""
    if kept not in OUT or LineState.WAITING in lines:
        return kept
    return BatchState.BOOKED if set(lines) == {LineState.BOOKED} else BatchState.PART_REFUSED


_NOT_NOW: Mapping[BatchState, Text] = {
    BatchState.RELEASED: _("This batch was released or undone before."),
    BatchState.UNDONE: _("This batch was released or undone before."),
    BatchState.SENT: _("This batch was sent before, or it is not released yet."),
}


def demand_batch_state(now: BatchState, then: BatchState) -> None:
    """Raise WrongState if a batch cannot go from one state to another."""
    if then not in STATES.get(now, ()):
        raise WrongState(_NOT_NOW[then])


def demand_sent(now: BatchState) -> None:
    """Raise WrongState if the bank does not have a batch yet, so that it cannot refuse it."""
    if now is not BatchState.SENT:
        raise WrongState(_("This batch was not sent to the bank yet."))


def demand_other_person(drafter: str, releaser: str) -> None:
    """Raise SamePerson if one person would put a batch together and release it.

    Source: OWASP ASVS 5.0, 2.3.5 (approval by more than one person).
    """
    if drafter == releaser:
        raise SamePerson(_("You put this batch together, so somebody else must release it."))


def demand_no_hand(person: str, payments: Iterable[tuple[str, int, Collection[str]]]) -> None:
    """Do nothing if somebody had no hand in any payment: (title, cents, who had). Raises HadAHandInIt, naming one."""
    for title, amount_cents, parties in payments:
        if person in parties:
            sentence = _(
                "You asked for “%(title)s” (%(amount_cents)s) or approved it, so somebody else must do this.",
                title=title,
                amount_cents=amount_cents,
            )
            raise HadAHandInIt(sentence)
