# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a statement of the bank."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class StatementReceived(Event):
    """A statement was taken in and matched; the subject is the statement."""

    sentence: ClassVar[Text] = _(
        "A bank statement with %(count)s lines was read: %(matched)s match, %(different)s do not."
    )

    count: int
    matched: int
    different: int
    opening_cents: int
    closing_cents: int
    file_sha256: str


@dataclass(frozen=True, kw_only=True)
class DifferenceSettled(Event):
    """The cashier explained a line that matches nothing; the subject is the line."""

    sentence: ClassVar[Text] = _("A line of a bank statement, %(amount_cents)s, was explained.")

    amount_cents: int
    difference: str


@dataclass(frozen=True, kw_only=True)
class DepositProposed(Event):
    """Somebody saw a deposit in a line that does not name it; the subject is the deposit."""

    sentence: ClassVar[Text] = _("Somebody said which line of a bank statement is a deposit of the payment provider.")

    line_id: str


@dataclass(frozen=True, kw_only=True)
class DepositJoined(Event):
    """Somebody else joined the two; the subject is the deposit."""

    sentence: ClassVar[Text] = _("Two people joined a deposit of %(amount_cents)s with a line of a bank statement.")

    line_id: str
    amount_cents: int
