# SPDX-License-Identifier: EUPL-1.2
"""What claims are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Prose, Sentences, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.rules import ClaimState, CostKind, VatRate


def _known_kind(key: str) -> str:
    if key not in KINDS:
        raise ValueError("an unknown kind of claim")  # noqa: EM101, TRY003 - pydantic shows the field
    return key


class ClaimLine(Command):
    """One line of a bill."""

    category: Annotated[CostKind, symbol(CostKind)]
    amount_cents: PositiveCents | None = None
    """With the VAT in it; None, where it is the only line: the whole amount."""
    vat: Annotated[VatRate | None, symbol(VatRate)] = None
    """None: the paper does not say."""


class FileClaim(Command):
    """Ask for money; each kind of claim says which of these it needs, and the others stay empty."""

    kind: Annotated[str, AfterValidator(_known_kind), Field(json_schema_extra={"enum": list(KINDS)})]
    amount_cents: PositiveCents
    lines: Annotated[list[ClaimLine], Field(default_factory=list, max_length=50)]
    purpose: Line | None = None
    """What an advance or a fee is for, or what was given in kind."""
    volunteer: Id | None = None
    """Who of the group gets a fee for their time."""
    supplier: Line | None = None
    number: Line | None = None
    """The number on the receipt."""
    bought_on: Day | None = None
    payee: Line | None = None
    iban: Line | None = None
    receipt: Annotated[str, Field(min_length=1)] | None = None
    """A PDF, JPEG or PNG, or an electronic invoice, in base64."""


class FileInvoice(Command):
    """Ask for the money of an electronic invoice; everything else stands in it."""

    category: Annotated[CostKind, symbol(CostKind)]
    receipt: Annotated[str, Field(min_length=1)]
    """UBL after NLCIUS or Peppol BIS Billing 3, in base64."""


class BookBack(Command):
    """Say that a part of an advance came back on the bank account."""

    amount_cents: PositiveCents


class ChangeAccount(Command):
    """Have a claim paid to another account."""

    payee: Line
    iban: Line


class ApproveClaim(Command):
    """Approve a claim as it was seen: a turn begins each time its account number is changed."""

    turn: Annotated[int, Field(ge=1, le=1000)] = 1
    reason: Prose = ""
    """Why, where the rules ask it for so much money."""


class RefuseClaim(Command):
    """Say why a claim is not paid."""

    reason: Sentences


class ConditionsView(View):
    """What the policy asked when the voucher was issued; a later policy changes nothing for it."""

    article: str
    payable: list[CostKind]
    account_within_days: int
    kinds: list[str]
    """How money can be asked for; an advance only where the policy has a rule for it."""
    volunteers: list[PersonView]
    """Who can get a fee for their time: the members of the group, for a member who asks."""
    advance_max_cents: int | None
    """The most that can be asked in advance; None where nothing is."""
    advance_days: int | None
    """Within how many days after its payment an advance must be accounted for."""


class ClaimDetails(View):
    """What only the group and who approves, pays or checks may see of a claim."""

    claimant: str
    purpose: str | None
    volunteer: str | None
    """Who gets a fee for their time; their id for whoever pays."""
    volunteer_id: UUID | None
    is_fee_near: bool
    """Whether that person comes near the most that somebody can receive for their time, or is above it."""
    supplier: str | None
    number: str | None
    payee: str | None
    iban: str | None
    approvers: list[str]
    approval_reasons: list[str]
    """Why they approved it, where they said so."""
    reason: str | None


class LineView(View):
    """One line of the bill behind a claim."""

    category: CostKind
    amount_cents: int
    vat: VatRate | None
    vat_cents: int | None
    """How much of the amount is VAT."""
    about: str | None
    """What the bill calls it, for who may see the receipt."""


class ClaimView(View):
    """One claim on a voucher."""

    id: UUID
    voucher_id: UUID
    state: ClaimState
    kind: str
    amount_cents: int
    category: CostKind | None
    """What its largest line was for; an advance has no lines."""
    lines: list[LineView]
    covered_cents: int
    """What an advance covers of it, so that it is not paid."""
    to_pay_cents: int
    """What the bank pays of it."""
    open_cents: int
    """Of an advance that was paid: what must still be accounted for or paid back."""
    paid_back_cents: int
    reclaimed_cents: int
    """Of an advance: what a settlement for less claims back."""
    due_on: date | None
    """Of an advance that was paid: the last day to account for it."""
    bought_on: date | None
    filed_on: date
    paid_on: date | None
    approval_count: int
    approvals_needed: int
    is_reason_asked: bool
    """Whether whoever approves it says why."""
    receipt_sha256: str | None
    turn: int
    """How often it was put before the approvers: once more each time its account number was changed."""
    sent_back: str | None
    """Why the bank sent the money back, in its own code, if it did."""
    details: ClaimDetails | None
    may_decide: bool
    """Whether whoever asks may approve it now."""
    may_refuse: bool
    may_change_account: bool
    """Whether whoever asks may have it paid to another account now."""
    may_book_back: bool
    """Whether whoever asks may say that a part of the advance came back."""


class PurchaseView(View):
    """What a payment was for, as everybody may see it."""

    claim_id: UUID
    category: CostKind | None
    receipt_sha256: str | None


class ReceiptView(View):
    """The file of a receipt."""

    name: str
    media_type: str
    content: bytes
