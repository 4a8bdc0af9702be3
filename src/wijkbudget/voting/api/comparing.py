# SPDX-License-Identifier: EUPL-1.2
"""The API that counts a round again: in other ways, who is next, and what would have been enough."""

from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.voting import queries
from wijkbudget.voting.schemas import EnoughView, ReserveView, SideBySideView


class ComparingApi(Controller):
    """What everybody can ask about the outcome of a counted round."""

    path = "/api/v1/neighbourhoods/{place:str}/rounds/{round_id:uuid}"
    tags = ["rounds"]  # noqa: RUF012 - litestar reads it from the class

    @get("/other-tallies", opt=does(queries.side_by_side))
    async def side_by_side(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> SideBySideView:
        """Return what each way of counting makes of the same ballots."""
        return await desk.ask(queries.side_by_side, place, round_id)

    @get("/reserve", opt=does(queries.reserve))
    async def reserve(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> ReserveView:
        """Return who is next, in order, and why the others are not."""
        return await desk.ask(queries.reserve, place, round_id)

    @get("/outcome/options/{key:str}", opt=does(queries.was_enough))
    async def was_enough(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        key: FromPath[str],
    ) -> EnoughView:
        """Return why a plan was chosen or not, and what would have been enough."""
        return await desk.ask(queries.was_enough, place, round_id, key)
