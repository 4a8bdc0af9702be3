# SPDX-License-Identifier: EUPL-1.2
"""Answers about the tasks that residents propose for the list."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import access
from wijkbudget.challenges.models import MunicipalTask, TaskProposal
from wijkbudget.challenges.rules.proposals import ProposalNotFound, ProposalState
from wijkbudget.challenges.schemas import ProposalView
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def task_proposals(look: Look, place: str) -> list[ProposalView]:
    """Return the proposals that were not taken back, those that wait first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    rows = select(TaskProposal).where(
        col(TaskProposal.place) == place, col(TaskProposal.state) != ProposalState.WITHDRAWN
    )
    newest = look.session.exec(rows.order_by(col(TaskProposal.proposed_at).desc(), col(TaskProposal.id))).all()
    return sorted((_view(look, row) for row in newest), key=lambda view: view.state is not ProposalState.OPEN)


@question(access.READ)
def task_proposal(look: Look, place: str, proposal_id: UUID) -> ProposalView:
    """Return one proposal. Raises ProposalNotFound."""
    return _view(look, proposal_row(look, place, proposal_id))


def proposal_row(look: Look, place: str, proposal_id: UUID) -> TaskProposal:
    """Return the row of a proposal. Raises ProposalNotFound."""
    row = look.session.get(TaskProposal, proposal_id)
    if row is None or row.place != place:
        raise ProposalNotFound(_("There is no such proposal in this neighbourhood."))
    return row


def has_open_proposal(look: Look, place: str, person_id: str) -> bool:
    """Return whether a proposal of somebody waits for an answer."""
    mine = col(TaskProposal.proposer) == person_id, col(TaskProposal.state) == ProposalState.OPEN
    return look.session.exec(select(TaskProposal.id).where(col(TaskProposal.place) == place, *mine)).first() is not None


def check_proposals(look: Look) -> Iterator[Fault]:
    """Yield a fault for every proposal that became a task of another neighbourhood, or was answered by its proposer."""
    for row in look.session.exec(select(TaskProposal).order_by(col(TaskProposal.place), col(TaskProposal.id))).all():
        task = look.session.get(MunicipalTask, row.municipal_task_id) if row.municipal_task_id else None
        if task is not None and task.place != row.place:
            yield Fault("challenges", f"proposal {row.id}", f"became a task of {task.place}")
        if row.answerer == row.proposer:
            yield Fault("challenges", f"proposal {row.id}", "was answered by who made it")


def _view(look: Look, row: TaskProposal) -> ProposalView:
    state, is_mine = ProposalState(row.state), row.proposer == look.actor.id
    is_open = state is ProposalState.OPEN
    return ProposalView(
        id=row.id,
        title=row.title,
        what=row.what,
        why=row.why,
        where_seen=row.where_seen,
        proposed_on=day_of(row.proposed_at),
        state=state,
        answer=row.answer,
        answered_on=day_of(row.answered_at) if row.answered_at else None,
        municipal_task_id=row.municipal_task_id,
        may_answer=is_open and access.LIST.allows(look.roles) and not is_mine,
        may_withdraw=is_open and access.GROUP.allows(look.roles) and is_mine,
    )
