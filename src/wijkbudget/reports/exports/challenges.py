# SPDX-License-Identifier: EUPL-1.2
"""Every bid on a task of the municipality: how far it is, and by when the municipality decides."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from wijkbudget.challenges import queries as challenges
from wijkbudget.challenges.rules.states import State
from wijkbudget.kit.fields import View
from wijkbudget.trail.work import Look


class ChallengeRow(View):
    """A bid, as the public register has it."""

    challenge_id: UUID
    title: str
    municipal_task_id: UUID
    task: str
    state: State
    received_on: date | None
    decide_on: date | None
    """While the municipality owes an answer."""
    suspended_days: int | None
    left_days: int | None
    """Until that day; less than zero if it is past."""


class _Challenges:
    key = "challenges"
    row: type[View] = ChallengeRow
    of_a_year = False

    def rows(self, look: Look, place: str, year: int | None) -> Iterator[ChallengeRow]:  # noqa: ARG002 - it is of all years
        """Yield every bid that was sent in, the newest first."""
        after: str | None = ""
        while after is not None:
            page = challenges.challenges(look, place, after)
            for line in page.bids:
                yield ChallengeRow(
                    challenge_id=line.id,
                    title=line.title,
                    municipal_task_id=line.municipal_task_id,
                    task=line.task_title,
                    state=line.state,
                    received_on=line.received_on,
                    decide_on=line.clock.decide_on if line.clock else None,
                    suspended_days=line.clock.suspended_days if line.clock else None,
                    left_days=line.clock.left_days if line.clock else None,
                )
            after = page.next


CHALLENGES = _Challenges()
