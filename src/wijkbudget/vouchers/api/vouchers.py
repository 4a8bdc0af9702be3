# SPDX-License-Identifier: EUPL-1.2
"""Vouchers over the API."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.vouchers import queries, service
from wijkbudget.vouchers.schemas import AccountFor, VoucherCardView, VoucherView


class VoucherApi(Controller):
    """Where the money of a plan is."""

    path = "/api/v1/neighbourhoods/{place:str}/vouchers"
    tags = ("vouchers",)

    @get("/", opt=does(queries.vouchers))
    async def overview(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[VoucherView]:
        """Return the vouchers of a neighbourhood."""
        return await desk.ask(queries.vouchers, place)

    @get("/found", opt=does(queries.found_by_code))
    async def found(self, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromQuery[str]) -> VoucherView:
        """Return the voucher with a code."""
        return await desk.ask(queries.found_by_code, place, code)

    @get("/{voucher_id:uuid}", opt=does(queries.voucher))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> VoucherView:
        """Return one voucher."""
        return await desk.ask(queries.voucher, place, voucher_id)

    @get("/{voucher_id:uuid}/card", opt=does(queries.card))
    async def card(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> VoucherCardView:
        """Return what stands on the card of a voucher."""
        return await desk.ask(queries.card, place, voucher_id)

    @post("/{voucher_id:uuid}/code", opt=does(service.replace_code))
    async def replace_code(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> VoucherCardView:
        """Give a voucher a new code instead of a lost one."""
        return await desk.act(service.replace_code, place, voucher_id)

    @post("/{voucher_id:uuid}/account", opt=does(service.account_for))
    async def account_for(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[AccountFor],
    ) -> VoucherView:
        """Say what was done with the money."""
        return await desk.act(service.account_for, place, voucher_id, data)

    @post("/{voucher_id:uuid}/settlement", opt=does(service.settle))
    async def settle(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> VoucherView:
        """End a voucher; the rest goes back to the pot."""
        return await desk.act(service.settle, place, voucher_id)
