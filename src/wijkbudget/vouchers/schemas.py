# SPDX-License-Identifier: EUPL-1.2
"""What vouchers are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Sentences, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.vouchers.rules import ClaimState, CostKind, VoucherState


class IssueVoucher(Command):
    """Put money that was set apart in the hands of a group; asked by a domain above, never from outside."""

    year: Annotated[int, Field(ge=2000, le=2999)]
    about: Line
    """The id of the plan; vouchers does not know what it is."""
    title: Line
    holders: Annotated[list[str], Field(min_length=1)]
    organisation_id: Id | None
    """In whose name the group asked, if it was an organisation."""
    decision_id: Id
    value_cents: PositiveCents


class FileClaim(Command):
    """Ask for money with a receipt."""

    amount_cents: PositiveCents
    category: Annotated[CostKind, symbol(CostKind)]
    supplier: Line
    number: Line
    """The number on the receipt."""
    bought_on: Day
    payee: Line
    iban: Line
    receipt: Annotated[str, Field(min_length=1)]
    """A PDF, JPEG or PNG in base64."""


class ChangeAccount(Command):
    """Have a claim paid to another account."""

    payee: Line
    iban: Line


class ApproveClaim(Command):
    """Approve a claim as it was seen: a turn begins each time its account number is changed."""

    turn: Annotated[int, Field(ge=1, le=1000)] = 1


class RefuseClaim(Command):
    """Say why a claim is not paid."""

    reason: Sentences


class AccountFor(Command):
    """Say what was done with the money, and when it was finished."""

    done: Sentences
    finished_on: Day


class VoucherView(View):
    """One voucher as everybody may see it; what the reader may do is told with it."""

    id: UUID
    year: int
    about: str
    title: str
    decision_id: UUID
    state: VoucherState
    value_cents: int
    open_cents: int
    paid_cents: int
    returned_cents: int
    left_cents: int
    issued_on: date
    valid_until: date
    """The first day on which nothing can be claimed any more."""
    last_day: date
    stopped_on: date | None
    """The day on which its plan stopped, where its time was not over."""
    account: str | None
    finished_on: date | None
    waiting_count: int
    """How many claims wait for approval."""
    unpaid_count: int
    """How many approved claims wait for payment."""
    holders: list[str]
    """The names of the group, for who may see them."""
    code: str | None
    """Finds the voucher, for its group; it pays nothing."""
    may_claim: bool
    may_account: bool
    may_settle: bool


class ConditionsView(View):
    """What the policy asked when the voucher was issued; a later policy changes nothing for it."""

    article: str
    payable: list[CostKind]
    account_within_days: int


class ClaimDetails(View):
    """What only the group and who approves, pays or checks may see of a claim."""

    claimant: str
    supplier: str
    number: str
    payee: str
    iban: str
    approvers: list[str]
    reason: str | None


class ClaimView(View):
    """One claim on a voucher."""

    id: UUID
    voucher_id: UUID
    state: ClaimState
    amount_cents: int
    category: CostKind
    bought_on: date
    filed_on: date
    paid_on: date | None
    approval_count: int
    approvals_needed: int
    receipt_sha256: str
    turn: int
    """How often it was put before the approvers: once more each time its account number was changed."""
    sent_back: str | None
    """Why the bank sent the money back, in its own code, if it did."""
    details: ClaimDetails | None
    may_decide: bool
    """Whether whoever asks may approve or refuse it now."""
    may_change_account: bool
    """Whether whoever asks may have it paid to another account now."""


class PlanView(View):
    """What a voucher is for."""

    about: str
    title: str


class PurchaseView(View):
    """What a payment was for, as everybody may see it."""

    claim_id: UUID
    category: CostKind
    receipt_sha256: str


class ReceiptView(View):
    """The file of a receipt."""

    name: str
    media_type: str
    content: bytes
