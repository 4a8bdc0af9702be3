# SPDX-License-Identifier: EUPL-1.2
"""The pages on which cards with codes are made, fetched and thrown away, and somebody is helped at the desk."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import FindResidents
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.schemas import DeactivateCheque, HandCheque

LOOK_AGAIN_SECONDS = 5
DESK = "vouchers/cheques/desk.html"


class CardPages(Controller):
    """A file is asked for in a form, because taking it is recorded."""

    path = "/wijken/{place:str}/bewonerscheques"
    include_in_schema = False

    @get("/kaarten", opt=does(queries.cards))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        volgen: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show how far the cards are; who asks for it gets the page again until they are all made."""
        cards = await desk.ask(queries.cards, place)
        follows = volgen == "ja" and cards.is_busy
        response = page(request, "vouchers/cheques/cards.html", cards=cards, follows=follows)
        if follows:
            response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return response

    @post("/kaarten", opt=does(service.order_cards))
    async def order(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Have cards made for everybody with an address."""
        await desk.act(service.order_cards, place)
        return redirect(request, f"{_path(place)}/kaarten", done=_("The cards are being made."))

    @post("/kaarten/{number:int}/pdf", opt=does(service.fetch_cards), status_code=200)
    async def fetch(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], number: FromPath[int]
    ) -> Response[bytes]:
        """Give a file of cards to be printed."""
        content = await desk.act(service.fetch_cards, place, number)
        return download(content, name=f"bewonerscheques-{place}-{number}.pdf", media_type="application/pdf")

    @post("/kaarten/weggooien", opt=does(service.discard_cards))
    async def discard(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Throw the cards away, because they were sent."""
        await desk.act(service.discard_cards, place)
        return redirect(request, f"{_path(place)}/kaarten", done=_("The cards were thrown away."))

    @get("/balie", opt=does(queries.cards))
    async def at_desk(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form to find somebody, for whoever helps at the desk."""
        await desk.ask(queries.cards, place)
        return page(request, DESK, people=None)

    @post("/balie", opt=does(identity.residents_at), status_code=200)
    async def choosing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who lives at an address; asked in a form, so that no address stands in a log."""
        form = await read_form(request)
        try:
            people = await desk.ask(identity.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            return page(request, DESK, form=form, refusal=refusal, people=None)
        return page(request, DESK, form=form, people=people)

    @post("/balie/nieuwe-code", opt=does(service.hand_cheque), status_code=200)
    async def hand(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show a new code, to be printed and handed over; it is never shown again."""
        form = await read_form(request)
        try:
            handed = await desk.act(service.hand_cheque, place, form.command(HandCheque))
        except Refusal as refusal:
            return page(request, DESK, form=form, refusal=refusal, people=None)
        return page(request, "vouchers/cheques/handed.html", handed=handed)

    @post("/balie/stoppen", opt=does(service.deactivate_cheque))
    async def deactivate(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Stop somebody's resident voucher."""
        form = await read_form(request)
        try:
            await desk.act(service.deactivate_cheque, place, form.command(DeactivateCheque))
        except Refusal as refusal:
            return page(request, DESK, form=form, refusal=refusal, people=None)
        return redirect(request, f"{_path(place)}/balie", done=_("The resident voucher was stopped."))


def _path(place: str) -> str:
    return f"/wijken/{place}/bewonerscheques"
