# SPDX-License-Identifier: EUPL-1.2
"""The identity providers of this house, as handlers meet them: a way out, and the way back in."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from wijkbudget.identity.logins import handshake
from wijkbudget.identity.logins.handshake import STATE_RANDOM_BYTES
from wijkbudget.identity.logins.offer import Provider
from wijkbudget.identity.logins.settings import ProviderSettings
from wijkbudget.identity.rules.openid import NotTrusted, ProviderAway, ProviderNotFound, Vouched
from wijkbudget.kit.text import _
from wijkbudget.trail.desk import Desk

if TYPE_CHECKING:
    from wijkbudget.identity.logins.client import ProviderClient

THREADS = 4
"""Calls outside wait here, so that a provider that is slow keeps nobody waiting who asks the house itself."""

_log = logging.getLogger("wijkbudget")

P = ParamSpec("P")
R = TypeVar("R")


class Providers:
    """Knows every provider, and which answers of it are to be trusted."""

    def __init__(self, settings: Sequence[ProviderSettings], origin: str, desk: Desk) -> None:
        """Keep a client for each; each sends people back to an address of its own, so that they cannot be mixed up."""
        self._clients = {each.key: _to(each, f"{origin}/inloggen/bij/{each.key}/terug") for each in settings}
        self._desk = desk
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="identity provider")

    @property
    def offered(self) -> Sequence[Provider]:
        """Return the providers for the page."""
        return [Provider(key, client.settings.name) for key, client in self._clients.items()]

    async def way_out(self, key: str) -> tuple[str, str]:
        """Return where to send somebody, and the state that their browser keeps.

        Raises ProviderNotFound, ProviderAway or NotTrusted.
        """
        client, now = self._client(key), self._desk.clock()
        begun = handshake.begin(self._desk.keys, key, self._desk.entropy(STATE_RANDOM_BYTES), now)
        return await self._outside(key, client.way_out, begun, now), begun.state

    async def way_in(self, key: str, kept: str, answer: Mapping[str, str]) -> Vouched:
        """Return whom a provider vouches for, from the answer with which somebody comes back.

        Raises ProviderNotFound, ProviderAway, LoginStopped, NotTrusted or LevelTooLow.
        """
        client, now = self._client(key), self._desk.clock()
        try:
            begun = handshake.resume(self._desk.keys, key, kept, answer.get("state", ""), now)
        except NotTrusted as refusal:
            _log.warning("a login with %s was refused: %s", key, refusal.reason)
            raise
        return await self._outside(key, client.way_in, answer, begun, now)

    def _client(self, key: str) -> "ProviderClient":
        if key not in self._clients:
            raise ProviderNotFound(_("You cannot log in there."))
        return self._clients[key]

    async def _outside(self, key: str, ask: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask in a thread, and tell the keeper of the house what went wrong; nothing of who it was."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: ask(*args, **kwargs))
        except ProviderAway:
            _log.warning("the identity provider %s does not answer", key)
            raise
        except NotTrusted as refusal:
            _log.warning("a login with %s was refused: %s", key, refusal.reason)
            raise


def _to(settings: ProviderSettings, redirect_uri: str) -> "ProviderClient":
    # Here, for most houses have no provider, and what talks to one takes a while to load.
    from wijkbudget.identity.logins.client import ProviderClient  # noqa: PLC0415 - see above

    return ProviderClient(settings, redirect_uri)
