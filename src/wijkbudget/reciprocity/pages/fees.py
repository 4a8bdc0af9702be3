# SPDX-License-Identifier: EUPL-1.2
"""The pages of what somebody received for their time."""

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
from wijkbudget.reciprocity.fees import queries as received
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.rules import Form as FeeForm
from wijkbudget.reciprocity.fees.schemas import FeesView, TellFee


class FeePages(Controller):
    """What somebody received for their time."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/mijn-vergoedingen", opt=does(received.fees_of))
    async def own_fees(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what the reader received."""
        return _fees(request, await desk.ask(received.fees_of, place, desk.actor.id), desk.actor.id)

    @get("/bewoners/{person_id:uuid}/vergoedingen", opt=does(received.fees_of))
    async def fees_of(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what somebody received, to whoever pays."""
        return _fees(request, await desk.ask(received.fees_of, place, str(person_id)), str(person_id))

    @post("/bewoners/{person_id:uuid}/vergoedingen", opt=does(fees.tell_fee, received.fees_of))
    async def tell(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Tell what came from another organisation."""
        form = await read_form(request)
        try:
            await desk.act(fees.tell_fee, place, str(person_id), form.command(TellFee))
        except Refusal as refusal:
            found = await desk.ask(received.fees_of, place, str(person_id))
            return _fees(request, found, str(person_id), form, refusal)
        return redirect(request, f"/wijken/{place}/bewoners/{person_id}/vergoedingen", done=_("This counts from now."))

    @post("/bewoners/{person_id:uuid}/vergoedingen/{fee_id:uuid}/intrekken", opt=does(fees.withdraw_fee))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        fee_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take off what was told by mistake."""
        await desk.act(fees.withdraw_fee, place, str(person_id), fee_id)
        return redirect(request, f"/wijken/{place}/bewoners/{person_id}/vergoedingen", done=_("This counts no longer."))


def _fees(
    request: PageRequest, fees_: FeesView, person_id: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Return the page of what somebody received, with what was refused on it."""
    known = {"fees": fees_, "person_id": person_id, "forms": list(FeeForm)}
    return page(request, "reciprocity/fees_of.html", form=form, refusal=refusal, **known)
