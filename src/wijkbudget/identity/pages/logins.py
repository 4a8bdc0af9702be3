"""The pages to log in and out, and to see who you are."""

import re
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from wijkbudget.http.cookies import clear_session, session_token, set_session
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest, peer
from wijkbudget.identity import queries, service
from wijkbudget.identity.rules.logins import WrongCode
from wijkbudget.identity.rules.roles import role_name
from wijkbudget.identity.schemas import (
    AskCode,
    LogIn,
)
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.trail import tries

_OWN_PAGE = re.compile(r"/wijken/[\w/-]+", re.ASCII)


class LoginPages(Controller):
    """How somebody becomes known to the house, and is forgotten again."""

    include_in_schema = False

    @get("/inloggen", opt=does())
    async def entrance(self, request: PageRequest, naar: FromQuery[str] = "") -> Response[Any]:
        """Show where to type a login code; `naar` is the page to go on to."""
        return page(request, "identity/log_in.html", onward=_own_page(naar))

    @post("/inloggen", opt=does(service.log_in, service.log_out, tries.demand_patience, tries.count))
    async def log_in(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Begin a visit with a code; a wrong one is counted in an act of its own."""
        form, who = await read_form(request), peer(request)
        onward = _own_page(form.get("naar"))
        try:
            await desk.ask(tries.demand_patience, "login code", who)
            visit = await desk.act(service.log_in, form.command(LogIn))
        except WrongCode as refusal:
            await desk.act(tries.count, "login code", who)
            return page(request, "identity/log_in.html", form=form, refusal=refusal, onward=onward)
        except Refusal as refusal:
            return page(request, "identity/log_in.html", form=form, refusal=refusal, onward=onward)
        await desk.act(service.log_out, session_token(request) or "")
        response = redirect(request, onward or "/mijn", done=_("You are logged in."))
        set_session(response, request, visit.token)
        return response

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


def _own_page(path: str) -> str:
    """Return the path if it is a page of a neighbourhood here, so that nobody is sent elsewhere; else nothing."""
    return path if _OWN_PAGE.fullmatch(path) else ""
