# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers over the API."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.patience import patience
from wijkbudget.http.visitor import PageRequest
from wijkbudget.trail import tries
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.rules import CODE_TRIES, WrongCode
from wijkbudget.vouchers.cheques.schemas import (
    ChequeView,
    DeactivateCheque,
    HandCheque,
    HandedChequeView,
    IssuanceView,
    IssueCheques,
    OpenCheque,
    OverviewView,
    PledgeByCode,
    PledgeOwn,
)


class ChequeApi(Controller):
    """An equal amount for everybody, pledged to plans of the neighbourhood."""

    path = "/api/v1/neighbourhoods/{place:str}/resident-vouchers"
    tags = ("vouchers",)

    @get("/", opt=does(queries.cheques))
    async def overview(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> OverviewView:
        """Return the resident vouchers of a neighbourhood: those that are open, and those before."""
        return await desk.ask(queries.cheques, place)

    @post("/", opt=does(service.issue_cheques))
    async def issue(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[IssueCheques]
    ) -> IssuanceView:
        """Give everybody an equal amount from the pot of this year."""
        return await desk.act(service.issue_cheques, place, data)

    @get("/own", opt=does(queries.own_cheque))
    async def own(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> ChequeView:
        """Return your own resident voucher."""
        return await desk.ask(queries.own_cheque, place)

    @post("/own/pledges", opt=does(service.pledge_own), status_code=200)
    async def pledge_own(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[PledgeOwn]
    ) -> ChequeView:
        """Divide your own resident voucher over plans, instead of how it was divided before."""
        return await desk.act(service.pledge_own, place, data)

    @post("/found", opt=does(queries.cheque_by_code, tries.demand_patience, tries.count), status_code=200)
    async def found(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        data: JSONBody[OpenCheque],
    ) -> ChequeView:
        """Return the resident voucher with a code; a code stands in no address, so it is sent."""
        async with patience(request, desk, CODE_TRIES, WrongCode):
            return await desk.ask(queries.cheque_by_code, place, data)

    @post("/pledges", opt=does(service.pledge_by_code, tries.demand_patience, tries.count), status_code=200)
    async def pledge(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        data: JSONBody[PledgeByCode],
    ) -> ChequeView:
        """Divide the resident voucher with a code over plans, instead of how it was divided before."""
        async with patience(request, desk, CODE_TRIES, WrongCode):
            return await desk.act(service.pledge_by_code, place, data)

    @post("/codes", opt=does(service.hand_cheque))
    async def hand(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[HandCheque]
    ) -> HandedChequeView:
        """Give somebody a new code instead of a lost one."""
        return await desk.act(service.hand_cheque, place, data)

    @post("/deactivations", opt=does(service.deactivate_cheque), status_code=204)
    async def deactivate(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[DeactivateCheque]
    ) -> None:
        """Stop somebody's resident voucher."""
        await desk.act(service.deactivate_cheque, place, data)
