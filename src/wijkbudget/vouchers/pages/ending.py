# SPDX-License-Identifier: EUPL-1.2
"""The end of a voucher on pages, where it is not as granted: less, and what comes back."""

from collections.abc import Callable
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
from wijkbudget.vouchers import queries, service
from wijkbudget.vouchers.grants.schemas import LowerVoucher
from wijkbudget.vouchers.reminders import service as reminding
from wijkbudget.vouchers.reminders.schemas import RemindGroup
from wijkbudget.vouchers.schemas import TakeBack


class EndingPages(Controller):
    """What is decided about a voucher to the disadvantage of its group, and the money that comes back."""

    path = "/wijken/{place:str}/wijkvouchers/{voucher_id:uuid}"
    include_in_schema = False

    @get("/lager", opt=does(queries.voucher))
    async def lower_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to settle for less."""
        return page(request, "vouchers/lower.html", voucher=await desk.ask(queries.voucher, place, voucher_id))

    @post("/lager", opt=does(service.settle_lower, queries.voucher))
    async def settle_lower(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Settle a voucher for less than was paid."""
        return await _lower(request, desk, service.settle_lower, place, voucher_id)

    @post("/verlagen", opt=does(service.lower_settlement, queries.voucher))
    async def lower_settlement(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Change a settlement to less."""
        return await _lower(request, desk, service.lower_settlement, place, voucher_id)

    @get("/herinnering", opt=does(queries.voucher))
    async def remind_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to ask a group to account for its money."""
        return page(request, "vouchers/remind.html", voucher=await desk.ask(queries.voucher, place, voucher_id))

    @post("/herinnering", opt=does(reminding.remind, queries.voucher))
    async def remind(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask a group by letter to account for its money."""
        form = await read_form(request)
        try:
            await desk.act(reminding.remind, place, voucher_id, form.command(RemindGroup))
        except Refusal as refusal:
            voucher = await desk.ask(queries.voucher, place, voucher_id)
            return page(request, "vouchers/remind.html", form=form, refusal=refusal, voucher=voucher)
        done = _("The letter to the group is being made.")
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=done)

    @get("/terugbetalen", opt=does(queries.voucher))
    async def take_back_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to book what came back."""
        return page(request, "vouchers/take_back.html", voucher=await desk.ask(queries.voucher, place, voucher_id))

    @post("/terugbetalen", opt=does(service.take_back, queries.voucher))
    async def take_back(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Book what came back."""
        form = await read_form(request)
        try:
            await desk.act(service.take_back, place, voucher_id, form.command(TakeBack))
        except Refusal as refusal:
            voucher = await desk.ask(queries.voucher, place, voucher_id)
            return page(request, "vouchers/take_back.html", form=form, refusal=refusal, voucher=voucher)
        done = _("Booked. The money is in the pot again.")
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=done)


async def _lower(
    request: PageRequest, desk: FrontDesk, verb: Callable[..., Any], place: str, voucher_id: UUID
) -> Response[Any]:
    """Let a voucher be less, by one of the two verbs that can."""
    form = await read_form(request)
    try:
        await desk.act(verb, place, voucher_id, form.command(LowerVoucher))
    except Refusal as refusal:
        voucher = await desk.ask(queries.voucher, place, voucher_id)
        return page(request, "vouchers/lower.html", form=form, refusal=refusal, voucher=voucher)
    done = _("This was decided. The group gets a letter.")
    return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=done)
