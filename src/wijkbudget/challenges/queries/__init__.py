# SPDX-License-Identifier: EUPL-1.2
"""Reads the list of tasks, the register of bids, one bid, an invitation, and what waits for an answer."""

from wijkbudget.challenges.queries.challenges import cases, challenge, challenges, invitation
from wijkbudget.challenges.queries.proof import check
from wijkbudget.challenges.queries.proposals import task_proposal, task_proposals
from wijkbudget.challenges.queries.tasks import municipal_task, municipal_tasks, tasks_file

__all__ = [
    "cases",
    "challenge",
    "challenges",
    "check",
    "invitation",
    "municipal_task",
    "municipal_tasks",
    "task_proposal",
    "task_proposals",
    "tasks_file",
]
