# SPDX-License-Identifier: EUPL-1.2
"""The public pages: the money, the record and its proof, and what this house is and keeps."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reports import queries
from wijkbudget.reports.cases import queries as cases
from wijkbudget.trail import queries as trail


class MoneyPages(Controller):
    """Where every euro of a neighbourhood is."""

    path = "/wijken/{place:str}/geld"
    include_in_schema = False

    @get("/", opt=does(neighbourhoods.neighbourhood, queries.pots))
    async def pots(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show each year's money."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        return page(request, "reports/pots.html", neighbourhood=neighbourhood, pots=await desk.ask(queries.pots, place))

    @get("/{year:int}", opt=does(neighbourhoods.neighbourhood, queries.money))
    async def money(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        year: FromPath[int],
        thema: FromQuery[str | None] = None,
    ) -> Response[Any]:
        """Show the money of one year, or of the pot of a theme in it, and of each initiative."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        money = await desk.ask(queries.money, place, year, thema)
        return page(request, "reports/money.html", neighbourhood=neighbourhood, money=money)

    @get("/{year:int}/boekingen", opt=does(neighbourhoods.neighbourhood, queries.transfers))
    async def transfers(  # noqa: PLR0913, PLR0917 - litestar passes each part of the address by name
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        year: FromPath[int],
        rekening: FromQuery[str] = "",
        voor: FromQuery[str | None] = None,
        thema: FromQuery[str | None] = None,
    ) -> Response[Any]:
        """Show a page of the transfers behind an amount."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        moved = await desk.ask(queries.transfers, place, year, rekening, voor, thema)
        return page(
            request,
            "reports/transfers.html",
            neighbourhood=neighbourhood,
            year=year,
            moved=moved,
            is_first=voor is None,
            theme=thema,
        )


class RecordPages(Controller):
    """What happened in a neighbourhood, and the proof of it."""

    path = "/wijken/{place:str}/logboek"
    include_in_schema = False

    @get("/", opt=does(neighbourhoods.neighbourhood, queries.record))
    async def record(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voor: FromQuery[int | None] = None,
    ) -> Response[Any]:
        """Show what happened, newest first."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        record = await desk.ask(queries.record, place, voor)
        return page(request, "reports/record.html", neighbourhood=neighbourhood, record=record, is_first=voor is None)

    @get("/{entry_id:uuid}", opt=does(neighbourhoods.neighbourhood, queries.line))
    async def line(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show one entry and how to check it."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        shown = await desk.ask(queries.line, place, entry_id)
        return page(request, "reports/line.html", neighbourhood=neighbourhood, shown=shown)


class RecordedCasePages(Controller):
    """What happened to bids on tasks of the municipality, each thing with its proof."""

    path = "/wijken/{place:str}/logboek/uitdagingen"
    include_in_schema = False

    @get("/", opt=does(cases.recorded_cases))
    async def list_all(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], na: FromQuery[str] = ""
    ) -> Response[Any]:
        """Show the bids, and how much of each stands in the record."""
        return page(request, "reports/recorded_cases.html", found=await desk.ask(cases.recorded_cases, place, na))

    @get("/{challenge_id:uuid}", opt=does(cases.recorded_case))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show everything that happened to one bid."""
        case = await desk.ask(cases.recorded_case, place, challenge_id)
        return page(request, "reports/recorded_case.html", case=case)


class HousePages(Controller):
    """The newest checkpoint of the whole record, and what this house is and keeps."""

    path = "/"
    include_in_schema = False

    @get("/logboek", opt=does(trail.checkpoint, neighbourhoods.neighbourhoods))
    async def checkpoint(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show how far the record is sealed, and the record of each neighbourhood."""
        newest = await desk.ask(trail.checkpoint)
        places = await desk.ask(neighbourhoods.neighbourhoods)
        return page(request, "reports/checkpoint.html", checkpoint=newest, neighbourhoods=places)

    @get("/uitleg", opt=does())
    async def explanation(self, request: PageRequest) -> Response[Any]:
        """Say how a neighbourhood year works."""
        return page(request, "reports/explanation.html")

    @get("/privacy", opt=does())
    async def privacy(self, request: PageRequest) -> Response[Any]:
        """Say what is kept of people, and who sees it."""
        return page(request, "reports/privacy.html")

    @get("/toegankelijkheid", opt=does())
    async def accessibility(self, request: PageRequest) -> Response[Any]:
        """Say who can use these pages, and how we know."""
        return page(request, "reports/accessibility.html")
