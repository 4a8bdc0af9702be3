# SPDX-License-Identifier: EUPL-1.2
"""The API of the tasks that residents propose for the list."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.schemas import DeclineProposal, ListTask, ProposalView, ProposeTask
from wijkbudget.http.desk import FrontDesk, does


class TaskProposalApi(Controller):
    """Tasks that residents would like to see on the list, with what became of them."""

    path = "/api/v1/neighbourhoods/{place:str}/task-proposals"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.task_proposals))
    async def list_all(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[ProposalView]:
        """Return the proposals, those that wait for an answer first."""
        return await desk.ask(queries.task_proposals, place)

    @post("/", opt=does(service.propose_task))
    async def propose(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[ProposeTask]
    ) -> ProposalView:
        """Propose a task for the list."""
        return await desk.act(service.propose_task, place, data)

    @get("/{proposal_id:uuid}", opt=does(queries.task_proposal))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], proposal_id: FromPath[UUID]
    ) -> ProposalView:
        """Return one proposal."""
        return await desk.ask(queries.task_proposal, place, proposal_id)

    @post("/{proposal_id:uuid}/listing", opt=does(service.list_proposed_task))
    async def list_task(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        proposal_id: FromPath[UUID],
        data: JSONBody[ListTask],
    ) -> ProposalView:
        """Put the task on the list."""
        return await desk.act(service.list_proposed_task, place, proposal_id, data)

    @post("/{proposal_id:uuid}/decline", opt=does(service.decline_proposal))
    async def decline(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        proposal_id: FromPath[UUID],
        data: JSONBody[DeclineProposal],
    ) -> ProposalView:
        """Say why the task is not put on the list."""
        return await desk.act(service.decline_proposal, place, proposal_id, data)

    @post("/{proposal_id:uuid}/withdrawal", opt=does(service.withdraw_proposal))
    async def withdraw(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], proposal_id: FromPath[UUID]
    ) -> ProposalView:
        """Take your proposal back."""
        return await desk.act(service.withdraw_proposal, place, proposal_id)
