# SPDX-License-Identifier: EUPL-1.2
"""Vouchers on pages."""

from typing import Any
from uuid import UUID

import segno
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.vouchers import queries, service
from wijkbudget.vouchers.claims import queries as claims
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.schemas import AccountFor


class VoucherPages(Controller):
    """Where the money of a plan is, and what its group does with it."""

    path = "/wijken/{place:str}/wijkvouchers"
    include_in_schema = False

    @get("/", opt=does(queries.vouchers))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the vouchers of a neighbourhood."""
        return page(request, "vouchers/overview.html", vouchers=await desk.ask(queries.vouchers, place))

    @get("/zoeken", opt=does(queries.found_by_code, queries.vouchers))
    async def found(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromQuery[str] = ""
    ) -> Response[Any]:
        """Go to the voucher with a code."""
        try:
            voucher = await desk.ask(queries.found_by_code, place, code)
        except Refusal as refusal:
            form = Form({"code": [code]})
            vouchers = await desk.ask(queries.vouchers, place)
            return page(request, "vouchers/overview.html", form=form, refusal=refusal, vouchers=vouchers)
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher.id}")

    @get("/{voucher_id:uuid}", opt=does(queries.voucher, claims.conditions, claims.claims, grants.grant_decisions))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one voucher with the claims on it."""
        voucher = await desk.ask(queries.voucher, place, voucher_id)
        return page(
            request,
            "vouchers/read.html",
            voucher=voucher,
            decisions=await desk.ask(grants.grant_decisions, place, voucher.about),
            conditions=await desk.ask(claims.conditions, place, voucher_id),
            claims=await desk.ask(claims.claims, place, voucher_id),
        )

    @get("/{voucher_id:uuid}/kaart", opt=does(queries.card))
    async def card(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the card of a voucher, to be printed.

        Choice: as on other cards, no code stands in the picture, because what a phone scans stays in its history.
        """
        card = await desk.ask(queries.card, place, voucher_id)
        address = f"{request.app.state.origin}/wijken/{place}/wijkvouchers/{voucher_id}"
        picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4, light="white")
        return page(request, "vouchers/card.html", card=card, address=address.partition("://")[2], picture=picture)

    @post("/{voucher_id:uuid}/kaart", opt=does(service.replace_code))
    async def replace_code(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Give a voucher a new code instead of a lost one."""
        await read_form(request)
        await desk.act(service.replace_code, place, voucher_id)
        done = _("This is the new code. The old one does not work any more.")
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}/kaart", done=done)

    @get("/{voucher_id:uuid}/verantwoording", opt=does(queries.voucher))
    async def account_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to account for a voucher."""
        return page(request, "vouchers/account.html", voucher=await desk.ask(queries.voucher, place, voucher_id))

    @post("/{voucher_id:uuid}/verantwoording", opt=does(service.account_for, queries.voucher))
    async def account_for(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say what was done with the money."""
        form = await read_form(request)
        try:
            await desk.act(service.account_for, place, voucher_id, form.command(AccountFor))
        except Refusal as refusal:
            voucher = await desk.ask(queries.voucher, place, voucher_id)
            return page(request, "vouchers/account.html", form=form, refusal=refusal, voucher=voucher)
        done = _("Thank you. Your account of the money is public now.")
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=done)

    @post("/{voucher_id:uuid}/vaststelling", opt=does(service.settle))
    async def settle(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """End a voucher; the rest goes back to the pot."""
        await read_form(request)
        await desk.act(service.settle, place, voucher_id)
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=_("The voucher is settled."))
