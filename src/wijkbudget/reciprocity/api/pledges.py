# SPDX-License-Identifier: EUPL-1.2
"""The API of pledged time."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity.pledges import queries, service
from wijkbudget.reciprocity.pledges.schemas import PledgedTaskView, PledgeTime, PledgeView


class PledgeApi(Controller):
    """Time that residents pledge to tasks."""

    path = "/api/v1/neighbourhoods/{place:str}"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/tasks/{task_id:uuid}/pledges", opt=does(queries.pledged_to))
    async def pledged_to(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> PledgedTaskView:
        """Return how much time is pledged to a task, of what it needs before it starts."""
        return await desk.ask(queries.pledged_to, place, task_id)

    @post("/tasks/{task_id:uuid}/pledges", opt=does(service.pledge_time))
    async def pledge_time(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        task_id: FromPath[UUID],
        data: JSONBody[PledgeTime],
    ) -> PledgedTaskView:
        """Promise time of your own to a task that waits for it."""
        return await desk.act(service.pledge_time, place, task_id, data)

    @get("/people/{person_id:uuid}/pledges", opt=does(queries.pledges_of))
    async def pledges_of(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> list[PledgeView]:
        """Return the time that somebody pledged, and what became of it."""
        return await desk.ask(queries.pledges_of, place, str(person_id))

    @get("/pledges", opt=does(queries.liftable))
    async def liftable(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[PledgeView]:
        """Return the pledges that bind or were not kept, which somebody can be asked to lift."""
        return await desk.ask(queries.liftable, place)

    @post("/pledges/{pledge_id:uuid}/withdrawal", opt=does(service.withdraw_pledge))
    async def withdraw(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], pledge_id: FromPath[UUID]
    ) -> PledgeView:
        """Take a pledge of your own back before its task starts."""
        return await desk.act(service.withdraw_pledge, place, pledge_id)

    @post("/pledges/{pledge_id:uuid}/lifting", opt=does(service.lift_pledge))
    async def lift(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], pledge_id: FromPath[UUID]
    ) -> PledgeView:
        """Decide that a pledge of somebody else has no consequence."""
        return await desk.act(service.lift_pledge, place, pledge_id)
