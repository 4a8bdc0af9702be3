# SPDX-License-Identifier: EUPL-1.2
"""The API of objections to decisions about bids."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.challenges.objections import queries, service
from wijkbudget.challenges.objections.schemas import (
    AdjournObjections,
    DecideObjections,
    EnterObjection,
    FileObjection,
    ObjectionsView,
    PlanHearing,
    ReportHearing,
)
from wijkbudget.http.desk import FrontDesk, does


class ObjectionApi(Controller):
    """Objections to the last decision about a bid."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}/objections"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.objections))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> ObjectionsView:
        """Return how it stands with the objections."""
        return await desk.ask(queries.objections, place, challenge_id)

    @post("/", opt=does(service.object_to))
    async def object_to(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[FileObjection],
    ) -> ObjectionsView:
        """Object to the last decision."""
        return await desk.act(service.object_to, place, challenge_id, data)

    @post("/paper", opt=does(service.enter_objection))
    async def enter(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[EnterObjection],
    ) -> ObjectionsView:
        """Enter an objection that came on paper."""
        return await desk.act(service.enter_objection, place, challenge_id, data)

    @post("/{objection_id:uuid}/withdrawal", opt=does(service.withdraw_objection))
    async def withdraw(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        objection_id: FromPath[UUID],
    ) -> ObjectionsView:
        """Take your own objection back."""
        return await desk.act(service.withdraw_objection, place, challenge_id, objection_id)

    @post("/hearing", opt=does(service.plan_hearing))
    async def plan_hearing(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[PlanHearing],
    ) -> ObjectionsView:
        """Invite everybody who objected."""
        return await desk.act(service.plan_hearing, place, challenge_id, data)

    @post("/hearing/report", opt=does(service.report_hearing))
    async def report_hearing(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[ReportHearing],
    ) -> ObjectionsView:
        """Write down what was said."""
        return await desk.act(service.report_hearing, place, challenge_id, data)

    @post("/adjournment", opt=does(service.adjourn_objections))
    async def adjourn(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AdjournObjections],
    ) -> ObjectionsView:
        """Put the decision about the objections off by six weeks."""
        return await desk.act(service.adjourn_objections, place, challenge_id, data)

    @post("/upholding", opt=does(service.uphold))
    async def uphold(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[DecideObjections],
    ) -> ObjectionsView:
        """Stay with the decision."""
        return await desk.act(service.uphold, place, challenge_id, data)

    @post("/revision", opt=does(service.revise))
    async def revise(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[DecideObjections],
    ) -> ObjectionsView:
        """Follow an objection, so that the municipality decides anew."""
        return await desk.act(service.revise, place, challenge_id, data)
