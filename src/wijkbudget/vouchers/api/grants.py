# SPDX-License-Identifier: EUPL-1.2
"""Decisions about money over the API."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.grants import queries, service
from wijkbudget.vouchers.grants.schemas import GrantDecisionView, LowerVoucher, MakeKnown
from wijkbudget.vouchers.reminders import service as reminding
from wijkbudget.vouchers.reminders.schemas import ReminderView, RemindGroup
from wijkbudget.vouchers.schemas import TakeBack, VoucherView


class GrantApi(Controller):
    """What was decided about money of plans, and since when that is known."""

    path = "/api/v1/neighbourhoods/{place:str}/grant-decisions"
    tags = ("vouchers",)

    @get("/", opt=does(queries.grant_decisions))
    async def overview(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], about: FromQuery[str | None] = None
    ) -> list[GrantDecisionView]:
        """Return the decisions that you may read, all of them or those about one plan."""
        return await desk.ask(queries.grant_decisions, place, about)

    @post("/notifications", opt=does(service.make_known))
    async def make_known(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[MakeKnown]
    ) -> list[GrantDecisionView]:
        """Say on which day decisions were sent or handed over."""
        return await desk.act(service.make_known, place, data)

    @get("/{grant_decision_id:uuid}", opt=does(queries.grant_decision))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], grant_decision_id: FromPath[UUID]
    ) -> GrantDecisionView:
        """Return one decision."""
        return await desk.ask(queries.grant_decision, place, grant_decision_id)

    @post("/{grant_decision_id:uuid}/collection", opt=does(service.collect))
    async def collect(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], grant_decision_id: FromPath[UUID]
    ) -> GrantDecisionView:
        """Take a decision that is for you."""
        return await desk.act(service.collect, place, grant_decision_id)


class EndingApi(Controller):
    """The end of a voucher where it is not as granted, and the money that comes back."""

    path = "/api/v1/neighbourhoods/{place:str}/vouchers/{voucher_id:uuid}"
    tags = ("vouchers",)

    @post("/lower-settlement", opt=does(vouchers.settle_lower))
    async def settle_lower(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[LowerVoucher],
    ) -> VoucherView:
        """Settle a voucher for less than was paid."""
        return await desk.act(vouchers.settle_lower, place, voucher_id, data)

    @post("/settlement-change", opt=does(vouchers.lower_settlement))
    async def lower_settlement(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[LowerVoucher],
    ) -> VoucherView:
        """Change a settlement to less."""
        return await desk.act(vouchers.lower_settlement, place, voucher_id, data)

    @post("/reminders", opt=does(reminding.remind))
    async def remind(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[RemindGroup],
    ) -> ReminderView:
        """Ask a group by letter to account for its money, until a day."""
        return await desk.act(reminding.remind, place, voucher_id, data)

    @post("/repayments", opt=does(vouchers.take_back))
    async def take_back(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[TakeBack],
    ) -> VoucherView:
        """Book money that a group paid back."""
        return await desk.act(vouchers.take_back, place, voucher_id, data)
