# SPDX-License-Identifier: EUPL-1.2
"""The API of votes by mandate."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.voting import service
from wijkbudget.voting.mandates import queries as mandates
from wijkbudget.voting.mandates.schemas import GiveMandate, MandatesView, TakeBackMandate


class MandateApi(Controller):
    """Voting for somebody else."""

    path = "/api/v1/neighbourhoods/{place:str}/rounds/{round_id:uuid}/mandates"
    tags = ["rounds"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(mandates.mandates))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> MandatesView:
        """Return how many people vote by mandate."""
        return await desk.ask(mandates.mandates, place, round_id)

    @post("/", opt=does(service.give_mandate))
    async def give(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[GiveMandate],
    ) -> MandatesView:
        """Record that somebody asked another voter to vote for them."""
        return await desk.act(service.give_mandate, place, round_id, data)

    @post("/withdrawal", status_code=200, opt=does(service.take_back_mandate))
    async def take_back(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[TakeBackMandate],
    ) -> MandatesView:
        """Record that somebody votes themselves after all."""
        return await desk.act(service.take_back_mandate, place, round_id, data)
