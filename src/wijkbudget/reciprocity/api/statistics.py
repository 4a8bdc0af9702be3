# SPDX-License-Identifier: EUPL-1.2
"""The API of how much time a neighbourhood gives."""

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity.statistics import queries
from wijkbudget.reciprocity.statistics.schemas import StatisticsView


class StatisticsApi(Controller):
    """How much time a neighbourhood gives, for what and where, and who is not reached."""

    path = "/api/v1/neighbourhoods/{place:str}/time-statistics"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.statistics))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], period: FromQuery[str | None] = None
    ) -> StatisticsView:
        """Return the time of a quarter that is over, such as `2026-Q1`; the last one if none is named."""
        return await desk.ask(queries.statistics, place, period)
