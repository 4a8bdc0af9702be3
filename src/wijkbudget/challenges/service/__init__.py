# SPDX-License-Identifier: EUPL-1.2
"""Lists tasks; starts, writes and sends in bids; gathers their groups; and takes them on for the municipality."""

from wijkbudget.challenges.service.bids import (
    complete,
    start,
    submit,
    withdraw,
    write_costs,
    write_idea,
    write_neighbourhood,
    write_quality,
)
from wijkbudget.challenges.service.cases import ask_to_complete, put_aside, take_on
from wijkbudget.challenges.service.groups import accept, cancel_invitation, decline, invite, leave
from wijkbudget.challenges.service.tasks import import_tasks, list_task, withdraw_task

__all__ = [
    "accept",
    "ask_to_complete",
    "cancel_invitation",
    "complete",
    "decline",
    "import_tasks",
    "invite",
    "leave",
    "list_task",
    "put_aside",
    "start",
    "submit",
    "take_on",
    "withdraw",
    "withdraw_task",
    "write_costs",
    "write_idea",
    "write_neighbourhood",
    "write_quality",
]
