# SPDX-License-Identifier: EUPL-1.2
"""The API of plans that have money: the hands they ask for, and the votes inside them."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.initiatives.projects import queries, service
from wijkbudget.initiatives.projects.schemas import (
    AskForHands,
    CastProjectVote,
    OpenProjectVote,
    ProjectView,
    ProjectVoteView,
)


class ProjectApi(Controller):
    """What projects ask of the neighbourhood."""

    path = "/api/v1/neighbourhoods/{place:str}"
    tags = ["initiatives"]  # noqa: RUF012 - litestar reads it from the class

    @get("/initiatives/{initiative_id:uuid}/project", opt=does(queries.project))
    async def project(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> ProjectView:
        """Return the hands that a project asks for, and the votes inside it."""
        return await desk.ask(queries.project, place, initiative_id)

    @post("/initiatives/{initiative_id:uuid}/tasks", opt=does(service.ask_for_hands))
    async def ask_for_hands(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[AskForHands],
    ) -> ProjectView:
        """Ask for time for an own project."""
        return await desk.act(service.ask_for_hands, place, initiative_id, data)

    @post("/initiatives/{initiative_id:uuid}/project-votes", opt=does(service.open_project_vote))
    async def open_project_vote(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[OpenProjectVote],
    ) -> ProjectVoteView:
        """Ask a question about an own project."""
        return await desk.act(service.open_project_vote, place, initiative_id, data)

    @get("/project-votes/{project_vote_id:uuid}", opt=does(queries.project_vote))
    async def project_vote(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], project_vote_id: FromPath[UUID]
    ) -> ProjectVoteView:
        """Return a vote inside a project."""
        return await desk.ask(queries.project_vote, place, project_vote_id)

    @post("/project-votes/{project_vote_id:uuid}/ballots", opt=does(service.cast_project_vote))
    async def cast(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        project_vote_id: FromPath[UUID],
        data: JSONBody[CastProjectVote],
    ) -> ProjectVoteView:
        """Vote in a project, or change that vote."""
        return await desk.act(service.cast_project_vote, place, project_vote_id, data)
