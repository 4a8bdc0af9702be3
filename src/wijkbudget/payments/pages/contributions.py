# SPDX-License-Identifier: EUPL-1.2
"""Giving on pages: what one can give to, the form, what became of a gift, and the cashier's view of all."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect, speak_as
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.payments.contributions import queries, service
from wijkbudget.payments.contributions.rules import ContributionState, NoProvider
from wijkbudget.payments.contributions.schemas import GiveMoney, OpenPot, SettleRefund
from wijkbudget.payments.deposits import queries as deposits

LOOK_AGAIN_SECONDS = 4
"""How soon the page of a gift that waits for its pay page is read again; the clock of the house ticks every five."""


class CollectionPages(Controller):
    """What people can give to in a neighbourhood."""

    path = "/wijken/{place:str}/geven"
    include_in_schema = False

    @get("/", opt=does(queries.collections))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what one can give to."""
        return await _overview(request, desk, place)

    @post("/", opt=does(service.open_pot, queries.collections))
    async def open_pot(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Let people give to the pot of a year."""
        form = await read_form(request)
        try:
            await desk.act(service.open_pot, place, form.command(OpenPot))
        except Refusal as refusal:
            return await _overview(request, desk, place, form, refusal)
        return redirect(request, f"/wijken/{place}/geven", done=_("People can give to this pot now."))

    @get("/{collection_id:uuid}", opt=does(queries.collection))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        collection_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what was given to one thing, with the form to give."""
        collection = await desk.ask(queries.collection, place, collection_id)
        return page(request, "payments/give.html", collection=collection, takes=_takes(request))

    @post("/{collection_id:uuid}", opt=does(service.give, queries.collection))
    async def give(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        collection_id: FromPath[UUID],
    ) -> Response[Any]:
        """Begin a gift, and go to where one follows it."""
        form = await read_form(request)
        try:
            if not _takes(request):
                raise NoProvider(_("It is not possible to give money here now."))
            given = await desk.act(service.give, place, collection_id, form.command(GiveMoney))
        except Refusal as refusal:
            collection = await desk.ask(queries.collection, place, collection_id)
            return page(
                request,
                "payments/give.html",
                form=form,
                refusal=refusal,
                collection=collection,
                takes=_takes(request),
            )
        return redirect(request, f"/giften/{given.code}")


class GiftPages(Controller):
    """What became of a gift, for who has its code."""

    path = "/giften"
    include_in_schema = False

    @get("/", opt=does(queries.contribution))
    async def find(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Ask for the code of a gift, and go there."""
        code = request.query_params.get("code", "").strip()
        if not code:
            return page(request, "payments/find_gift.html")
        form = Form({"code": [code]})
        try:
            gift = await desk.ask(queries.contribution, code)
        except Refusal as refusal:
            return page(request, "payments/find_gift.html", form=form, refusal=refusal)
        return redirect(request, f"/giften/{gift.code}")

    @get("/{code:str}", opt=does(queries.contribution))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk], code: FromPath[str]) -> Response[Any]:
        """Show what became of a gift, or where to pay it; while the pay page is made, this page is read again."""
        gift = await desk.ask(queries.contribution, code)
        await speak_as(request, gift.place)
        shown = page(request, "payments/gift.html", gift=gift, code=gift.code)
        if gift.state is ContributionState.OPENED and gift.checkout_url is None:
            shown.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return shown

    @post("/{code:str}/anoniem", opt=does(service.hide_name))
    async def hide_name(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], code: FromPath[str]
    ) -> Response[Any]:
        """Take the name of the giver away."""
        await read_form(request)
        gift = await desk.act(service.hide_name, code)
        return redirect(request, f"/giften/{gift.code}", done=_("Your name is gone."))


class GiftBookPages(Controller):
    """The cashier's page of gifts."""

    path = "/betalingen/giften"
    include_in_schema = False

    @get("/", opt=does(queries.gift_book))
    async def book(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show what needs somebody's eye, and the newest gifts."""
        return page(request, "payments/gifts.html", book=await desk.ask(queries.gift_book))

    @post("/{refund_id:uuid}", opt=does(service.settle_refund, queries.gift_book))
    async def settle(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], refund_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say that a refund that did not arrive was paid by hand."""
        form = await read_form(request)
        try:
            await desk.act(service.settle_refund, refund_id, form.command(SettleRefund))
        except Refusal as refusal:
            book = await desk.ask(queries.gift_book)
            return page(request, "payments/gifts.html", form=form, refusal=refusal, book=book, settling=refund_id)
        return redirect(request, "/betalingen/giften", done=_("The refund is settled."))


class DepositPages(Controller):
    """The cashier's page of what the payment provider sent to the bank."""

    path = "/betalingen/stortingen"
    include_in_schema = False

    @get("/", opt=does(deposits.deposit_book))
    async def book(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show what the provider holds and sent, what it cost, and what does not match."""
        return page(request, "payments/deposits.html", book=await desk.ask(deposits.deposit_book))


async def _overview(
    request: PageRequest, desk: FrontDesk, place: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Return the page of what one can give to."""
    collections = await desk.ask(queries.collections, place)
    return page(request, "payments/collections.html", form=form, refusal=refusal, collections=collections)


def _takes(request: PageRequest) -> bool:
    """Return whether somebody takes money for this house."""
    return request.app.state.payments is not None
