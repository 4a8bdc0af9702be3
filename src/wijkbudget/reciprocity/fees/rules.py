# SPDX-License-Identifier: EUPL-1.2
"""What somebody can receive for their time, and when that is near or over what the law leaves untaxed.

Source: Wet op de loonbelasting 1964, art. 2 lid 6: a volunteer receives no more than an amount a month and an amount a
year, in money and in kind together, from everybody; above it all of it is wages. Choice: this house pays no wages, so
what does not fit is refused. Refunds of real costs are no fee, and neither is the price of a share handed back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules.earning import FeeLimit, VolunteerFeesPolicy


class Form(StrEnum):
    """In what somebody receives something."""

    MONEY = "money"
    IN_KIND = "in_kind"
    """A thing, a ticket, a lesson: at its value."""


class Source(StrEnum):
    """From where it comes."""

    CLAIM = "claim"
    """A fee that a group asked for one of its members."""
    REWARD = "reward"
    """Something chosen for tasks that were done."""
    ELSEWHERE = "elsewhere"
    """From another organisation; somebody told the house."""


@dataclass(frozen=True, kw_only=True)
class Fee:
    """What somebody receives for their time; `about` says for what, once for each source."""

    person_id: str
    amount_cents: int
    received_on: date
    form: Form
    source: Source
    about: str


class NoFeeLimits(RuleBroken):
    """The policy does not say how much somebody can receive for their time."""


class FeeTooHigh(RuleBroken):
    """With this somebody would receive more in a month or a year than the law leaves untaxed."""


class FeeNotFound(NotFound):
    """There is no such fee of this person."""


class NotToldHere(RuleBroken):
    """It was not told but received here, so it is not withdrawn by hand."""


class ToldByOther(NotAllowed):
    """Somebody else told it."""


class WithdrawnBefore(RuleBroken):
    """It was taken off before."""


class NoFeeThatDay(BadInput):
    """A day that does not count here."""


def limit_on(limits: Sequence[FeeLimit], on: date) -> FeeLimit:
    """Return what holds on a day: the limit of its year, or else of the last year before it that is known."""
    known = [limit for limit in limits if limit.year <= on.year]
    return known[-1] if known else limits[0]


def month_of(on: date) -> str:
    """Return the month of a day as totals are kept, such as `2026-03`."""
    return f"{on.year:04}-{on.month:02}"


def year_of(on: date) -> str:
    """Return the year of a day as totals are kept, such as `2026`."""
    return f"{on.year:04}"


def is_near(section: VolunteerFeesPolicy, on: date, month_cents: int, year_cents: int) -> bool:
    """Return whether what somebody received comes near a limit, or is above it."""
    limit = limit_on(section.limits, on)
    pairs = (month_cents, limit.month_cents_max), (year_cents, limit.year_cents_max)
    return any(received * 100 >= most * section.warn_percent for received, most in pairs)


def demand_within(section: VolunteerFeesPolicy, on: date, month_cents: int, year_cents: int) -> None:
    """Do nothing if what somebody receives in the month and year of a day stays within the limits. Raises FeeTooHigh.

    Choice: the refusal tells the limit and not what somebody received, because that is nobody's business but theirs.
    """
    limit = limit_on(section.limits, on)
    if month_cents > limit.month_cents_max:
        sentence = _(
            "This is too much for one month. For all their time together somebody can receive at most %(most_cents)s "
            "a month. Ask for less, or wait for the next month. Real costs with a receipt do not count.",
            most_cents=limit.month_cents_max,
        )
        raise FeeTooHigh(sentence, article=section.article)
    if year_cents > limit.year_cents_max:
        sentence = _(
            "This is too much for one year. For all their time together somebody can receive at most %(most_cents)s "
            "a year. Ask for less, or wait for the next year. Real costs with a receipt do not count.",
            most_cents=limit.year_cents_max,
        )
        raise FeeTooHigh(sentence, article=section.article)


def demand_counted_day(received_on: date, today: date) -> None:
    """Do nothing if something received on a day can be told today. Raises NoFeeThatDay.

    Choice: this year and the one before it, which somebody may still have to tell the tax office about.
    """
    if received_on > today or received_on.year < today.year - 1:
        sentence = _("Choose a day of this year or last year, and not one that is still to come.")
        raise NoFeeThatDay(sentence, fields={"received_on": sentence})


def demand_withdrawable(source: Source, *, told_by_me: bool, only_own: bool) -> None:
    """Do nothing if somebody may take off what was told. Raises NotToldHere or ToldByOther."""
    if source is not Source.ELSEWHERE:
        raise NotToldHere(_("You received this here. It goes off by itself when the payment or reward is undone."))
    if only_own and not told_by_me:
        raise ToldByOther(_("The municipality wrote this down. Ask there if it is wrong."))
