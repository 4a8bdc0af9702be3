# SPDX-License-Identifier: EUPL-1.2
"""The pages of shares."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.shares import queries, service
from wijkbudget.shares.schemas import ChangeAccount, CorrectShare, GrantForContract, HandBackShares, SuspendShares


class SharePages(Controller):
    """The shares of a neighbourhood."""

    path = "/wijken/{place:str}/wijkaandelen"
    include_in_schema = False

    @get("/", opt=does(queries.totals))
    async def totals(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what a share is, and how many there are."""
        return page(request, "shares/totals.html", totals=await desk.ask(queries.totals, place))

    @get("/mijn", opt=does(queries.own))
    async def own(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show the reader's own shares, with the reason of each."""
        return page(request, "shares/own.html", own=await desk.ask(queries.own, place))

    @get("/teruggeven", opt=does(queries.own, service.hand_back))
    async def hand_back_form(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form to hand own shares back."""
        return page(request, "shares/hand_back.html", own=await desk.ask(queries.own, place))

    @post("/teruggeven", opt=does(service.hand_back, queries.own))
    async def hand_back(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Hand own extra shares back for the fixed price."""
        form = await read_form(request)
        try:
            await desk.act(service.hand_back, place, form.command(HandBackShares))
        except Refusal as refusal:
            own = await desk.ask(queries.own, place)
            return page(request, "shares/hand_back.html", form=form, refusal=refusal, own=own)
        done = _("You handed your shares back. The cashier pays you.")
        return redirect(request, f"/wijken/{place}/wijkaandelen/mijn", done=done)

    @post("/teruggeven/{hand_back_id:uuid}/rekening", opt=does(service.change_account, queries.own))
    async def change_account(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        hand_back_id: FromPath[UUID],
    ) -> Response[Any]:
        """Have what is owed for shares paid to another account."""
        form = await read_form(request)
        try:
            await desk.act(service.change_account, place, hand_back_id, form.command(ChangeAccount))
        except Refusal as refusal:
            return page(request, "shares/own.html", form=form, refusal=refusal, own=await desk.ask(queries.own, place))
        done = _("The account number was changed.")
        return redirect(request, f"/wijken/{place}/wijkaandelen/mijn", done=done)

    @get("/register", opt=does(queries.register))
    async def register(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        bladzijde: FromQuery[int] = 1,
    ) -> Response[Any]:
        """Show a page of who holds which shares, by name."""
        return page(request, "shares/register.html", register=await desk.ask(queries.register, place, bladzijde))


class HolderPages(Controller):
    """One holder of shares, for who answers for the register."""

    path = "/wijken/{place:str}/wijkaandelen/register/{person_id:uuid}"
    include_in_schema = False

    @get("/", opt=does(queries.holder))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show all that happened to the shares of a holder."""
        return page(request, "shares/holder.html", holder=await desk.ask(queries.holder, place, person_id))

    @post("/opschorten", opt=does(service.suspend, queries.holder))
    async def suspend(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Let the shares of somebody not count while they are looked into."""
        form = await read_form(request)
        try:
            await desk.act(service.suspend, place, person_id, form.command(SuspendShares))
        except Refusal as refusal:
            holder = await desk.ask(queries.holder, place, person_id)
            return page(request, "shares/holder.html", form=form, refusal=refusal, holder=holder)
        return redirect(request, _holder(place, person_id), done=_("These shares do not count for now."))

    @post("/opheffen", opt=does(service.lift))
    async def lift(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Let the shares of somebody count again."""
        await read_form(request)
        await desk.act(service.lift, place, person_id)
        return redirect(request, _holder(place, person_id), done=_("These shares count again."))

    @post("/rechtzetten", opt=does(service.correct, queries.holder))
    async def correct(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take back a share that was granted by mistake."""
        form = await read_form(request)
        try:
            await desk.act(service.correct, place, person_id, form.command(CorrectShare))
        except Refusal as refusal:
            holder = await desk.ask(queries.holder, place, person_id)
            return page(request, "shares/holder.html", form=form, refusal=refusal, holder=holder)
        return redirect(request, _holder(place, person_id), done=_("The mistake was put right."))

    @post("/wijkcontract", opt=does(service.grant_for_contract, queries.holder))
    async def grant_for_contract(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Give a holder a share for the neighbourhood contract, as the council decided."""
        form = await read_form(request)
        try:
            await desk.act(service.grant_for_contract, place, person_id, form.command(GrantForContract))
        except Refusal as refusal:
            holder = await desk.ask(queries.holder, place, person_id)
            return page(request, "shares/holder.html", form=form, refusal=refusal, holder=holder)
        return redirect(request, _holder(place, person_id), done=_("The share was granted."))


def _holder(place: str, person_id: UUID) -> str:
    return f"/wijken/{place}/wijkaandelen/register/{person_id}"
