# SPDX-License-Identifier: EUPL-1.2
"""How long a group has to send what is missing, and until when a bid can be put aside that was not completed."""

from datetime import date, timedelta

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.terms import Term, Unit
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

PUT_ASIDE = Term(4, Unit.WEEKS)
"""Source: Awb art. 4:5 lid 4: four weeks after the time to complete passed unused."""

COMPLETION_DAYS_MAX = 56
"""Choice: nobody gets longer to complete a bid than the law gives the municipality to decide about it."""

PUT_ASIDE_BY = "Algemene wet bestuursrecht, art. 4:5"


class CompletionTooShort(RuleBroken):
    """The policy gives a group more time to complete its bid."""


class CompletionNotOver(RuleBroken):
    """The group can still send what is missing."""


class PutAsideTooLate(RuleBroken):
    """A bid can be put aside for what is missing only within four weeks."""


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
            _("The group can still complete its bid until %(last)s.", last=last_on), article=PUT_ASIDE_BY
        )
    if today > put_aside_until(last_on):
        raise PutAsideTooLate(
            _("This was possible until %(last)s. Take the bid on as it is.", last=put_aside_until(last_on)),
            article=PUT_ASIDE_BY,
        )


def put_aside_until(last_on: date) -> date:
    """Return the last day on which a bid can be put aside. Source: Awb art. 4:5 lid 4; Algemene termijnenwet art. 1."""
    return PUT_ASIDE.end(last_on)
