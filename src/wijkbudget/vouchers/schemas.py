# SPDX-License-Identifier: EUPL-1.2
"""What vouchers are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Sentences, View, symbol
from wijkbudget.kit.units import PositiveCents
from wijkbudget.neighbourhoods.rules import Basis, Body
from wijkbudget.vouchers.rules import PlanKind, VoucherState


class DecidedBy(Command):
    """Which body decides about money, and by what power; asked by a domain above, never from outside."""

    body: Body
    basis: Basis | None
    article: Line
    """The article that gives it this power."""


class VoucherInstalmentDraft(Command):
    """A part of a voucher that can be asked from a day on."""

    what: Line
    amount_cents: PositiveCents
    due_on: Day


class IssueVoucher(Command):
    """Put money that was set apart in the hands of a group; asked by a domain above, never from outside."""

    year: Annotated[int, Field(ge=2000, le=2999)]
    theme: Line | None = None
    """Of whose pot the money is, where a theme has one of its own."""
    reservation: Line
    """Under which reference the money was set apart in the ledger."""
    plan_kind: Annotated[PlanKind, symbol(PlanKind)] = PlanKind.INITIATIVE
    about: Line
    """The id of the plan; vouchers does not know more of it."""
    title: Line
    holders: Annotated[list[str], Field(min_length=1)]
    organisation_id: Id | None
    """In whose name the group asked, if it was an organisation."""
    decision_id: Id | None = None
    """The decision of the council that it rests on, if there is one."""
    decided: DecidedBy
    motivation: Sentences
    value_cents: PositiveCents
    valid_until: Day | None = None
    """The first day on which nothing can be claimed any more; None: as long as the policy says."""
    instalments: list[VoucherInstalmentDraft] = Field(default_factory=list)
    """Which part can be asked from when; together they are its value. Without any all can be asked at once."""


class RaiseVoucher(Command):
    """Put more money of its pot on a voucher; asked by a domain above, never from outside."""

    amount_cents: PositiveCents
    decision_id: Id | None = None
    """The decision of the council that it rests on, if there is one."""
    decided: DecidedBy
    motivation: Sentences


class AccountFor(Command):
    """Say what was done with the money, and when it was finished."""

    done: Sentences
    finished_on: Day


class TakeBack(Command):
    """Say that a group paid money back."""

    amount_cents: PositiveCents


class VoucherInstalmentView(View):
    """A part of a voucher, and how much of it was asked and paid: what comes in counts for the first parts first."""

    what: str
    amount_cents: int
    due_on: date
    is_due: bool
    asked_cents: int
    paid_cents: int


class VoucherView(View):
    """One voucher as everybody may see it; what the reader may do is told with it."""

    id: UUID
    year: int
    theme: str | None
    plan_kind: PlanKind
    about: str
    title: str
    decision_id: UUID | None
    state: VoucherState
    value_cents: int
    topped_up_cents: int
    """How much of its value came later, such as from resident vouchers."""
    open_cents: int
    paid_cents: int
    """What went out through the bank, less what came back of advances."""
    used_cents: int
    """The value of what the municipality gave in kind."""
    advanced_cents: int
    """What was paid in advance and no receipt accounts for yet."""
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
    account_due_on: date | None
    """The last day to account for it, where it ended without that."""
    account_until: date | None
    """Until when its group was asked by letter to do so."""
    instalments: list[VoucherInstalmentView]
    """Which part can be asked from when; empty where all can be asked at once."""
    waiting_count: int
    """How many claims wait for approval."""
    unpaid_count: int
    """How many approved claims wait for payment."""
    holders: list[str]
    """The names of the group, for who may see them."""
    code: str | None
    """Finds the voucher, for its group; it pays nothing."""
    grant_id: UUID | None
    """The decision that granted it, for who may read that."""
    known_on: date | None
    """Since when the group knows that decision; before that nothing can be asked."""
    may_print: bool
    """Whether whoever asks may print its card."""
    owed_cents: int
    """What the group still has to pay back."""
    paid_back_cents: int
    may_settle_lower: bool
    may_lower: bool
    """Whether whoever asks can change its settlement to less."""
    may_take_back: bool
    may_collect: bool
    """Whether whoever asks can take that decision now."""
    may_claim: bool
    may_show: bool
    """Whether whoever asks may send receipts of an advance."""
    may_account: bool
    may_settle: bool
    may_remind: bool
    """Whether whoever asks can ask the group by letter to account for it."""


class VoucherCardView(View):
    """What stands on the card of a voucher, for its group and who helps it."""

    id: UUID
    title: str
    neighbourhood: str
    value_cents: int
    last_day: date
    code: str
    """Finds the voucher; it pays nothing."""


class PlanView(View):
    """What a voucher is for."""

    kind: PlanKind
    about: str
    title: str
