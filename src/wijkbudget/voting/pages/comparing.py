# SPDX-License-Identifier: EUPL-1.2
"""The pages that count a round again: in other ways, who is next, and what would have been enough."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.voting import queries


class ComparingPages(Controller):
    """What everybody can ask about the outcome of a counted round."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}"
    include_in_schema = False

    @get("/vergelijk", opt=does(queries.side_by_side))
    async def side_by_side(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what other ways of counting would have chosen."""
        compared = await desk.ask(queries.side_by_side, place, round_id)
        return page(request, "voting/compare.html", compared=compared, round_id=round_id)

    @get("/waarom", opt=does(queries.reserve))
    async def reserve(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show who is next, and why each plan was not chosen."""
        reserve = await desk.ask(queries.reserve, place, round_id)
        return page(request, "voting/reserve.html", reserve=reserve, round_id=round_id)

    @get("/waarom/plannen", opt=does(queries.was_enough))
    async def was_enough(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        *,
        plan: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show why a plan was chosen or not, and what would have been enough."""
        found = await desk.ask(queries.was_enough, place, round_id, plan)
        return page(request, "voting/enough.html", found=found, round_id=round_id)
