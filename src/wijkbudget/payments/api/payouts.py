# SPDX-License-Identifier: EUPL-1.2
"""Payouts of a neighbourhood over the API."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.payments import queries, service
from wijkbudget.payments.reversals import queries as undone
from wijkbudget.payments.reversals import service as reversals
from wijkbudget.payments.reversals.schemas import RecoverMoney, ReversalView, ReversePayment
from wijkbudget.payments.schemas import PayoutView, PayPayout


class PayoutApi(Controller):
    """What must be paid, and what was."""

    path = "/api/v1/neighbourhoods/{place:str}/payouts"
    tags = ("payouts",)

    @get("/", opt=does(queries.payouts))
    async def overview(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[PayoutView]:
        """Return the payouts of a neighbourhood."""
        return await desk.ask(queries.payouts, place)

    @get("/{payout_id:uuid}", opt=does(queries.payout))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], payout_id: FromPath[UUID]
    ) -> PayoutView:
        """Return one payout."""
        return await desk.ask(queries.payout, place, payout_id)

    @post("/{payout_id:uuid}/payment", opt=does(service.pay))
    async def pay(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
        data: JSONBody[PayPayout],
    ) -> PayoutView:
        """Say that the bank paid."""
        return await desk.act(service.pay, place, payout_id, data)

    @get("/reversals", opt=does(undone.reversals))
    async def undone(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[ReversalView]:
        """Return the payments of a neighbourhood that were undone as a mistake."""
        return await desk.ask(undone.reversals, place)

    @post("/{payout_id:uuid}/reversals", opt=does(reversals.reverse))
    async def reverse(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
        data: JSONBody[ReversePayment],
    ) -> list[ReversalView]:
        """Undo a payment that was a mistake."""
        return await desk.act(reversals.reverse, place, payout_id, data)

    @post("/{payout_id:uuid}/recovery", opt=does(reversals.recover))
    async def recover(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
        data: JSONBody[RecoverMoney],
    ) -> list[ReversalView]:
        """Book money that came back of a payment by mistake."""
        return await desk.act(reversals.recover, place, payout_id, data)
