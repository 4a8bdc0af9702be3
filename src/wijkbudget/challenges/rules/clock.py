# SPDX-License-Identifier: EUPL-1.2
"""How long the municipality has: when it must decide, while something is missing and when it came."""

from dataclasses import dataclass
from datetime import date, timedelta

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.terms import suspended_days, term_end
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

DECISION_DAYS = 56
"""Source: Awb art. 4:13 lid 2: eight weeks from the day of receipt, where the by-law names no other term."""

PUT_ASIDE_DAYS = 28
"""Source: Awb art. 4:5 lid 4: four weeks after the time to complete passed unused."""

COMPLETION_DAYS_MAX = 56
"""Choice: nobody gets longer to complete a bid than the municipality has to decide about it."""

PUT_ASIDE = "Algemene wet bestuursrecht, art. 4:5"


class CompletionTooShort(RuleBroken):
    """The policy gives a group more time to complete its bid."""


class CompletionNotOver(RuleBroken):
    """The group can still send what is missing."""


class PutAsideTooLate(RuleBroken):
    """A bid can be put aside for what is missing only within four weeks."""


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A request to complete a bid, and the day on which it was completed or taken on as it was, if that has come."""

    asked_on: date
    last_on: date
    ended_on: date | None


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Where the time to decide stands on a day."""

    received_on: date
    suspended_days: int
    stands_still: bool
    decide_on: date
    """The last day; while it stands still, the last day if nothing comes before the time to complete is over."""
    left_days: int
    """Until that day; less than zero if it is past."""


def read_clock(received_on: date, pause: Pause | None, today: date) -> Clock:
    """Return where the time to decide stands: eight weeks, and every day on which it stood still.

    Source: Awb art. 4:13 lid 2 and 4:15 lid 1 sub a; Algemene termijnenwet art. 1.
    Choice: a request on or after the last of the eight weeks' days changes nothing: what is over cannot stand still.
    """
    in_time = pause is not None and pause.asked_on < received_on + timedelta(days=DECISION_DAYS)
    stood_still = suspended_days(pause.asked_on, pause.last_on, pause.ended_on) if pause and in_time else 0
    decide_on = term_end(received_on, DECISION_DAYS + stood_still)
    return Clock(
        received_on=received_on,
        suspended_days=stood_still,
        stands_still=pause is not None
        and in_time
        and pause.ended_on is None
        and pause.asked_on < today <= pause.last_on,
        decide_on=decide_on,
        left_days=(decide_on - today).days,
    )


def complete_until(policy: ChallengesPolicy, days: int, today: date) -> date:
    """Return the last day on which a group can complete its bid. Raises CompletionTooShort.

    Choice: an official sets this term, so Algemene termijnenwet does not lengthen it; the policy keeps it long enough.
    """
    if days < policy.completion_days:
        raise CompletionTooShort(
            _("Give the group at least %(days)s days.", days=policy.completion_days), article=policy.article
        )
    return today + timedelta(days=days)


def demand_unused(last_on: date, today: date) -> None:
    """Do nothing if the time to complete passed unused, at most four weeks ago.

    Raises CompletionNotOver or PutAsideTooLate.
    """
    if today <= last_on:
        raise CompletionNotOver(
            _("The group can still complete its bid until %(last)s.", last=last_on), article=PUT_ASIDE
        )
    if today > put_aside_until(last_on):
        raise PutAsideTooLate(
            _("This was possible until %(last)s. Take the bid on as it is.", last=put_aside_until(last_on)),
            article=PUT_ASIDE,
        )


def put_aside_until(last_on: date) -> date:
    """Return the last day on which a bid can be put aside. Source: Awb art. 4:5 lid 4; Algemene termijnenwet art. 1."""
    return term_end(last_on, PUT_ASIDE_DAYS)
