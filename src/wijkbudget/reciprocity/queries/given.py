# SPDX-License-Identifier: EUPL-1.2
"""Reads the time that people gave to one plan or organisation."""

from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.models import Task, TimeEntry
from wijkbudget.reciprocity.queries.voices import counting
from wijkbudget.reciprocity.rules.tasks import Asker
from wijkbudget.trail.work import Look


def given_to(look: Look, place: str, asked_by: Asker, about: str, on: date) -> dict[str, int]:
    """Return how much time each person gave to the tasks of a plan or organisation, of what counts on a day.

    Choice: it counts as long as all time does, by the policy of that day.
    """
    policy = neighbourhoods.policy(look, place, on).rules.reciprocity
    rows = (
        select(col(TimeEntry.person_id), func.sum(col(TimeEntry.minutes)))
        .join(Task, col(Task.id) == col(TimeEntry.task_id))
        .where(col(Task.asked_by) == asked_by, col(Task.about) == about, *counting(place, on, policy))
        .group_by(col(TimeEntry.person_id))
    )
    return {str(person_id): int(minutes) for person_id, minutes in look.session.exec(rows)}
