# SPDX-License-Identifier: EUPL-1.2
"""What proposals for the list of tasks are asked and answer."""

from datetime import date
from uuid import UUID

from wijkbudget.challenges.rules.proposals import ProposalState
from wijkbudget.kit.fields import Command, Line, Prose, Sentences, View


class ProposeTask(Command):
    """Propose a task for the list of what can be challenged."""

    title: Line
    what: Sentences
    why: Sentences
    where_seen: Prose = ""
    """Where the municipality does it now."""


class DeclineProposal(Command):
    """Say why a task is not put on the list."""

    reason: Sentences


class ProposalView(View):
    """A task that somebody would like to see on the list; never who."""

    id: UUID
    title: str
    what: str
    why: str
    where_seen: str
    proposed_on: date
    state: ProposalState
    answer: str | None
    """Why it is not put on the list."""
    answered_on: date | None
    municipal_task_id: UUID | None
    """The task that it became."""
    may_answer: bool
    may_withdraw: bool
