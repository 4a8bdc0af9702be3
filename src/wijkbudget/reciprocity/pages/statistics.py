# SPDX-License-Identifier: EUPL-1.2
"""The page of how much time a neighbourhood gives."""

from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.reciprocity.statistics import queries


class StatisticsPages(Controller):
    """How much time a neighbourhood gives, for what and where, and who is not reached."""

    path = "/wijken/{place:str}/tijd-in-cijfers"
    include_in_schema = False

    @get("/", opt=does(queries.statistics))
    async def statistics(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        kwartaal: FromQuery[str | None] = None,
    ) -> Response[Any]:
        """Show the time of a quarter that is over."""
        found = await desk.ask(queries.statistics, place, kwartaal)
        return page(request, "reciprocity/statistics.html", found=found)
