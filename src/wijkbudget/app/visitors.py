# SPDX-License-Identifier: EUPL-1.2
"""Finds out who sent a request, in which language they read, and whether their own page sent it."""

import asyncio
import hmac
from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.routes import HTTPRoute

from wijkbudget.app.frame import csrf_token
from wijkbudget.http.cookies import session_token
from wijkbudget.http.visitor import STRANGER, PageRequest, Visitor, visitor
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import SYSTEM, Role, may
from wijkbudget.kit.errors import BadInput, NotAllowed
from wijkbudget.kit.text import _
from wijkbudget.trail.desk import demand_doors
from wijkbudget.trail.work import Look, question


@question(may(Role.SYSTEM), municipal=True)
def who(look: Look, token: str) -> Visitor:
    """Return who holds a session token; a stranger if nobody does any more."""
    found = identity.actor_of(look, token)
    return Visitor(*found) if found else STRANGER


class Unreadable(BadInput):
    """The form is not written in the signs it says it is."""


class StalePage(NotAllowed):
    """The form does not carry the token of this session."""


async def at_the_door(request: PageRequest) -> Response[None] | None:
    """Look who comes and with what form, before anything sent is read. Raises DoorClosed, Unreadable or StalePage."""
    if request.method == "OPTIONS":
        return _what_can_be_done(request)
    demand_doors(visitor(request).actor, request.path_params.get("place"), request.route_handler.opt.get("does", ()))
    if request.method == "POST" and not request.scope["path"].startswith("/api/"):
        await _check_form(request)
    return None


def _what_can_be_done(request: PageRequest) -> Response[None]:
    """Answer which methods an address has; the framework tells only one where several handlers share it."""
    here = request.scope["path_template"]
    methods = {
        method
        for route in request.app.routes
        if isinstance(route, HTTPRoute) and route.path_format == here
        for method in route.methods
    }
    return Response(None, status_code=204, headers={"Allow": ", ".join(sorted(methods))})


async def _check_form(request: PageRequest) -> None:
    """Let a form in only if a page of this very session made it, and note its reference.

    Raises Unreadable or StalePage.
    """
    try:
        form = await request.form()
    except (ValueError, LookupError):
        # The framework decodes parts as they say they are written, and does not mind when that is not so.
        raise Unreadable(_("This cannot be read.")) from None
    reference = form.get("reference")
    request.state.reference = reference if isinstance(reference, str) else None
    token = None if request.route_handler.opt.get("anonymous") else csrf_token(request)
    if token and not hmac.compare_digest(token.encode(), str(form.get("csrf_token", "")).encode()):
        raise StalePage(_("This page is too old. Go back, load it again and try once more."))


class Visitors(AbstractAuthenticationMiddleware):
    """Puts the visitor in the request; handlers that must not know who asks get a stranger."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """Return who sent the request."""
        if connection.route_handler.opt.get("anonymous"):
            return AuthenticationResult(STRANGER, None)
        token = session_token(connection)
        if not token:
            return AuthenticationResult(STRANGER, None)
        desk = connection.app.state.desk.by(SYSTEM)
        return AuthenticationResult(await asyncio.to_thread(desk.ask, who, token), None)
