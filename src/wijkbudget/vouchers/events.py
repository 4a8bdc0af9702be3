# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a voucher and the claims on it."""

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
    decision_id: str
    value_cents: int
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class ClaimFiled(Event):
    """A group asked for money with a receipt; the subject is the claim."""

    sentence: ClassVar[Text] = _("A claim of %(amount_cents)s was filed.")

    voucher_id: str
    amount_cents: int
    category: str
    receipt_sha256: str
    """The file as it is kept; a photo or bill cannot be guessed from it."""


@dataclass(frozen=True, kw_only=True)
class ClaimAccountChanged(Event):
    """A group wants its money on another account, so others must approve again; the subject is the claim."""

    sentence: ClassVar[Text] = _("The account number of a claim was changed. It must be approved again.")

    voucher_id: str
    turn: int


@dataclass(frozen=True, kw_only=True)
class ClaimApproved(Event):
    """Somebody approved a claim; the subject is the claim."""

    sentence: ClassVar[Text] = _("A claim was approved: %(approvals)s of %(needed)s people.")

    voucher_id: str
    approvals: int
    needed: int


@dataclass(frozen=True, kw_only=True)
class ClaimRefused(Event):
    """A claim is not paid, and its amount is free again; the subject is the claim."""

    sentence: ClassVar[Text] = _("A claim of %(amount_cents)s was refused.")

    voucher_id: str
    amount_cents: int


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
class VoucherStopped(Event):
    """The plan of a voucher stopped before its time was over; the subject is the voucher."""

    sentence: ClassVar[Text] = _("The plan of a voucher stopped: %(returned_cents)s went back.")

    returned_cents: int


@dataclass(frozen=True, kw_only=True)
class VoucherExpired(Event):
    """The time of a voucher was over; the subject is the voucher."""

    sentence: ClassVar[Text] = _("The time of a voucher was over: %(returned_cents)s went back.")

    returned_cents: int
