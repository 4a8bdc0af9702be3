# SPDX-License-Identifier: EUPL-1.2
"""Whether what a bid is worth reaches a European threshold, and what follows from that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.challenges.rules.states import LOOKED_AT, State, wrong_state
from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import Text, _

PROCUREMENT = "Richtlijn 2014/24/EU, art. 4 en 5"
"""Source: Directive 2014/24/EU art. 4 (thresholds) and art. 5 (the value is that of the whole time, with all options
and without VAT; it is never split to stay below), in the Netherlands by the Aanbestedingswet 2012."""

MONTHS_A_YEAR = 12


class Form(StrEnum):
    """What kind of agreement it becomes."""

    SUBSIDY = "subsidy"
    """A subsidy, with an agreement to perform or without. Source: Awb art. 4:21 and 4:36."""
    PUBLIC_CONTRACT = "public_contract"
    """The municipality pays for work or services. Source: Awb art. 4:21 lid 1: that is no subsidy."""
    USE = "use"
    """The group looks after something or uses it, and is not paid for that."""


class Kind(StrEnum):
    """What is done, as the law on procurement tells it apart."""

    SERVICES = "services"
    """Services or supplies."""
    WORKS = "works"
    """Building work."""
    SOCIAL = "social"
    """Social and other specific services. Source: Directive 2014/24/EU, annex XIV."""


class ThresholdOutcome(StrEnum):
    """Where the whole value stands."""

    BELOW = "below"
    """Below the threshold, and of interest to nobody far away."""
    BELOW_WITH_INTEREST = "below_with_interest"
    """Below the threshold, and others may want to do it."""
    REACHED = "reached"
    """At the threshold or above it."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The thresholds of a period, in cents, without VAT."""

    from_on: date
    cents: Mapping[Kind, int]


def _period(year: int, services_cents: int, works_cents: int) -> Thresholds:
    """Return the thresholds of two years; that of social services does not change with them."""
    cents = {Kind.SERVICES: services_cents, Kind.WORKS: works_cents, Kind.SOCIAL: 75_000_000}
    return Thresholds(from_on=date(year, 1, 1), cents=cents)


THRESHOLDS = (
    _period(2020, 21_400_000, 535_000_000),
    _period(2022, 21_500_000, 538_200_000),
    _period(2024, 22_100_000, 553_800_000),
    _period(2026, 21_600_000, 540_400_000),
)
"""For municipalities.

Source: Directive 2014/24/EU art. 4 sub b, c and d, as the European Commission changes it every two years.
Those of 2026 and 2027 are to be verified.
"""

ASSESSABLE = frozenset({State.ELABORATION, *LOOKED_AT}) - {State.READY}
"""An official gathers the facts; from READY on they stand."""


class NotAssessed(RuleBroken):
    """Nobody looked at procurement and state aid yet."""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The whole value beside its threshold."""

    outcome: ThresholdOutcome
    total_cents: int
    threshold_cents: int
    says: Text
    follows: Text


def demand_assessable(now: State) -> None:
    """Do nothing if procurement and state aid can still be looked at. Raises WrongState."""
    if now not in ASSESSABLE:
        raise wrong_state(now)


def demand_assessed(*, is_assessed: bool) -> None:
    """Do nothing if procurement and state aid were looked at. Raises NotAssessed."""
    if not is_assessed:
        raise NotAssessed(_("Look at procurement and state aid first."), article=PROCUREMENT)


def thresholds_on(day: date) -> Thresholds:
    """Return the thresholds that hold on a day; after the last known day those that were known last."""
    return max((each for each in THRESHOLDS if each.from_on <= day), key=lambda each: each.from_on)


def weigh(kind: Kind, total_cents: int, day: date, *, has_interest: bool) -> Weighed:
    """Return where a whole value stands on a day, and what follows.

    Source: Directive 2014/24/EU art. 4: a threshold is reached by a value that is equal to it.
    Source: Gids Proportionaliteit, and HvJ EU C-507/03 (An Post): below it the treaty still asks for openness
    where somebody in another country may want it.
    """
    threshold_cents = thresholds_on(day).cents[kind]
    if total_cents >= threshold_cents:
        outcome = ThresholdOutcome.REACHED
        says = _(
            "The whole value is %(total_cents)s. That reaches the threshold of %(threshold_cents)s.",
            total_cents=total_cents,
            threshold_cents=threshold_cents,
        )
    else:
        outcome = ThresholdOutcome.BELOW_WITH_INTEREST if has_interest else ThresholdOutcome.BELOW
        says = _(
            "The whole value is %(total_cents)s. That is below the threshold of %(threshold_cents)s.",
            total_cents=total_cents,
            threshold_cents=threshold_cents,
        )
    return Weighed(
        outcome=outcome,
        total_cents=total_cents,
        threshold_cents=threshold_cents,
        says=says,
        follows=_follows(outcome, kind),
    )


def whole_cents(cents_a_year: int, months: int | None) -> int:
    """Return what an amount a year is over all months, rounded up, so that it never seems below a threshold."""
    return -(-cents_a_year * (months or MONTHS_A_YEAR) // MONTHS_A_YEAR)


def _follows(outcome: ThresholdOutcome, kind: Kind) -> Text:
    if outcome is ThresholdOutcome.BELOW:
        return _("No European tender is needed. The municipality chooses a way that suits the size.")
    if outcome is ThresholdOutcome.BELOW_WITH_INTEREST:
        return _("No European tender is needed. Others may want this too: make it known, and say why it goes to them.")
    if kind is Kind.SOCIAL:
        return _("If the municipality buys this, the lighter rules for social services hold: it tells so in Europe.")
    return _("If the municipality buys this, it needs a European tender. Ask a lawyer before you go on.")
