# SPDX-License-Identifier: EUPL-1.2
"""Which statements can be taken in, and which line on one belongs to which payment."""

import base64
import binascii
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.kit.tree import Unreadable
from wijkbudget.payments.batches.rules import LineState
from wijkbudget.payments.statements.camt.reading import BankLine, Statement, statements

STATEMENT_BYTES_MAX = 5 * 1024 * 1024
"""Choice: some five thousand entries, more than the account of a neighbourhood budget has in a year."""

STATEMENT_BASE64_MAX = (STATEMENT_BYTES_MAX + 2) // 3 * 4
LINES_MAX = 5_000


class Match(StrEnum):
    """What a line of a statement says of a payment of ours."""

    BOOKED = "booked"
    """The bank paid it."""
    SENT_BACK = "sent_back"
    """The bank sent it back, or never paid it."""
    DEPOSIT = "deposit"
    """A payment provider sent what people gave."""


class Difference(StrEnum):
    """Why a line of a statement is not of a payment of ours."""

    UNKNOWN_REFERENCE = "unknown_reference"
    """Money went out, and we know of no such payment."""
    NOT_RELEASED = "not_released"
    """Money went out for a batch that was not released."""
    OTHER_AMOUNT = "other_amount"
    """It is of a payment of ours, and of another amount."""
    PAID_BEFORE = "paid_before"
    """It was paid a second time."""
    REFUSED_BEFORE = "refused_before"
    """It was paid, after the bank had said that it would not be."""
    UNEXPECTED_MONEY = "unexpected_money"
    """Money came in that nobody expects."""


OF_NO_PAYMENT = frozenset({Difference.UNEXPECTED_MONEY, Difference.UNKNOWN_REFERENCE})
"""What a deposit of a payment provider can be, where its line does not name it."""


class NotThisDeposit(BadInput):
    """The deposit is not on its way any more, or of another amount."""


class NoProposal(WrongState):
    """Nobody said of which deposit a line is."""


class SamePerson(NotAllowed):
    """One person would see a deposit in a line and join the two."""


class StatementUnreadable(BadInput):
    """The file is no statement that can be read."""

    def __init__(self, text: Text) -> None:
        """Say it at the field too."""
        super().__init__(text, fields={"statement": text})


class StatementTwice(Conflict):
    """The statement was taken in before."""


class EntryTwice(Conflict):
    """An entry stands on it twice, or stood on another statement."""


class StatementNotFound(NotFound):
    """No statement, or line of one, with this id."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A payment of ours, as far as it is known when a line of a statement names it."""

    amount_cents: int
    state: LineState
    is_out: bool
    """Whether the bank may have its file."""
    matches: frozenset[Match]
    """What statements said of it before."""


def read_statements(sent: str) -> tuple[bytes, list[Statement]]:
    """Return a file that was sent and the statements in it. Raises StatementUnreadable or EntryTwice."""
    if len(sent) > STATEMENT_BASE64_MAX:
        raise StatementUnreadable(_("This file is too large: at most 5 MB."))
    try:
        content = base64.b64decode(sent, validate=True)
        found = statements(content)
    except (binascii.Error, ValueError, Unreadable):
        sentence = _("This is not a bank statement that we can read. Ask your bank for camt.053.")
        raise StatementUnreadable(sentence) from None
    if sum(len(statement.lines) for statement in found) > LINES_MAX:
        raise StatementUnreadable(_("There are too many entries in this file. Ask your bank for one file a day."))
    for statement in found:
        demand_adds_up(statement)
    demand_entries_once([line for statement in found for line in statement.lines if line.part == 1])
    return content, found


def demand_adds_up(statement: Statement) -> None:
    """Raise StatementUnreadable if the entries do not lead from the first balance to the last."""
    if statement.opening_cents + statement.moved_cents != statement.closing_cents:
        sentence = _(
            "The entries do not add up: %(opening_cents)s and %(moved_cents)s is not %(closing_cents)s.",
            opening_cents=statement.opening_cents,
            moved_cents=statement.moved_cents,
            closing_cents=statement.closing_cents,
        )
        raise StatementUnreadable(sentence)


def demand_entries_once(entries: Sequence[BankLine]) -> None:
    """Raise EntryTwice if the bank's own reference of an entry stands in a file twice."""
    for reference, count in Counter(line.bank_reference for line in entries).items():
        if reference is not None and count > 1:
            raise entry_twice(reference)


def entry_twice(reference: str) -> EntryTwice:
    """Return the refusal of an entry that was there before."""
    return EntryTwice(_("The entry %(reference)s was there before.", reference=reference))


def demand_our_account(iban: str, ours: Collection[str]) -> None:
    """Raise StatementUnreadable if a statement is of an account the municipality does not pay from."""
    if iban not in ours:
        raise StatementUnreadable(_("This statement is of another account than the one that is paid from."))


def judge(line: BankLine, known: Known | None) -> Match | Difference:
    """Return what a line says of a payment of ours, or why it is of none.

    Choice: nothing matches by amount or name alone. A payment is known by the id that went out with it, to the cent.
    """
    if known is None:
        return Difference.UNEXPECTED_MONEY if line.is_credit else Difference.UNKNOWN_REFERENCE
    if not known.is_out:
        return Difference.UNEXPECTED_MONEY if line.is_credit else Difference.NOT_RELEASED
    if line.amount_cents != known.amount_cents:
        return Difference.OTHER_AMOUNT
    match = Match.SENT_BACK if line.is_credit else Match.BOOKED
    if known.state is LineState.REFUSED:
        return Difference.UNEXPECTED_MONEY if line.is_credit else Difference.REFUSED_BEFORE
    if match in known.matches:
        return Difference.UNEXPECTED_MONEY if line.is_credit else Difference.PAID_BEFORE
    return match


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a statement stands among those of its account."""

    sequence: int | None
    opening_cents: int
    closing_cents: int


def leaves_gap(before: Place | None, now: Place) -> bool:
    """Return whether a statement seems to be missing between two, by the balance or by the bank's numbers."""
    if before is None:
        return False
    if before.closing_cents != now.opening_cents:
        return True
    # A bank begins again with 1, in a new year for instance.
    return None not in {before.sequence, now.sequence} and now.sequence not in {(before.sequence or 0) + 1, 1}


def demand_open(*, is_open: bool) -> None:
    """Raise WrongState if a line matches a payment, or was explained before."""
    if not is_open:
        raise WrongState(_("This line needs no explanation, or was explained before."))


def demand_candidate(deposit_id: str, candidates: Collection[str]) -> None:
    """Raise NotThisDeposit if a deposit is not on its way, or not of the amount of the line, to the cent."""
    if deposit_id not in candidates:
        sentence = _("This deposit is not on its way any more, or of another amount.")
        raise NotThisDeposit(sentence, fields={"deposit_id": sentence})


def demand_proposed(deposit_id: str | None) -> str:
    """Return the deposit that somebody saw in a line. Raises NoProposal."""
    if deposit_id is None:
        raise NoProposal(_("Nobody said yet which deposit this is."))
    return deposit_id


def demand_other_eyes(proposer: str, joiner: str) -> None:
    """Raise SamePerson if one person would say which deposit a line is, and join them.

    Source: OWASP ASVS 5.0, 2.3.5 (approval by more than one person).
    """
    if proposer == joiner:
        raise SamePerson(_("You said which deposit this is, so somebody else must look and join them."))
