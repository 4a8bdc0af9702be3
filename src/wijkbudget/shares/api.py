# SPDX-License-Identifier: EUPL-1.2
"""The API of shares: what there is, handing back, and what an official and the chair may do; nobody hands one on."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.shares import queries, service
from wijkbudget.shares.schemas import (
    ChangeAccount,
    CorrectShare,
    GrantForContract,
    HandBackShares,
    HoldingView,
    OwnSharesView,
    RegisterView,
    SuspendShares,
    TotalsView,
)


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

    @post("/me/hand-backs", opt=does(service.hand_back))
    async def hand_back(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[HandBackShares]
    ) -> OwnSharesView:
        """Hand own extra shares back for the fixed price in the by-law, never during a vote."""
        return await desk.act(service.hand_back, place, data)

    @post("/me/hand-backs/{hand_back_id:uuid}/account", opt=does(service.change_account))
    async def change_account(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        hand_back_id: FromPath[UUID],
        data: JSONBody[ChangeAccount],
    ) -> OwnSharesView:
        """Have what is owed for shares paid to another account, as long as it is not on its way."""
        return await desk.act(service.change_account, place, hand_back_id, data)

    @get("/register", opt=does(queries.register))
    async def register(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], page: FromQuery[int] = 1
    ) -> RegisterView:
        """Return a page of who holds which shares, by name."""
        return await desk.ask(queries.register, place, page)


class HolderApi(Controller):
    """One holder of shares."""

    path = "/api/v1/neighbourhoods/{place:str}/shares/holders/{person_id:uuid}"
    tags = ["shares"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.holder))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> HoldingView:
        """Return all that happened to the shares of a holder."""
        return await desk.ask(queries.holder, place, person_id)

    @post("/suspension", opt=does(service.suspend))
    async def suspend(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        data: JSONBody[SuspendShares],
    ) -> HoldingView:
        """Let the shares of somebody not count while they are looked into."""
        return await desk.act(service.suspend, place, person_id, data)

    @post("/lifting", opt=does(service.lift))
    async def lift(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> HoldingView:
        """Let the shares of somebody count again."""
        return await desk.act(service.lift, place, person_id)

    @post("/corrections", opt=does(service.correct))
    async def correct(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        data: JSONBody[CorrectShare],
    ) -> HoldingView:
        """Take back a share that was granted by mistake."""
        return await desk.act(service.correct, place, person_id, data)

    @post("/contract-shares", opt=does(service.grant_for_contract))
    async def grant_for_contract(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        data: JSONBody[GrantForContract],
    ) -> HoldingView:
        """Give a holder a share for the neighbourhood contract, as the council decided."""
        return await desk.act(service.grant_for_contract, place, person_id, data)
