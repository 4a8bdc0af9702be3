# SPDX-License-Identifier: EUPL-1.2
"""The API of shares; there is nothing to send, because nobody grants, sells or hands on a share."""

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.shares import queries
from wijkbudget.shares.schemas import OwnSharesView, RegisterView, TotalsView


class ShareApi(Controller):
    """The shares of a neighbourhood."""

    path = "/api/v1/neighbourhoods/{place:str}/shares"
    tags = ["shares"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.totals))
    async def totals(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> TotalsView:
        """Return how many people hold how many shares, and why."""
        return await desk.ask(queries.totals, place)

    @get("/me", opt=does(queries.own))
    async def own(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> OwnSharesView:
        """Return the reader's own shares."""
        return await desk.ask(queries.own, place)

    @get("/register", opt=does(queries.register))
    async def register(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], page: FromQuery[int] = 1
    ) -> RegisterView:
        """Return a page of who holds which shares, by name."""
        return await desk.ask(queries.register, place, page)
