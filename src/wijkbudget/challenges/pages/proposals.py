# SPDX-License-Identifier: EUPL-1.2
"""The pages of the tasks that residents propose for the list."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.schemas import DeclineProposal, ListTask, ProposeTask
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _


class TaskProposalPages(Controller):
    """Tasks that residents would like to see on the list, with what became of them."""

    path = "/wijken/{place:str}/taken/voorstellen"
    include_in_schema = False

    @get("/", opt=does(queries.task_proposals))
    async def list_all(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the proposals, those that wait for an answer first."""
        return page(request, "challenges/proposals.html", proposals=await desk.ask(queries.task_proposals, place))

    @get("/nieuw", opt=does())
    async def proposing(self, request: PageRequest, place: FromPath[str]) -> Response[Any]:
        """Show the form for a proposal."""
        return page(request, "challenges/propose_task.html", place=place)

    @post("/", opt=does(service.propose_task))
    async def propose(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Propose a task for the list."""
        form = await read_form(request)
        try:
            proposal = await desk.act(service.propose_task, place, form.command(ProposeTask))
        except Refusal as refusal:
            return page(request, "challenges/propose_task.html", form=form, refusal=refusal, place=place)
        path = f"/wijken/{place}/taken/voorstellen/{proposal.id}"
        return redirect(request, path, done=_("Thank you. An official answers your proposal here."))

    @get("/{proposal_id:uuid}", opt=does(queries.task_proposal))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        proposal_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one proposal, with its answer."""
        return page(
            request, "challenges/proposal.html", proposal=await desk.ask(queries.task_proposal, place, proposal_id)
        )

    @get("/{proposal_id:uuid}/opnemen", opt=does(queries.task_proposal))
    async def listing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        proposal_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form for a task, filled in as it was proposed."""
        proposal = await desk.ask(queries.task_proposal, place, proposal_id)
        form = Form({"title": [proposal.title], "summary": [proposal.what]})
        return page(request, "challenges/list_proposal.html", form=form, place=place, proposal=proposal)

    @post("/{proposal_id:uuid}/opnemen", opt=does(service.list_proposed_task, queries.task_proposal))
    async def list_task(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        proposal_id: FromPath[UUID],
    ) -> Response[Any]:
        """Put the task on the list."""
        form = await read_form(request)
        try:
            listed = await desk.act(service.list_proposed_task, place, proposal_id, form.command(ListTask))
        except Refusal as refusal:
            shown = {"place": place, "proposal": await desk.ask(queries.task_proposal, place, proposal_id)}
            return page(request, "challenges/list_proposal.html", form=form, refusal=refusal, **shown)
        path = f"/wijken/{place}/taken/{listed.municipal_task_id}"
        return redirect(request, path, done=_("The task is on the list."))

    @post("/{proposal_id:uuid}/afwijzen", opt=does(service.decline_proposal, queries.task_proposal))
    async def decline(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        proposal_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say why the task is not put on the list."""
        form = await read_form(request)
        try:
            await desk.act(service.decline_proposal, place, proposal_id, form.command(DeclineProposal))
        except Refusal as refusal:
            proposal = await desk.ask(queries.task_proposal, place, proposal_id)
            return page(request, "challenges/proposal.html", form=form, refusal=refusal, proposal=proposal)
        path = f"/wijken/{place}/taken/voorstellen/{proposal_id}"
        return redirect(request, path, done=_("Everybody can read your answer."))

    @post("/{proposal_id:uuid}/intrekken", opt=does(service.withdraw_proposal))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        proposal_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take a proposal back."""
        await desk.act(service.withdraw_proposal, place, proposal_id)
        return redirect(request, f"/wijken/{place}/taken/voorstellen", done=_("You took your proposal back."))
