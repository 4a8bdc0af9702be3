# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a claim."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class ClaimFiled(Event):
    """A group asked for money; the subject is the claim."""

    sentence: ClassVar[Text] = _("A claim of %(amount_cents)s was filed.")

    voucher_id: str
    kind_key: str
    amount_cents: int
    covered_cents: int
    """What an advance covers of it, so that it is not paid."""
    receipt_sha256: str | None
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
class ClaimCounted(Event):
    """An approved claim counts as spent, and nothing is paid on it; the subject is the claim."""

    sentence: ClassVar[Text] = _("A claim of %(amount_cents)s counts as spent. Nothing is paid.")

    voucher_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class AdvanceReclaimed(Event):
    """A settlement for less claims back what is open of an advance; the subject is the claim."""

    sentence: ClassVar[Text] = _("Of an advance %(amount_cents)s is claimed back.")

    voucher_id: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class AdvancePaidBack(Event):
    """A part of an advance that was not used came back; the subject is the claim."""

    sentence: ClassVar[Text] = _("Of an advance %(amount_cents)s was paid back.")

    voucher_id: str
    amount_cents: int
    open_cents: int
    """What must still be accounted for or come back."""
