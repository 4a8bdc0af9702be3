# SPDX-License-Identifier: EUPL-1.2
"""What is asked about shares, and what people are told about them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.fields import Command, Field, Id, Line, Sentences, View
from wijkbudget.neighbourhoods.rules import SharesPolicy
from wijkbudget.payments.rules import PayoutState
from wijkbudget.shares.rules import Ending, Reason


class HandBackShares(Command):
    """Hand own shares back for the fixed price, to be paid to an account."""

    share_count: Annotated[int, Field(ge=1, le=100)]
    payee: Line
    iban: Line


class ChangeAccount(Command):
    """Have what is owed paid to another account."""

    payee: Line
    iban: Line


class SuspendShares(Command):
    """Let the shares of somebody not count while they are looked into; the holder reads why."""

    reason: Sentences


class CorrectShare(Command):
    """Take a share back that was granted by mistake; the holder reads why."""

    share_id: Id
    reason: Sentences


class GrantForContract(Command):
    """Give a share for the neighbourhood contract, by a decision of the council."""

    decision_id: Id


class MovedView(View):
    """How many shares one act granted or took back, and whether nothing was due any more."""

    share_count: int
    is_done: bool


class ShareView(View):
    """One share, why it was granted, and by which version of the rules (invariant SH7)."""

    reason: Reason
    year: int
    """Zero is the first share; how many full years of residence it is for; else the calendar year."""
    granted_on: date
    policy_version: int
    decision_id: UUID | None
    """The decision of the council, for a share by the neighbourhood contract."""


class PastShareView(ShareView):
    """One share with what became of it."""

    id: UUID
    ending: Ending | None
    ended_on: date | None
    ending_reason: str | None
    may_correct: bool


class SuspensionView(View):
    """Why shares were looked into and did not count, and until when."""

    reason: str
    suspended_on: date
    lifted_on: date | None


class HandBackView(View):
    """Shares that the reader handed back, and how far the payment is."""

    id: UUID
    share_count: int
    amount_cents: int
    handed_back_on: date
    state: PayoutState
    sent_back: str | None
    """Why the bank sent the last payment back, in its own code."""
    may_change_account: bool


class OwnSharesView(View):
    """The shares of the reader, oldest first, and the rules of today, if they say anything about shares."""

    rules: SharesPolicy | None
    shares: list[ShareView]
    is_suspended: bool
    """They do not count now."""
    suspended_because: str | None
    """Why they are looked into, if that is why they do not count."""
    corrected: list[PastShareView]
    """Shares that were taken back because they had been granted by mistake."""
    hand_back_max: int
    """How many can be handed back now."""
    is_hand_back_closed: bool
    """A vote is on the way, so none can."""
    handed_back: list[HandBackView]


class HolderView(View):
    """Somebody on the register of shares."""

    person: PersonView
    shares: list[ShareView]
    is_suspended: bool


class ContractChoice(View):
    """A decision of the council that a share for the neighbourhood contract can follow from."""

    id: UUID
    title: str
    decided_on: date


class HoldingView(View):
    """All that happened to the shares of a holder since they came, and what the reader may decide."""

    person: PersonView
    shares: list[PastShareView]
    suspensions: list[SuspensionView]
    is_suspended: bool
    may_review: bool
    contract_choices: list[ContractChoice]
    """Empty for who cannot give a share for the neighbourhood contract."""


class RegisterView(View):
    """A page of the register of shares, by name."""

    page: int
    page_count: int
    holder_count: int
    share_count: int
    holders: list[HolderView]


class ReasonTotalView(View):
    """How many shares people hold for one kind of reason."""

    reason: Reason
    share_count: int


class NumberTotalView(View):
    """How many people hold a number of shares."""

    share_count: int
    holder_count: int


class TotalsView(View):
    """What everybody may know of the shares of a neighbourhood, and the rules of today, if they give any."""

    rules: SharesPolicy | None
    holder_count: int
    share_count: int
    suspended_share_count: int
    """How many of them do not count now: their holders left, or they are looked into."""
    by_reason: list[ReasonTotalView]
    by_number: list[NumberTotalView]
    """Empty where a number is held by so few people that it would say something about them."""
    holders_per_number_min: int
