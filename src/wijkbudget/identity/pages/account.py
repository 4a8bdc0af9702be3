# SPDX-License-Identifier: EUPL-1.2
"""The pages on which people keep what opens their account: the second step, an e-mail address, a code as a guest."""

from typing import Any

import segno
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.status_codes import HTTP_200_OK

from wijkbudget.http.cookies import session_token, set_session
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.patience import one_try, patience
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries, service
from wijkbudget.identity.pages.logins import come_in
from wijkbudget.identity.rules.logins import WrongCode
from wijkbudget.identity.rules.roles import role_name
from wijkbudget.identity.schemas import AskMail, LogIn, ShowStep
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.trail import tries

_STEP = "/mijn/tweede-stap"


class StepPages(Controller):
    """The second step, without which some roles sleep."""

    path = _STEP
    include_in_schema = False

    @get("/", opt=does(queries.step))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show where to type the code of the phone, or how to begin."""
        step = await desk.ask(queries.step, session_token(request) or "")
        return page(request, "identity/second_step.html", step=step, role_name=role_name)

    @post("/toevoegen", opt=does(service.add_step), status_code=HTTP_200_OK)
    async def add(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Begin, and show the secret for the phone; it is never shown again."""
        secret = await desk.act(service.add_step, session_token(request) or "")
        picture = segno.make(secret.uri, error="m").svg_data_uri(scale=4, border=2, light="white")
        return page(request, "identity/add_step.html", secret=secret, picture=picture)

    @post("/", opt=does(service.take_step, queries.step, tries.demand_patience, tries.count))
    async def take(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Take the second step; every try counts, right or wrong, because six digits are few."""
        form, token = await read_form(request), session_token(request) or ""
        try:
            await one_try(desk, "second step", desk.actor.id)
            visit = await desk.act(service.take_step, token, form.command(ShowStep))
        except Refusal as refusal:
            step = await desk.ask(queries.step, token)
            return page(
                request, "identity/second_step.html", form=form, refusal=refusal, step=step, role_name=role_name
            )
        response = redirect(request, "/mijn", done=_("You took the second step."))
        set_session(response, request, visit.token)
        return response


class AccountPages(Controller):
    """What opens an account besides letters."""

    path = "/mijn"
    include_in_schema = False

    @get("/e-mail", opt=does(queries.me))
    async def address(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show the form to log in by e-mail from now on."""
        return page(request, "identity/link_address.html", me=await desk.ask(queries.me))

    @post("/e-mail", opt=does(service.ask_link, queries.me, tries.demand_patience, tries.count))
    async def ask_link(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Send a code to the address; every question counts as a try."""
        form, token = await read_form(request), session_token(request) or ""
        try:
            await one_try(desk, "link mail", desk.actor.id)
            await desk.act(service.ask_link, token, form.command(AskMail))
        except Refusal as refusal:
            me = await desk.ask(queries.me)
            return page(request, "identity/link_address.html", form=form, refusal=refusal, me=me)
        return redirect(request, "/mijn/e-mail/code")

    @get("/e-mail/code", opt=does(queries.me))
    async def code(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show where to type the code that the e-mail holds."""
        await desk.ask(queries.me)
        return page(request, "identity/link_code.html")

    @post("/e-mail/code", opt=does(service.link_address, tries.demand_patience, tries.count))
    async def link(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Let the address open your account."""
        form = await read_form(request)
        try:
            async with patience(request, desk, "link code", WrongCode):
                await desk.act(service.link_address, session_token(request) or "", form.command(LogIn))
        except Refusal as refusal:
            return page(request, "identity/link_code.html", form=form, refusal=refusal)
        return redirect(request, "/mijn", done=_("You can log in by e-mail from now on."))

    @post("/e-mail/weghalen", opt=does(service.unlink_address))
    async def unlink(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Let no address open your account any more."""
        await desk.act(service.unlink_address, session_token(request) or "")
        return redirect(request, "/mijn", done=_("You can no longer log in by e-mail."))

    @get("/bewijs", opt=does(queries.me))
    async def proof(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show a guest where to type a code from a letter or the desk."""
        await desk.ask(queries.me)
        return page(request, "identity/match.html")

    @post("/bewijs", opt=does(service.match, service.log_out, tries.demand_patience, tries.count))
    async def match(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Prove who you are."""
        form = await read_form(request)
        try:
            async with patience(request, desk, "login code", WrongCode):
                visit = await desk.act(service.match, session_token(request) or "", form.command(LogIn))
        except Refusal as refusal:
            return page(request, "identity/match.html", form=form, refusal=refusal)
        return await come_in(request, desk, visit)
