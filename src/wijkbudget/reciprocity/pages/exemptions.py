# SPDX-License-Identifier: EUPL-1.2
"""The pages of who is exempt."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import FindResidents
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.schemas import GrantExemption


class ExemptionPages(Controller):
    """Who is exempt from giving time."""

    path = "/wijken/{place:str}/vrijstellingen"
    include_in_schema = False

    @get("/", opt=does(queries.exemptions))
    async def exemptions(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who is exempt."""
        return page(request, "reciprocity/exemptions.html", exemptions=await desk.ask(queries.exemptions, place))

    @get("/nieuw", opt=does(identity.residents_at, service.exempt))
    async def finding(self, request: PageRequest) -> Response[Any]:
        """Show the form to find an address."""
        return page(request, "reciprocity/exempt.html", people=None)

    @post("/adres", opt=does(identity.residents_at, service.exempt))
    async def exempting(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who lives at an address; asked in a form, so that no address stands in a log."""
        form = await read_form(request)
        try:
            people = await desk.ask(identity.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            return page(request, "reciprocity/exempt.html", form=form, refusal=refusal, people=None)
        return page(request, "reciprocity/exempt.html", form=form, people=people)

    @post("/nieuw", opt=does(service.exempt, identity.residents_at))
    async def exempt(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Exempt a resident until a day."""
        form = await read_form(request)
        address = form.command(FindResidents)
        try:
            await desk.act(service.exempt, place, form.command(GrantExemption))
        except Refusal as refusal:
            people = await desk.ask(identity.residents_at, place, address)
            return page(request, "reciprocity/exempt.html", form=form, refusal=refusal, people=people)
        return redirect(request, f"/wijken/{place}/vrijstellingen", done=_("The exemption is granted."))
