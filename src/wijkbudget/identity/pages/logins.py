# SPDX-License-Identifier: EUPL-1.2
"""The pages to log in and out, with a code."""

import re
from collections.abc import Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from wijkbudget.http.cookies import clear_session, session_token, set_session
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest, peer
from wijkbudget.identity import queries, service
from wijkbudget.identity.logins import LOGINS
from wijkbudget.identity.logins.offer import Offer
from wijkbudget.identity.rules.logins import WrongCode
from wijkbudget.identity.rules.roles import role_name
from wijkbudget.identity.schemas import AskCode, AskMail, LogIn, SessionView
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.trail import tries

_OWN_PAGE = re.compile(r"/wijken/[\w/-]+", re.ASCII)


class LoginPages(Controller):
    """How somebody becomes known to the house, and is forgotten again."""

    include_in_schema = False

    @get("/inloggen", opt=does())
    async def entrance(self, request: PageRequest, naar: FromQuery[str] = "") -> Response[Any]:
        """Show where to type a login code, and the other ways; `naar` is the page to go on to."""
        return entrance(request, onward=naar)

    @post("/inloggen", opt=does(service.log_in, service.log_out, tries.demand_patience, tries.count))
    async def log_in(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Begin a visit with a code; a wrong one is counted in an act of its own."""
        form, who = await read_form(request), peer(request)
        onward = form.get("naar")
        try:
            await desk.ask(tries.demand_patience, "login code", who)
            visit = await desk.act(service.log_in, form.command(LogIn))
        except WrongCode as refusal:
            await desk.act(tries.count, "login code", who)
            return entrance(request, form=form, refusal=refusal, onward=onward)
        except Refusal as refusal:
            return entrance(request, form=form, refusal=refusal, onward=onward)
        return await come_in(request, desk, visit, onward)

    @get("/inloggen/brief", opt=does())
    async def asking(self, request: PageRequest) -> Response[Any]:
        """Show the form to ask for a letter."""
        return page(request, "identity/ask_code.html")

    @post("/inloggen/brief", opt=does(service.ask_code, tries.demand_patience, tries.count))
    async def ask_code(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Ask for a letter with a code; every question counts as a try."""
        form, who = await read_form(request), peer(request)
        try:
            await desk.ask(tries.demand_patience, "login letter", who)
            await desk.act(service.ask_code, form.command(AskCode))
        except Refusal as refusal:
            return page(request, "identity/ask_code.html", form=form, refusal=refusal)
        await desk.act(tries.count, "login letter", who)
        done = _("If this is right, a letter is on its way. It takes at most five working days.")
        return redirect(request, "/inloggen", done=done)

    @get("/inloggen/e-mail", opt=does())
    async def asking_mail(self, request: PageRequest) -> Response[Any]:
        """Show the form to ask for an e-mail."""
        return page(request, "identity/ask_mail.html")

    @post("/inloggen/e-mail", opt=does(service.ask_mail, tries.demand_patience, tries.count))
    async def ask_mail(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Ask for an e-mail with a code; every question counts as a try."""
        form, who = await read_form(request), peer(request)
        try:
            await desk.ask(tries.demand_patience, "login mail", who)
            await desk.act(service.ask_mail, form.command(AskMail))
        except Refusal as refusal:
            return page(request, "identity/ask_mail.html", form=form, refusal=refusal)
        await desk.act(tries.count, "login mail", who)
        return redirect(request, "/inloggen", done=_("The e-mail is on its way. The code works for 15 minutes."))

    @post("/uitloggen", opt=does(service.log_out))
    async def log_out(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """End the visit."""
        await desk.act(service.log_out, session_token(request) or "")
        response = redirect(request, "/", done=_("You are logged out."))
        clear_session(response, request)
        return response

    @get("/mijn", opt=does(queries.me))
    async def me(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show who you are to the house, and where you can go."""
        return page(request, "identity/me.html", me=await desk.ask(queries.me), role_name=role_name)


def entrance(
    request: PageRequest, *, form: Form = EMPTY, refusal: Refusal | None = None, onward: str = ""
) -> Response[Any]:
    """Return the page to log in, with every way that is set up here."""
    providers = request.app.state.providers.offered
    ways: Sequence[Offer] = [offer for login in LOGINS.values() for offer in login.offers(providers)]
    return page(request, "identity/log_in.html", form=form, refusal=refusal, onward=_own_page(onward), ways=ways)


async def come_in(request: PageRequest, desk: FrontDesk, visit: SessionView, onward: str = "") -> Response[Any]:
    """End the visit of before, if there was one, and go on with the new one; first to the second step, if it is asked.

    The route declares `service.log_out`.
    """
    await desk.act(service.log_out, session_token(request) or "")
    where = "/mijn/tweede-stap" if visit.sleeping else _own_page(onward) or "/mijn"
    response = redirect(request, where, done=_("You are logged in."))
    set_session(response, request, visit.token)
    return response


def _own_page(path: str) -> str:
    """Return the path if it is a page of a neighbourhood here, so that nobody is sent elsewhere; else nothing."""
    return path if _OWN_PAGE.fullmatch(path) else ""
