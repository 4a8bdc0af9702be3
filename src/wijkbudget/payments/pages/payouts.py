# SPDX-License-Identifier: EUPL-1.2
"""Payouts of a neighbourhood on pages."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.payments import queries, service
from wijkbudget.payments.schemas import PayPayout


class PayoutPages(Controller):
    """What the cashier has to pay, and what was paid."""

    path = "/wijken/{place:str}/betalingen"
    include_in_schema = False

    @get("/", opt=does(queries.payouts))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what must be paid, and what was."""
        return page(request, "payments/overview.html", payouts=await desk.ask(queries.payouts, place))

    @get("/{payout_id:uuid}", opt=does(queries.payout))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one payment, with the form to whoever may pay it."""
        return page(request, "payments/read.html", payout=await desk.ask(queries.payout, place, payout_id))

    @post("/{payout_id:uuid}", opt=does(service.pay, queries.payout))
    async def pay(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say that the bank paid."""
        form = await read_form(request)
        try:
            await desk.act(service.pay, place, payout_id, form.command(PayPayout))
        except Refusal as refusal:
            payout = await desk.ask(queries.payout, place, payout_id)
            return page(request, "payments/read.html", form=form, refusal=refusal, payout=payout)
        return redirect(request, f"/wijken/{place}/betalingen", done=_("The payment is in the books."))
