# SPDX-License-Identifier: EUPL-1.2
"""Uses finished tasks up, for the verbs in which they earn something."""

from collections.abc import Sequence
from uuid import UUID

from wijkbudget.reciprocity.models import UsedTask
from wijkbudget.reciprocity.queries.finished import FinishedTask
from wijkbudget.trail.work import Work


def use_tasks(work: Work, place: str, finished: Sequence[FinishedTask], about: str, *, still_counts: bool) -> None:
    """Let tasks that whoever acts finished earn something, each once for ever; the verb that decided so records it."""
    work.session.add_all(
        UsedTask(
            person_id=UUID(work.actor.id),
            task_id=task.task_id,
            given_on=task.given_on,
            place=place,
            about=about,
            still_counts=still_counts,
        )
        for task in finished
    )
    work.session.flush()
