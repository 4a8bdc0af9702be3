# SPDX-License-Identifier: EUPL-1.2
"""What a by-law asks of a plan for money, one table of checks, and who decides where the council only advises."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from wijkbudget.initiatives.rules import is_binding
from wijkbudget.kit.errors import BadInput, Conflict, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods.rules import Condition, Policy, PowerRule

_MINUTES_PER_HOUR = 60
_WHOLE_PERCENT = 100


class ConditionNotMet(RuleBroken):
    """The by-law asks something of a plan that this one has not."""


class CouncilDecides(RuleBroken):
    """An official does not decide what the council decides."""


class NoAdvice(WrongState):
    """An official decides after the council gave its advice."""


class AwardedBefore(Conflict):
    """The money of a round is awarded once."""


class NotAWinner(BadInput):
    """A plan is refused by name that did not win."""


@dataclass(frozen=True, kw_only=True)
class Application:
    """What the by-law looks at when somebody asks money for a plan."""

    asked_cents: int
    own_cents: int
    """What the group brings itself, in money."""
    own_minutes: int
    """What it brings itself, in time."""
    is_legal_person: bool
    others_cents: int
    """What the other plans of the same applicant ask or got this year."""
    last_year: int | None
    """The last year in which the same plan of the same applicant had money, if ever."""
    starts_on: date | None
    proposed_on: date


Check = Callable[[Application, Policy, int], Text | None]
"""`(application, policy, value)`; returns the sentence of a refusal, with what would help, or None."""


def own_share_cents(application: Application, hour_cents: int) -> int:
    """Return what a group brings itself, its hours counted as the by-law says; rounded down, as it is their claim."""
    return application.own_cents + application.own_minutes * hour_cents // _MINUTES_PER_HOUR


def own_share_needed_cents(asked_cents: int, percent: int) -> int:
    """Return what a group must bring so that it is a part of all costs; rounded up, or it would be less than that."""
    return -(-asked_cents * percent // max(1, _WHOLE_PERCENT - percent))


def _voucher_max(application: Application, _policy: Policy, most_cents: int) -> Text | None:
    if application.asked_cents <= most_cents:
        return None
    return _(
        "One voucher holds at most %(most_cents)s. Ask for that much or less, or make two plans of it.",
        most_cents=most_cents,
    )


def _applicant_max(application: Application, _policy: Policy, most_cents: int) -> Text | None:
    left_cents = max(0, most_cents - application.others_cents)
    if application.asked_cents <= left_cents:
        return None
    return _(
        "The plans of one person or group ask at most %(most_cents)s together in a year. You can still ask"
        " %(left_cents)s. Ask for less, or take another plan back first.",
        most_cents=most_cents,
        left_cents=left_cents,
    )


def _repeat(application: Application, _policy: Policy, years: int) -> Text | None:
    last, year = application.last_year, application.proposed_on.year
    if last is None or year - last > years:
        return None
    return _(
        "This plan had money in %(last)s. It can have money again from %(first)s on. Think of something new, or look"
        " for other money to go on with it.",
        last=last,
        first=last + years + 1,
    )


def _own_share(application: Application, policy: Policy, percent: int) -> Text | None:
    hour = policy.condition(Condition.OWN_HOUR_CENTS)
    needed_cents = own_share_needed_cents(application.asked_cents, percent)
    own_cents = own_share_cents(application, hour.value if hour else 0)
    if own_cents >= needed_cents:
        return None
    if hour:
        return _(
            "Your group brings at least %(percent)s%% of all costs itself: here %(needed_cents)s, and you bring"
            " %(own_cents)s. Bring more money or hours (an hour counts for %(hour_cents)s), or ask for less.",
            percent=percent,
            needed_cents=needed_cents,
            own_cents=own_cents,
            hour_cents=hour.value,
        )
    return _(
        "Your group brings at least %(percent)s%% of all costs itself: here %(needed_cents)s, and you bring"
        " %(own_cents)s. Bring more money, or ask for less.",
        percent=percent,
        needed_cents=needed_cents,
        own_cents=own_cents,
    )


def _lead_time(application: Application, _policy: Policy, days: int) -> Text | None:
    first = days_after(application.proposed_on, days)
    if application.starts_on and application.starts_on >= first:
        return None
    return _(
        "A plan begins at least %(days)s days after you send it in. Choose %(first)s or later.", days=days, first=first
    )


def _legal_person(application: Application, _policy: Policy, over_cents: int) -> Text | None:
    if application.is_legal_person or application.asked_cents <= over_cents:
        return None
    return _(
        "Above %(over_cents)s only an association or foundation can ask. Make the plan in the name of one, or ask for"
        " less.",
        over_cents=over_cents,
    )


CHECKS: Mapping[Condition, Check] = {
    Condition.VOUCHER_MAX_CENTS: _voucher_max,
    Condition.APPLICANT_YEAR_MAX_CENTS: _applicant_max,
    Condition.REPEAT_AFTER_YEARS: _repeat,
    Condition.OWN_SHARE_PERCENT: _own_share,
    Condition.LEAD_DAYS: _lead_time,
    Condition.LEGAL_PERSON_OVER_CENTS: _legal_person,
}
"""Every condition that is about a plan; the others say what something counts for, or are about payments."""

BEFORE_THE_BALLOT = frozenset(CHECKS) - {Condition.LEAD_DAYS}
"""What is looked at again when a plan is assessed; the days before it begins were counted when it came in."""


FOR_MORE = BEFORE_THE_BALLOT - {Condition.REPEAT_AFTER_YEARS}
"""What is looked at when a plan that has money gets more; that it is no repetition was seen when it came in."""


def demand_conditions(
    application: Application, policy: Policy, asked: frozenset[Condition] = frozenset(CHECKS)
) -> None:
    """Do nothing if a plan is as the by-law asks. Raises ConditionNotMet, naming the article of what it is not.

    Source: Awb art. 4:35 and the by-law itself (a grant can be refused where the applicant will not meet its duties).
    """
    for rule in policy.conditions or ():
        check = CHECKS.get(rule.condition)
        sentence = check(application, policy, rule.value) if check and rule.condition in asked else None
        if sentence:
            raise ConditionNotMet(sentence, article=rule.article)


def demand_no_power(power: PowerRule) -> None:
    """Do nothing where the council only advises, so that an official decides. Raises CouncilDecides."""
    if is_binding(power):
        raise CouncilDecides(_("The council decides about this money itself."), article=power.article)


def demand_advised(power: PowerRule, *, was_advised: bool, was_awarded: bool) -> None:
    """Do nothing if an official can decide about an outcome now. Raises CouncilDecides, NoAdvice or AwardedBefore."""
    demand_no_power(power)
    if not was_advised:
        raise NoAdvice(_("The council did not give its advice yet. Wait for that."), article=power.article)
    if was_awarded:
        raise AwardedBefore(_("The money of this round was awarded before."))


def demand_won(refused: Collection[str], won: Collection[str]) -> None:
    """Do nothing if only plans that won are refused by name. Raises NotAWinner."""
    if not set(refused) <= set(won):
        raise NotAWinner(_("Only a plan that won can be refused by name."))
