# SPDX-License-Identifier: EUPL-1.2
"""What people are told about shares."""

from datetime import date

from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.fields import View
from wijkbudget.neighbourhoods.rules import SharesPolicy
from wijkbudget.shares.rules import Reason


class MovedView(View):
    """How many shares one act granted or took back, and whether nothing was due any more."""

    share_count: int
    is_done: bool


class ShareView(View):
    """One share, why it was granted, and by which version of the rules (invariant SH7)."""

    reason: Reason
    year: int
    """How many full years of residence it is for; zero is the first share."""
    granted_on: date
    policy_version: int


class OwnSharesView(View):
    """The shares of the reader, oldest first, and the rules of today, if they say anything about shares."""

    rules: SharesPolicy | None
    shares: list[ShareView]


class HolderView(View):
    """Somebody on the register of shares."""

    person: PersonView
    shares: list[ShareView]


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
    by_reason: list[ReasonTotalView]
    by_number: list[NumberTotalView]
    """Empty where a number is held by so few people that it would say something about them."""
    holders_per_number_min: int
