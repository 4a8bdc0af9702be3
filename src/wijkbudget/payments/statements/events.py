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
