# SPDX-License-Identifier: EUPL-1.2
"""The API of the municipality, its neighbourhoods, their rules and their grants."""

from datetime import date

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.neighbourhoods import queries, service
from wijkbudget.neighbourhoods.schemas import (
    AdoptPolicy,
    CarryOver,
    CarryOverView,
    FoundMunicipality,
    GrantBudget,
    GrantView,
    HandBack,
    HandBackView,
    MunicipalityView,
    NeighbourhoodView,
    PolicyView,
    YearView,
)


class MunicipalityApi(Controller):
    """The municipality."""

    path = "/api/v1/municipality"
    tags = ["municipality"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.municipality))
    async def read(self, desk: NamedDependency[FrontDesk]) -> MunicipalityView:
        """Return the municipality."""
        return await desk.ask(queries.municipality)

    @post("/", opt=does(service.found))
    async def found(self, desk: NamedDependency[FrontDesk], data: JSONBody[FoundMunicipality]) -> MunicipalityView:
        """Found the municipality."""
        return await desk.act(service.found, data)


class NeighbourhoodsApi(Controller):
    """The neighbourhoods, their rules and their grants."""

    path = "/api/v1/neighbourhoods"
    tags = ["neighbourhoods"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.neighbourhoods))
    async def list_all(self, desk: NamedDependency[FrontDesk]) -> list[NeighbourhoodView]:
        """Return all neighbourhoods."""
        return await desk.ask(queries.neighbourhoods)

    @get("/{place:str}", opt=does(queries.neighbourhood))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> NeighbourhoodView:
        """Return a neighbourhood."""
        return await desk.ask(queries.neighbourhood, place)

    @get("/{place:str}/policies", opt=does(queries.policies))
    async def policies(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[PolicyView]:
        """Return every version of the rules, newest first."""
        return await desk.ask(queries.policies, place)

    @get("/{place:str}/policy", opt=does(queries.policy))
    async def policy(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], on: FromQuery[date | None] = None
    ) -> PolicyView:
        """Return the rules that hold on a day, today if none is named."""
        return await desk.ask(queries.policy, place, on)

    @post("/{place:str}/policies", opt=does(service.adopt_policy))
    async def adopt_policy(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[AdoptPolicy]
    ) -> PolicyView:
        """Adopt new rules."""
        return await desk.act(service.adopt_policy, place, data)

    @get("/{place:str}/budget-years", opt=does(queries.years))
    async def years(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[YearView]:
        """Return each budget year with what was granted, what went back and what is free."""
        return await desk.ask(queries.years, place)

    @get("/{place:str}/grants", opt=does(queries.grants))
    async def grants(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[GrantView]:
        """Return what the municipality granted."""
        return await desk.ask(queries.grants, place)

    @post("/{place:str}/grants", opt=does(service.grant))
    async def grant(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[GrantBudget]
    ) -> GrantView:
        """Grant money to a year's pot."""
        return await desk.act(service.grant, place, data)

    @get("/{place:str}/hand-backs", opt=does(queries.hand_backs))
    async def hand_backs(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[HandBackView]:
        """Return what went back to the municipality."""
        return await desk.ask(queries.hand_backs, place)

    @post("/{place:str}/hand-backs", opt=does(service.hand_back))
    async def hand_back(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[HandBack]
    ) -> HandBackView:
        """Hand free money back to the municipality."""
        return await desk.act(service.hand_back, place, data)

    @get("/{place:str}/carry-overs", opt=does(queries.carry_overs))
    async def carry_overs(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[CarryOverView]:
        """Return what went along to a next year."""
        return await desk.ask(queries.carry_overs, place)

    @post("/{place:str}/carry-overs", opt=does(service.carry_over))
    async def carry_over(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[CarryOver]
    ) -> CarryOverView:
        """Take free money along to the next year."""
        return await desk.act(service.carry_over, place, data)
