# SPDX-License-Identifier: EUPL-1.2
"""The API of the neighbourhood council."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.council import queries, service
from wijkbudget.council.schemas import DecisionView, MemberView, RecordDecision
from wijkbudget.http.desk import FrontDesk, does


class CouncilApi(Controller):
    """The council of a neighbourhood and its decisions."""

    path = "/api/v1/neighbourhoods/{place:str}"
    tags = ["council"]  # noqa: RUF012 - litestar reads it from the class

    @get("/council-members", opt=does(queries.members))
    async def members(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[MemberView]:
        """Return who sits in the council, the chair first."""
        return await desk.ask(queries.members, place)

    @get("/decisions", opt=does(queries.decisions))
    async def decisions(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[DecisionView]:
        """Return what the council decided, newest first."""
        return await desk.ask(queries.decisions, place)

    @get("/decisions/{decision_id:uuid}", opt=does(queries.decision))
    async def decision(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], decision_id: FromPath[UUID]
    ) -> DecisionView:
        """Return one decision."""
        return await desk.ask(queries.decision, place, decision_id)

    @post("/decisions", opt=does(service.record_decision))
    async def record(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[RecordDecision]
    ) -> DecisionView:
        """Record a decision of the council."""
        return await desk.act(service.record_decision, place, data)
