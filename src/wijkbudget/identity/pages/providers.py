# SPDX-License-Identifier: EUPL-1.2
"""The pages that send people to an identity provider, and take them in again."""

from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from wijkbudget.http.cookies import handshake_of, set_handshake
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import service
from wijkbudget.identity.logins.providers import Providers
from wijkbudget.identity.pages.logins import come_in, entrance
from wijkbudget.identity.rules.openid import HANDSHAKE_LASTS, ProviderNotFound
from wijkbudget.kit.errors import Refusal


class ProviderPages(Controller):
    """Calls outside are made here, between the acts: a verb never waits for somebody else's house."""

    path = "/inloggen/bij/{provider:str}"
    include_in_schema = False

    @get("/", opt=does())
    async def leave(self, request: PageRequest, provider: FromPath[str]) -> Response[Any]:
        """Send somebody to log in elsewhere."""
        try:
            address, state = await _providers(request).way_out(provider)
        except ProviderNotFound:
            raise
        except Refusal as refusal:
            return entrance(request, refusal=refusal)
        response = Redirect(address, status_code=303)
        set_handshake(response, request, state, max_age=HANDSHAKE_LASTS.seconds)
        return response

    @get("/terug", opt=does(service.log_in_vouched, service.log_out))
    async def arrive(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], provider: FromPath[str]
    ) -> Response[Any]:
        """Take in whom the provider vouches for; the handshake of this browser is over, however it went."""
        answer = dict(request.query_params.items())
        try:
            vouched = await _providers(request).way_in(provider, handshake_of(request), answer)
            response = await come_in(request, desk, await desk.act(service.log_in_vouched, vouched))
        except ProviderNotFound:
            raise
        except Refusal as refusal:
            response = entrance(request, refusal=refusal)
        set_handshake(response, request, "", max_age=0)
        return response


def _providers(request: PageRequest) -> Providers:
    found: Providers = request.app.state.providers
    return found
