# SPDX-License-Identifier: EUPL-1.2
"""Reads which rights are open to somebody by the time they gave, and refuses those that are not."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Right, RightsPolicy
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import TimeEntry
from wijkbudget.reciprocity.queries.voices import counting, exempt_on
from wijkbudget.reciprocity.rulebook.threshold import THRESHOLD
from wijkbudget.reciprocity.rules.rights import Effort, Gate, RightClosed
from wijkbudget.reciprocity.schemas import RightsView
from wijkbudget.trail.work import Look, question


@question(access.SEE_OWN_VOICE)
def rights_of(look: Look, place: str, person_id: str) -> RightsView:
    """Return which rights wait for somebody's time here, and whether they are open. Raises NotYours."""
    look.demand_own({person_id})
    policy = neighbourhoods.policy(look, place).rules.rights
    if policy is None:
        return RightsView(opens=[], is_open=True, steps=[], article=None)
    gate = _gate(look, place, person_id, policy)
    return RightsView(opens=list(policy.opens), is_open=gate.is_open, steps=list(gate.steps), article=policy.article)


def demand_right(look: Look, place: str, person_id: str, right: Right) -> None:
    """Do nothing if somebody has a right here today. Raises RightClosed, which says what would open it."""
    policy = neighbourhoods.policy(look, place).rules.rights
    if policy is None or right not in policy.opens:
        return
    gate = _gate(look, place, person_id, policy)
    if not gate.is_open:
        raise RightClosed(gate.steps[0], article=policy.article)


def _gate(look: Look, place: str, person_id: str, policy: RightsPolicy) -> Gate:
    """Return whether the rights of a policy are open to somebody today.

    Choice: a task and a day is one finished task, as for a reward, whether or not it earned one.
    """
    on = look.today
    rows = (
        select(func.sum(col(TimeEntry.minutes)))
        .where(col(TimeEntry.person_id) == UUID(person_id), *counting(place, on, policy))
        .group_by(col(TimeEntry.task_id), col(TimeEntry.given_on))
    )
    finished = [int(minutes) for minutes in look.session.exec(rows).all()]
    is_exempt = person_id in exempt_on(look, place, on)
    effort = Effort(minutes=sum(finished), task_count=len(finished), is_exempt=is_exempt)
    return THRESHOLD.gate(effort, policy)
