# SPDX-License-Identifier: EUPL-1.2
"""Which day comes when: of a report, of looking back, of standing still, of an extension and of an early end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wijkbudget.kit.errors import BadInput, Conflict, RuleBroken
from wijkbudget.kit.period import months_after
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

REPORT_AHEAD_DAYS = 30
"""Choice: a report tells about the time until its day, so it is not written long before."""

SURVEY_DAYS = 14
"""Choice: how long residents can answer, where the policy says nothing."""

NEAR_END_MONTHS = 3
"""Choice: three months before the end there is time to decide how it goes on."""


class NoReportDay(BadInput):
    """The agreement asks no report on this day."""


class ReportTooEarly(RuleBroken):
    """The time that a report tells about has hardly begun."""


class ReportedBefore(Conflict):
    """The report of this day is there."""


class OtherResults(BadInput):
    """A report says something of each result of the agreement, and of no other."""


class NotYetToLookBack(RuleBroken):
    """No day to look back has come, and there is no other reason."""


class WrongLastDay(BadInput):
    """A day does not fit the agreement."""


class CannotExtend(RuleBroken):
    """The policy does not let this agreement last longer."""


class NotNearEnd(RuleBroken):
    """The agreement goes on for a long time yet."""


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """The days of an agreement, with those of its extensions."""

    starts_on: date
    first_end_on: date
    """The last day as it was signed."""
    ends_on: date
    """The last day as it is now."""
    report_days: tuple[date, ...]
    review_days: tuple[date, ...]
    trial_until: date | None
    """Until then either side can stop at once."""
    notice_days: int
    result_numbers: tuple[int, ...]


def demand_report_due(report_on: date, report_days: Collection[date], reported: Collection[date], today: date) -> None:
    """Do nothing if the report of a day can be sent. Raises NoReportDay, ReportedBefore or ReportTooEarly."""
    if report_on not in report_days:
        text = _("Choose a day on which the agreement asks a report.")
        raise NoReportDay(text, fields={"report_on": text})
    if report_on in reported:
        raise ReportedBefore(_("The report of this day is there already. Tell what changed in the next one."))
    if today < report_on - timedelta(days=REPORT_AHEAD_DAYS):
        raise ReportTooEarly(
            _("You can send this report from %(day)s.", day=report_on - timedelta(days=REPORT_AHEAD_DAYS))
        )


def demand_all_results(reported: Collection[int], agreed: Collection[int]) -> None:
    """Do nothing if a report is about each result that was agreed, once. Raises OtherResults."""
    if sorted(reported) != sorted(agreed):
        text = _("Say of each result of the agreement how far you are.")
        raise OtherResults(text, fields={"results": text})


def next_review_day(review_days: Iterable[date], looked_back_on: date | None) -> date | None:
    """Return the first day to look back that is not behind the last time both sides did; it may have passed."""
    return min((day for day in review_days if looked_back_on is None or day > looked_back_on), default=None)


def demand_reason_to_look_back(next_on: date | None, reason: str, today: date) -> None:
    """Do nothing if a day to look back has come, or somebody says why it is done now. Raises NotYetToLookBack."""
    if (next_on is None or today < next_on) and not reason:
        raise NotYetToLookBack(_("The day to look back has not come yet. Write why you do it now."))


def survey_until(policy: ChallengesPolicy | None, today: date) -> date:
    """Return the last day on which residents can answer."""
    return today + timedelta(days=policy.survey_days if policy and policy.survey_days else SURVEY_DAYS)


def demand_pause(until_on: date, ends_on: date, today: date) -> None:
    """Do nothing if the work can stand still until this day. Raises WrongLastDay."""
    if not today < until_on <= ends_on:
        text = _("Choose a day after today, and not after the end of the agreement.")
        raise WrongLastDay(text, fields={"until_on": text})


def extendable_until(policy: ChallengesPolicy, first_end_on: date) -> date | None:
    """Return the last day on which an agreement can end at the latest, or None if it cannot last longer."""
    return months_after(first_end_on, policy.extension_months_max) if policy.extension_months_max else None


def demand_extension(policy: ChallengesPolicy, first_end_on: date, ends_on: date, until_on: date) -> None:
    """Do nothing if an agreement can last until a later day. Raises CannotExtend or WrongLastDay."""
    latest_on = extendable_until(policy, first_end_on)
    if latest_on is None:
        raise CannotExtend(_("The rules here do not let an agreement last longer."), article=policy.article)
    if until_on > latest_on:
        raise CannotExtend(
            _("This agreement can last until %(day)s at the latest.", day=latest_on), article=policy.article
        )
    if until_on <= ends_on:
        text = _("Choose a day after the end of the agreement, %(day)s.", day=ends_on)
        raise WrongLastDay(text, fields={"until_on": text})


def demand_report_days(report_days: Collection[date], ends_on: date, until_on: date) -> None:
    """Do nothing if each new day to report is in the time that was added, once. Raises WrongLastDay."""
    if len(set(report_days)) != len(report_days) or not all(ends_on < day <= until_on for day in report_days):
        text = _("Choose different days after %(first)s, and not after the new end.", first=ends_on)
        raise WrongLastDay(text, fields={"report_days": text})


def review_day_of_extension(until_on: date, extended_on: date) -> date:
    """Return when both sides look back at an extension: three months before its end, or tomorrow if that has passed."""
    return max(months_after(until_on, -NEAR_END_MONTHS), extended_on + timedelta(days=1))


def demand_near_end(ends_on: date, today: date) -> None:
    """Do nothing if an agreement ends within three months, or did. Raises NotNearEnd."""
    if today < months_after(ends_on, -NEAR_END_MONTHS):
        raise NotNearEnd(_("The agreement goes on until %(day)s. Go on, or end it early and say why.", day=ends_on))


def first_day_without(agreed: Agreed, today: date) -> date:
    """Return the first day on which the group need not do the task any more, if somebody ends it today."""
    is_trial = agreed.trial_until is not None and today <= agreed.trial_until
    return today + timedelta(days=0 if is_trial else agreed.notice_days)


def demand_notice(from_on: date, first_on: date) -> None:
    """Do nothing if an early end keeps to the notice that was agreed. Raises WrongLastDay."""
    if from_on < first_on:
        text = _("The agreement asks for notice: choose %(day)s or later.", day=first_on)
        raise WrongLastDay(text, fields={"from_on": text})
