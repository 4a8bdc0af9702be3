# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a voucher."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class VoucherIssued(Event):
    """A group got money for its plan; the subject is the voucher."""

    sentence: ClassVar[Text] = _("A voucher of %(value_cents)s was issued.")

    year: int
    about: str
    decision_id: str | None
    value_cents: int
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class VoucherAccounted(Event):
    """A group said what it did with its money; the subject is the voucher."""

    sentence: ClassVar[Text] = _("A voucher was accounted for: %(paid_cents)s was spent.")

    paid_cents: int


@dataclass(frozen=True, kw_only=True)
class VoucherSettled(Event):
    """A voucher came to its end; the subject is the voucher."""

    sentence: ClassVar[Text] = _("A voucher was settled: %(paid_cents)s was spent, %(returned_cents)s went back.")

    paid_cents: int
    returned_cents: int


@dataclass(frozen=True, kw_only=True)
class VoucherCodeReplaced(Event):
    """A voucher got a new code, and the old one finds nothing any more; the subject is the voucher."""

    sentence: ClassVar[Text] = _("A voucher got a new code.")

    turn: int


@dataclass(frozen=True, kw_only=True)
class VoucherPaidBack(Event):
    """A group paid money back that it had to; the subject is the voucher."""

    sentence: ClassVar[Text] = _("A group paid %(amount_cents)s back. It still has to pay %(owed_cents)s back.")

    amount_cents: int
    owed_cents: int


@dataclass(frozen=True, kw_only=True)
class VoucherStopped(Event):
    """The plan of a voucher stopped before its time was over; the subject is the voucher."""

    sentence: ClassVar[Text] = _("The plan of a voucher stopped: %(returned_cents)s went back.")

    returned_cents: int


@dataclass(frozen=True, kw_only=True)
class VoucherExpired(Event):
    """The time of a voucher was over; the subject is the voucher."""

    sentence: ClassVar[Text] = _("The time of a voucher was over: %(returned_cents)s went back.")

    returned_cents: int


@dataclass(frozen=True, kw_only=True)
class VoucherToppedUp(Event):
    """A group got more money for its plan; the subject is the voucher."""

    sentence: ClassVar[Text] = _("A voucher got %(amount_cents)s more.")

    amount_cents: int
    reference: str
    """Of the transfer that brought it."""
