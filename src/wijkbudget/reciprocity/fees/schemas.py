# SPDX-License-Identifier: EUPL-1.2
"""What the house is asked about fees, and what it answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from wijkbudget.kit.fields import Command, Day, Line, View, symbol
from wijkbudget.reciprocity.fees.rules import Form, Source

TOLD_CENTS_MAX = 10_000_000
"""Choice: EUR 100,000 at once; whoever types more made a mistake."""


class TellFee(Command):
    """Tell what somebody received for their time from another organisation."""

    amount_cents: Annotated[int, Field(ge=1, le=TOLD_CENTS_MAX)]
    received_on: Day
    given_as: Annotated[Form, symbol(Form)]
    giver: Line
    """Which organisation gave it."""


class StandingView(View):
    """What somebody received on a day so far in its month and its year, and the most they can receive."""

    month: date
    """The first day of the month."""
    month_cents: int
    month_cents_max: int
    year_cents: int
    year_cents_max: int
    limit_year: int
    """Of which year the limits are: those of a later year may not be known yet."""
    is_near: bool
    """Near a limit, or above it."""
    is_over: bool
    """Above a limit: by what other organisations gave."""
    warn_percent: int
    article: str


class MonthView(View):
    """What somebody received in one month."""

    month: date
    amount_cents: int


class FeeView(View):
    """One thing that somebody received for their time, or that counts no longer (less than nothing)."""

    id: UUID
    amount_cents: int
    received_on: date
    form: Form
    source: Source
    giver: str | None
    is_taken_off: bool
    """Whether a later entry says that it counts no longer."""
    may_withdraw: bool
    """Whether whoever asks can take it off."""


class FeesView(View):
    """What somebody received for their time this year and last year."""

    person_name: str
    is_own: bool
    standing: StandingView | None
    """None where the policy does not say how much somebody can receive."""
    months: list[MonthView]
    """The months of this year in which something was received, the first one first."""
    fees: list[FeeView]
    """The newest first."""
    may_tell: bool
    """Whether whoever asks can tell what came from elsewhere."""
