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
    write_planning,
    write_quality,
)
from wijkbudget.challenges.service.cases import ask_to_complete, put_aside, take_on, take_over
from wijkbudget.challenges.service.groups import accept, cancel_invitation, decline, invite, leave
from wijkbudget.challenges.service.proposals import (
    decline_proposal,
    list_proposed_task,
    propose_task,
    withdraw_proposal,
)
from wijkbudget.challenges.service.tasks import import_tasks, list_task, withdraw_task
from wijkbudget.challenges.service.times import adjourn, expire_concepts, give_notice, pause, unpause

__all__ = [
    "accept",
    "adjourn",
    "ask_to_complete",
    "cancel_invitation",
    "complete",
    "decline",
    "decline_proposal",
    "expire_concepts",
    "give_notice",
    "import_tasks",
    "invite",
    "leave",
    "list_proposed_task",
    "list_task",
    "pause",
    "propose_task",
    "put_aside",
    "start",
    "submit",
    "take_on",
    "take_over",
    "unpause",
    "withdraw",
    "withdraw_proposal",
    "withdraw_task",
    "write_costs",
    "write_idea",
    "write_neighbourhood",
    "write_planning",
    "write_quality",
]
