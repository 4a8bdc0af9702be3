# SPDX-License-Identifier: EUPL-1.2
"""The pages of shares."""

from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.shares import queries


class SharePages(Controller):
    """The shares of a neighbourhood."""

    path = "/wijken/{place:str}/wijkaandelen"
    include_in_schema = False

    @get("/", opt=does(queries.totals))
    async def totals(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what a share is, and how many there are."""
        return page(request, "shares/totals.html", totals=await desk.ask(queries.totals, place))

    @get("/mijn", opt=does(queries.own))
    async def own(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show the reader's own shares, with the reason of each."""
        return page(request, "shares/own.html", own=await desk.ask(queries.own, place))

    @get("/register", opt=does(queries.register))
    async def register(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        bladzijde: FromQuery[int] = 1,
    ) -> Response[Any]:
        """Show a page of who holds which shares, by name."""
        return page(request, "shares/register.html", register=await desk.ask(queries.register, place, bladzijde))
