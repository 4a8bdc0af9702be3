# SPDX-License-Identifier: EUPL-1.2
"""Keeps whole pages that every stranger sees alike, and answers with them until something is recorded."""

import asyncio
import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import NamedTuple, cast

from litestar.types import ASGIApp, HTTPResponseStartEvent, HTTPScope, Message, Receive, Scope, Send

from wijkbudget.app.frame import is_for_everybody
from wijkbudget.app.templating import language
from wijkbudget.trail.desk import Desk

KEPT = timedelta(seconds=1)
"""Choice: what no entry of the trail tells, such as a day that begins, is in every page that is asked a second later.

It counts from when a page was begun until somebody asks. How long it is in the making does not matter: a house that is
slow would else make each page for each reader, and be slower still.
"""

PAGES_MAX = 1_000
PAGE_BYTES_MAX = 256 * 1024
BYTES_MAX = 16 * 1024 * 1024
"""How much is kept at most; what was made longest ago goes first, so that made up addresses fill nothing."""

_TELLING = frozenset({b"cookie", b"authorization"})
"""Who sends one of these is no stranger; of the rest of the headers no page depends on more than the language."""

_Key = tuple[str, bytes, str]


class Kept(NamedTuple):
    """A page as it was sent, with when it was begun and what the trail held before that."""

    recorded: object
    began_at: datetime
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes


class Making(NamedTuple):
    """A page that one reader's request is making, and that others wait for; None if it turns out not to be theirs."""

    recorded: object
    began_at: datetime
    promise: "asyncio.Future[Kept | None]"


class KeptPages:
    """Stands inside the edge and the count of requests, and before whatever asks the database.

    A page shows what was recorded, so as long as the trail did not grow the house would say it again. Casting a ballot
    is not recorded and changes no page: that pages are slower when somebody votes would tell how many did.
    """

    def __init__(self, desk: Desk) -> None:
        """Keep where the trail is and what time it is; no page yet."""
        self._desk = desk
        self._making: dict[_Key, Making] = {}
        self._pages: OrderedDict[_Key, Kept] = OrderedDict()
        self._bytes = 0

    def before(self, app: ASGIApp) -> ASGIApp:
        """Return an application that answers with the pages that are kept, and keeps those that are for everybody."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if _may_be_shared(cast("HTTPScope", scope)):
                await self._answer(app, scope, receive, send)
            else:
                await app(scope, receive, send)

        return answer

    def forget(self) -> None:
        """Let go of every page."""
        self._making.clear()
        self._pages.clear()
        self._bytes = 0

    async def _answer(self, inside: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        key = (scope["path"], scope["query_string"], language.get())
        now, recorded = self._desk.clock(), self._recorded()

        def is_fresh(page: Kept | Making) -> bool:
            """Return whether a page was begun when all was there that the reader may have seen happen."""
            return page.recorded == recorded is not None and timedelta() <= now - page.began_at < KEPT

        if (page := self._pages.get(key)) and is_fresh(page):
            await _send(page, send)
        elif (making := self._making.get(key)) and is_fresh(making):
            # The maker goes on when a reader who waits goes away.
            if page := await asyncio.shield(making.promise):
                await _send(page, send)
            else:
                # Not as a maker: the others who waited would wait again, one for the other.
                await inside(scope, receive, send)
        else:
            making = Making(recorded, now, asyncio.get_running_loop().create_future())
            self._making[key] = making
            try:
                await inside(scope, receive, self._copying(key, making, scope, send))
            finally:
                self._tell(key, making, None)

    def _copying(self, key: _Key, making: Making, scope: Scope, send: Send) -> Send:
        """Return a `send` that tells those who wait as soon as the answer is known."""
        held: list[HTTPResponseStartEvent] = []

        async def copied(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_kept(scope, message):
                # Nobody waits for a maker who reads slowly: nothing is sent before the others have the page.
                held.append(message)
                return
            page = None
            if message["type"] == "http.response.body" and held and not message["more_body"]:
                page = Kept(making.recorded, making.began_at, tuple(held[0]["headers"]), message["body"])
            self._tell(key, making, page)
            while held:
                await send(held.pop())
            await send(message)

        return copied

    def _tell(self, key: _Key, making: Making, page: Kept | None) -> None:
        """Give a page to those who wait for it, once, and keep it if no newer one was begun."""
        if making.promise.done():
            return
        making.promise.set_result(page)
        if self._making.get(key) is making:
            del self._making[key]
            if page:
                self._keep(key, page)

    def _recorded(self) -> object:
        """Return what is another value once the trail grew; None while that cannot be told."""
        try:
            return self._desk.database.recorded()
        except sqlite3.Error:
            return None

    def _keep(self, key: _Key, page: Kept) -> None:
        """Put a page where the newest are, and let go of what is too much."""
        self._let_go(key)
        if _size(key, page) > PAGE_BYTES_MAX:
            return
        self._pages[key] = page
        self._bytes += _size(key, page)
        while len(self._pages) > PAGES_MAX or self._bytes > BYTES_MAX:
            self._let_go(next(iter(self._pages)))

    def _let_go(self, key: _Key) -> None:
        if page := self._pages.pop(key, None):
            self._bytes -= _size(key, page)


def _size(key: _Key, page: Kept) -> int:
    path, query, _language = key
    return len(path) + len(query) + len(page.body)


async def _send(page: Kept, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": page.headers})
    await send({"type": "http.response.body", "body": page.body, "more_body": False})


def _may_be_shared(scope: HTTPScope) -> bool:
    """Return whether somebody who says nothing of themselves asks for what may be a page; voters wait for nobody."""
    return (
        scope["method"] == "GET"
        and not scope["path"].startswith("/api/")
        and not scope["route_handler"].opt.get("anonymous")
        and not any(name.lower() in _TELLING for name, _value in scope["headers"])
    )


def _is_kept(scope: Scope, start: HTTPResponseStartEvent) -> bool:
    """Return whether an answer is a page that is for everybody and sets no cookie."""
    return (
        start["status"] == HTTPStatus.OK
        and is_for_everybody(scope)
        and not any(name.lower() == b"set-cookie" for name, _value in start["headers"])
    )
