# SPDX-License-Identifier: EUPL-1.2
"""Payouts of a neighbourhood on pages: paying them, and undoing one that was a mistake."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.payments import queries, service
from wijkbudget.payments.reversals import queries as undone
from wijkbudget.payments.reversals import service as reversals
from wijkbudget.payments.reversals.schemas import RecoverMoney, ReversePayment
from wijkbudget.payments.schemas import PayPayout


class PayoutPages(Controller):
    """What the cashier has to pay, what was paid, and what must come back."""

    path = "/wijken/{place:str}/betalingen"
    include_in_schema = False

    @get("/", opt=does(queries.payouts, undone.reversals))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what must be paid, what was, and what must come back."""
        payouts = await desk.ask(queries.payouts, place)
        return page(request, "payments/overview.html", payouts=payouts, undone=await desk.ask(undone.reversals, place))

    @get("/{payout_id:uuid}", opt=does(queries.payout, undone.reversals_of))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one payment, with the form to whoever may pay it."""
        return await _read(request, desk, place, payout_id)

    @post("/{payout_id:uuid}", opt=does(service.pay, queries.payout, undone.reversals_of))
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
            return await _read(request, desk, place, payout_id, form, refusal)
        return redirect(request, f"/wijken/{place}/betalingen", done=_("The payment is in the books."))

    @get("/{payout_id:uuid}/terugdraaien", opt=does(queries.payout))
    async def reverse_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to undo a payment."""
        return page(request, "payments/reverse.html", payout=await desk.ask(queries.payout, place, payout_id))

    @post("/{payout_id:uuid}/terugdraaien", opt=does(reversals.reverse, queries.payout))
    async def reverse(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
    ) -> Response[Any]:
        """Undo a payment that was a mistake."""
        form = await read_form(request)
        try:
            await desk.act(reversals.reverse, place, payout_id, form.command(ReversePayment))
        except Refusal as refusal:
            payout = await desk.ask(queries.payout, place, payout_id)
            return page(request, "payments/reverse.html", form=form, refusal=refusal, payout=payout)
        done = _("The payment was undone. It waits for the cashier again.")
        return redirect(request, f"/wijken/{place}/betalingen/{payout_id}", done=done)

    @post(
        "/{payout_id:uuid}/teruggekomen",
        opt=does(reversals.recover, queries.payout, undone.reversals_of),
    )
    async def recover(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        payout_id: FromPath[UUID],
    ) -> Response[Any]:
        """Book money that came back of a payment by mistake."""
        form = await read_form(request)
        try:
            await desk.act(reversals.recover, place, payout_id, form.command(RecoverMoney))
        except Refusal as refusal:
            return await _read(request, desk, place, payout_id, form, refusal)
        done = _("It is booked that this money came back.")
        return redirect(request, f"/wijken/{place}/betalingen/{payout_id}", done=done)


async def _read(  # noqa: PLR0913, PLR0917 - what a page is asked, with the form as it was filled in
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    payout_id: UUID,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """Return the page of one payment, with what was refused on it."""
    payout = await desk.ask(queries.payout, place, payout_id)
    told = await desk.ask(undone.reversals_of, place, payout_id)
    return page(request, "payments/read.html", form=form, refusal=refusal, payout=payout, undone=told)
