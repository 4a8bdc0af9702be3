# SPDX-License-Identifier: EUPL-1.2
"""Which time can be logged: how much, of which days, and never two things in the same hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wijkbudget.kit.errors import BadInput, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.text import _
from wijkbudget.kit.units import clock
from wijkbudget.neighbourhoods.rules import ReciprocityPolicy

STEP_MINUTES = 15
"""Choice: time is logged in quarters of an hour, as in most time banks."""

ENTRY_MINUTES_MAX = 720
"""Choice: nobody gives more than twelve hours on one day."""

DAY_MINUTES = 1440


class NotInQuarters(RuleBroken):
    """Time is logged in quarters of an hour."""


class LengthMissing(BadInput):
    """Nobody said how long it took, and the task does not say so either."""


class FixedLength(RuleBroken):
    """The task says how long it takes, so nobody else does."""


class PastMidnight(RuleBroken):
    """Time that goes on after midnight is of two days."""


class NotGivenYet(RuleBroken):
    """Time that is still to be given cannot be logged."""


class GivenTooLongAgo(RuleBroken):
    """Time was given too long ago to be logged."""


class TooMuchTime(RuleBroken):
    """More time in a day or a week than the policy counts."""


class TimeOverlaps(RuleBroken):
    """Somebody would give time to two things in the same hours."""


@dataclass(frozen=True, kw_only=True)
class GivenTime:
    """Time that somebody gave on a day, with when it began if they said so, in minutes after midnight."""

    given_on: date
    minutes: int
    start_minutes: int | None = None


def length_of(asked_minutes: int | None, norm_minutes: int | None) -> int:
    """Return how long something took: what the task says, or else whoever gave it.

    Raises LengthMissing or FixedLength.
    """
    if norm_minutes is None:
        if asked_minutes is None:
            sentence = _("Say how long it took.")
            raise LengthMissing(sentence, fields={"minutes": sentence})
        return asked_minutes
    if asked_minutes not in (None, norm_minutes):
        raise FixedLength(
            _("This task takes %(norm_minutes)s, whoever does it. Do not say how long.", norm_minutes=norm_minutes)
        )
    return norm_minutes


def demand_loggable(policy: ReciprocityPolicy, given: GivenTime, beside: Sequence[GivenTime], today: date) -> None:
    """Do nothing if time can be logged beside what the same person logged in that week.

    Raises NotInQuarters, PastMidnight, NotGivenYet, GivenTooLongAgo, TimeOverlaps or TooMuchTime.
    """
    _demand_quarters(given)
    if given.given_on > today:
        raise NotGivenYet(_("This day is still to come. Log your time afterwards."))
    if (today - given.given_on).days > policy.entry_days_max:
        raise GivenTooLongAgo(
            _("This is too long ago. You can log time for %(days)s days.", days=policy.entry_days_max),
            article=policy.article,
        )
    demand_free(given, beside)
    same_day = sum(other.minutes for other in beside if other.given_on == given.given_on)
    _demand_room(policy, given, same_day, sum(other.minutes for other in beside))


def demand_free(given: GivenTime, beside: Sequence[GivenTime]) -> None:
    """Do nothing if nothing else was logged in the same hours. Raises TimeOverlaps."""
    same_day = [other for other in beside if other.given_on == given.given_on]
    if (other := next((other for other in same_day if _overlaps(given, other)), None)) is not None:
        assert other.start_minutes is not None
        starts, ends = clock(other.start_minutes), clock(other.start_minutes + other.minutes)
        raise TimeOverlaps(
            _(
                "You logged other time that day, from %(starts)s to %(ends)s. The same hours count once.",
                starts=starts,
                ends=ends,
            )
        )


def _demand_quarters(given: GivenTime) -> None:
    """Do nothing if time begins and ends on a quarter of one day. Raises NotInQuarters or PastMidnight."""
    if not STEP_MINUTES <= given.minutes <= ENTRY_MINUTES_MAX or given.minutes % STEP_MINUTES:
        raise NotInQuarters(_("Log time in quarters of an hour, at most 12 hours at once."))
    if given.start_minutes is None:
        return
    if given.start_minutes % STEP_MINUTES:
        raise NotInQuarters(_("Begin at a quarter of an hour, such as 19:15."))
    if given.start_minutes + given.minutes > DAY_MINUTES:
        raise PastMidnight(_("This goes on after midnight. Log what came after midnight on the next day."))


def _demand_room(policy: ReciprocityPolicy, given: GivenTime, day_minutes: int, week_minutes: int) -> None:
    """Do nothing if the day and the week have room for more time. Raises TooMuchTime."""
    if day_minutes + given.minutes > policy.minutes_per_day_max:
        raise TooMuchTime(
            _(
                "That is too much for one day. At most %(most_minutes)s counts. "
                "You logged %(logged_minutes)s that day.",
                most_minutes=policy.minutes_per_day_max,
                logged_minutes=day_minutes,
            ),
            article=policy.article,
        )
    if week_minutes + given.minutes > policy.minutes_per_week_max:
        raise TooMuchTime(
            _(
                "That is too much for one week. At most %(most_minutes)s counts. "
                "You logged %(logged_minutes)s that week.",
                most_minutes=policy.minutes_per_week_max,
                logged_minutes=week_minutes,
            ),
            article=policy.article,
        )


def _overlaps(one: GivenTime, other: GivenTime) -> bool:
    """Return whether two stretches of one day share a moment; one of which nobody knows the start shares none."""
    if one.start_minutes is None or other.start_minutes is None:
        return False
    starts_before = one.start_minutes < other.start_minutes + other.minutes
    return starts_before and other.start_minutes < one.start_minutes + one.minutes


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday of a day's week and the Monday after it."""
    monday = day - timedelta(days=day.weekday())
    return monday, days_after(monday, 7)
