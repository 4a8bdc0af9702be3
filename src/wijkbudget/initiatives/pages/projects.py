# SPDX-License-Identifier: EUPL-1.2
"""The pages of plans that have money: the hands they ask for, and the votes inside them."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.initiatives.projects import queries, service
from wijkbudget.initiatives.projects.schemas import AskForHands, CastProjectVote, OpenProjectVote
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _


class ProjectPages(Controller):
    """What projects ask of the neighbourhood."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/initiatieven/{initiative_id:uuid}/hulp-vragen", opt=does(queries.project))
    async def asking(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to ask for time."""
        project = await desk.ask(queries.project, place, initiative_id)
        return page(request, "initiatives/projects/ask_for_hands.html", project=project)

    @post("/initiatieven/{initiative_id:uuid}/hulp-vragen", opt=does(service.ask_for_hands, queries.project))
    async def ask_for_hands(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask for time for an own project."""
        form = await read_form(request)
        try:
            await desk.act(service.ask_for_hands, place, initiative_id, form.command(AskForHands))
        except Refusal as refusal:
            project = await desk.ask(queries.project, place, initiative_id)
            return page(request, "initiatives/projects/ask_for_hands.html", form=form, refusal=refusal, project=project)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("Your neighbours can pledge time now."))

    @get("/initiatieven/{initiative_id:uuid}/projectstemmen", opt=does(queries.project))
    async def opening(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to ask a question."""
        project = await desk.ask(queries.project, place, initiative_id)
        return page(request, "initiatives/projects/open_vote.html", project=project)

    @post("/initiatieven/{initiative_id:uuid}/projectstemmen", opt=does(service.open_project_vote, queries.project))
    async def open_project_vote(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask a question about an own project."""
        form = await read_form(request)
        lines = [line for typed in form.all("choices") for line in typed.splitlines() if line.strip()]
        try:
            vote = await desk.act(
                service.open_project_vote, place, initiative_id, form.command(OpenProjectVote, choices=lines)
            )
        except Refusal as refusal:
            project = await desk.ask(queries.project, place, initiative_id)
            return page(request, "initiatives/projects/open_vote.html", form=form, refusal=refusal, project=project)
        return redirect(request, f"/wijken/{place}/projectstemmen/{vote.id}", done=_("Everybody can vote now."))

    @get("/projectstemmen/{project_vote_id:uuid}", opt=does(queries.project_vote))
    async def project_vote(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        project_vote_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show a vote inside a project, with the form to vote."""
        vote = await desk.ask(queries.project_vote, place, project_vote_id)
        return page(request, "initiatives/projects/vote.html", vote=vote)

    @post("/projectstemmen/{project_vote_id:uuid}", opt=does(service.cast_project_vote, queries.project_vote))
    async def cast(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        project_vote_id: FromPath[UUID],
    ) -> Response[Any]:
        """Vote in a project, or change that vote."""
        form = await read_form(request)
        try:
            await desk.act(service.cast_project_vote, place, project_vote_id, form.command(CastProjectVote))
        except Refusal as refusal:
            vote = await desk.ask(queries.project_vote, place, project_vote_id)
            return page(request, "initiatives/projects/vote.html", form=form, refusal=refusal, vote=vote)
        done = _("You voted. You can change it until the last day.")
        return redirect(request, f"/wijken/{place}/projectstemmen/{project_vote_id}", done=done)
