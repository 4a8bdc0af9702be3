# SPDX-License-Identifier: EUPL-1.2
"""Proposes tasks for the list, and answers proposals: onto the list, or why not."""

from uuid import UUID

from wijkbudget.challenges import access
from wijkbudget.challenges.events import ProposalDeclined, ProposalListed, ProposalWithdrawn, TaskProposed
from wijkbudget.challenges.models import TaskProposal
from wijkbudget.challenges.queries.proposals import has_open_proposal, proposal_row, task_proposal
from wijkbudget.challenges.queries.tasks import open_titles
from wijkbudget.challenges.rules import group, proposals
from wijkbudget.challenges.rules.proposals import ProposalState
from wijkbudget.challenges.rules.tasks import demand_new_title
from wijkbudget.challenges.schemas import DeclineProposal, ListTask, ProposalView, ProposeTask
from wijkbudget.challenges.service.tasks import list_task
from wijkbudget.db.moving import move
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.START)
def propose_task(work: Work, place: str, command: ProposeTask) -> ProposalView:
    """Propose a task for the list. Raises NotArranged, ProposedBefore or TaskListedBefore."""
    group.demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    proposals.demand_first(has_open=has_open_proposal(work, place, work.actor.id))
    demand_new_title(command.title, open_titles(work, place))
    row = TaskProposal(
        id=work.new_id(),
        place=place,
        title=command.title,
        what=command.what,
        why=command.why,
        where_seen=command.where_seen,
        proposer=work.actor.id,
        proposed_at=work.now,
        state=ProposalState.OPEN,
    )
    work.session.add(row)
    work.session.flush()
    work.record(TaskProposed(place=place, subject=str(row.id)))
    return task_proposal(work, place, row.id)


@verb(access.LIST)
def list_proposed_task(work: Work, place: str, proposal_id: UUID, command: ListTask) -> ProposalView:
    """Put a task that somebody proposed on the list, as the official describes it.

    Raises ProposalNotFound, OwnProposal, ProposalAnswered or TaskListedBefore.
    """
    row = _open_to_answer(work, place, proposal_id)
    task = list_task(work, place, command)
    _answer(work, row, ProposalState.LISTED, municipal_task_id=task.id)
    work.record(ProposalListed(place=place, subject=str(row.id), municipal_task_id=str(task.id)))
    return task_proposal(work, place, proposal_id)


@verb(access.LIST)
def decline_proposal(work: Work, place: str, proposal_id: UUID, command: DeclineProposal) -> ProposalView:
    """Say why a task is not put on the list. Raises ProposalNotFound, OwnProposal or ProposalAnswered."""
    row = _open_to_answer(work, place, proposal_id)
    _answer(work, row, ProposalState.DECLINED, answer=command.reason)
    work.record(ProposalDeclined(place=place, subject=str(row.id)))
    return task_proposal(work, place, proposal_id)


@verb(access.GROUP)
def withdraw_proposal(work: Work, place: str, proposal_id: UUID) -> ProposalView:
    """Take an own proposal back that waits for an answer. Raises ProposalNotFound, NotYours or ProposalAnswered."""
    row = proposal_row(work, place, proposal_id)
    work.demand_own([row.proposer])
    proposals.demand_open(ProposalState(row.state))
    move(work.session, row, ("state",), state=ProposalState.WITHDRAWN)
    work.record(ProposalWithdrawn(place=place, subject=str(row.id)))
    return task_proposal(work, place, proposal_id)


def _open_to_answer(work: Work, place: str, proposal_id: UUID) -> TaskProposal:
    """Return a proposal of somebody else that waits. Raises ProposalNotFound, OwnProposal or ProposalAnswered."""
    row = proposal_row(work, place, proposal_id)
    proposals.demand_others(work.actor.id, row.proposer)
    proposals.demand_open(ProposalState(row.state))
    return row


def _answer(work: Work, row: TaskProposal, state: ProposalState, **values: object) -> None:
    """Answer a proposal, once. Raises ChangedMeanwhile."""
    move(work.session, row, ("state",), state=state, answerer=work.actor.id, answered_at=work.now, **values)
