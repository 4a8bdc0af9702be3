# SPDX-License-Identifier: EUPL-1.2
"""The edge of the house: checks every request before anything is decoded, and guards every answer.

Whatever comes in gets an answer below 500: a host that is not ours, a body that is too large, too deep or says one
thing twice, a content type that a form on another site could send, a request that another site started.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import unquote_to_bytes, urlsplit

from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPScope, Message, Receive, Scope, Send

from wijkbudget.http.problem import headers_of
from wijkbudget.kit.errors import Busy
from wijkbudget.kit.text import Text, _

BODY_BYTES_MAX = 8 * 1024 * 1024
NESTING_MAX = 20
INSIDE_MAX = 100
"""Choice: how many requests are answered at once: somewhat more than share a commit, so that the writer is never idle.

Sending somebody away at the door costs a tenth of letting them in to wait, so a house that is asked too much keeps up.
Letting more in helps nobody: with 500 fewer are answered in the same time, and they wait eight times as long.
"""
PATH_BYTES_MAX = 255
"""Choice: ours are shorter, and the name of a file can be no longer."""
API_VERSION = "1.0.0"
"""Its first number stands in each address. Source: NL API Design Rules 2.1, /core/uri-version and version-header."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_API = "/api/"
_FOR_MACHINES = frozenset({"/health", "/metrics"})
"""What watches the house from beside it knows its machine, not its name."""

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)

_LEVEL = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


class Turned(Exception):
    """A request that does not come in, with its status and a sentence, and headers if they say more."""

    def __init__(self, status: int, text: Text, headers: Mapping[str, str] | None = None) -> None:
        """Keep what is answered."""
        super().__init__(str(text))
        self.status = status
        self.text = text
        self.headers = headers or {}


@dataclass
class Edge:
    """An ASGI application around the application."""

    app: ASGIApp
    origin: str
    """Our own address, such as `https://wijkbudget.example`."""
    cookies: frozenset[str]
    """The names of the cookies that say who somebody is."""
    answer: Callable[[HTTPScope, Turned], ASGIApp]
    """Makes the answer to a request that does not come in."""
    _inside: int = field(default=0, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or turn it away with a sentence."""
        if str(scope["type"]) != "http":
            await self.app(scope, receive, send)
            return
        http = cast("HTTPScope", scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._guards(http, message["headers"])]
            await send(message)

        try:
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in http["headers"]}
            if http["path"] in _FOR_MACHINES:
                http["headers"] = self._under_our_name(http)
            else:
                self._check_room()
                self._check_host(headers)
            self._check_address(http)
            if http["method"] not in _SAFE:
                self._check_origin(headers)
                receive = await self._checked_body(http, headers, receive)
        except Turned as turned:
            await self.answer(http, turned)(scope, receive, guarded)
            return
        self._inside += 1
        try:
            await self.app(scope, receive, guarded)
        finally:
            self._inside -= 1

    def _check_room(self) -> None:
        """Raise Turned if too many are being answered; who still sends a body is not among them, however slowly."""
        if self._inside >= INSIDE_MAX:
            busy = Busy()
            raise Turned(503, busy.text, headers_of(busy))

    def _check_host(self, headers: dict[str, str]) -> None:
        """Raise Turned if the request is for another host; nothing of ours is built from what it says."""
        ours = urlsplit(self.origin)
        if headers.get("host", "").lower() != ours.netloc.lower():
            raise Turned(400, _("This address is not ours."))

    def _under_our_name(self, scope: HTTPScope) -> list[tuple[bytes, bytes]]:
        """Return the headers with our own host, for what further in reads an address out of them."""
        ours = urlsplit(self.origin).netloc.encode()
        return [(b"host", ours), *((name, value) for name, value in scope["headers"] if name.lower() != b"host")]

    def _check_address(self, scope: HTTPScope) -> None:
        """Raise Turned if the address holds what no address can, which further in nobody expects, or ends in a slash.

        Source: NL API Design Rules 2.1, /core/no-trailing-slash: one thing has one address.
        """
        query = scope["query_string"]
        if not query.isascii() or b"\0" in unquote_to_bytes(query) or "\0" in scope["path"]:
            raise Turned(400, _("This cannot be read."))
        is_too_long = len(scope["path"].encode(errors="replace")) > PATH_BYTES_MAX
        if is_too_long or (scope["path"].startswith(_API) and scope["path"].endswith("/")):
            raise Turned(404, _("There is no page here."))

    def _check_origin(self, headers: dict[str, str]) -> None:
        """Raise Turned if another site started the request, or if a session cookie came without saying from where."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        foreign = (site not in (None, "same-origin", "none")) or (origin is not None and origin != self.origin)
        unsaid = site is None and origin is None
        brings_cookie = any(name in headers.get("cookie", "") for name in self.cookies)
        if foreign or (unsaid and brings_cookie):
            raise Turned(403, _("This did not come from one of our own pages. Open the page again and try once more."))

    async def _checked_body(self, scope: HTTPScope, headers: dict[str, str], receive: Receive) -> Receive:
        """Return a receive that gives the body again. Raises Turned for a wrong type or an unreadable body."""
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _whole_body(receive)
        is_api = scope["path"].startswith(_API)
        if body and kind not in ({"application/json"} if is_api else _FORMS):
            raise Turned(415, _("This kind of content cannot be read here."))
        if is_api and body:
            check_json(body)
        return _again(body, receive)

    def _guards(self, scope: HTTPScope, present: Any) -> list[tuple[bytes, bytes]]:
        """Return the headers that every answer gets, errors included."""
        is_api = scope["path"].startswith(_API)
        guards = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "x-frame-options": "DENY",
            "cross-origin-opener-policy": "same-origin",
            "content-security-policy": "default-src 'none'; frame-ancestors 'none'" if is_api else _PAGE_POLICY,
        }
        if is_api:
            guards["api-version"] = API_VERSION
        if not scope["path"].startswith("/static/"):
            guards["cache-control"] = "no-store"
        if self.origin.startswith("https:"):
            guards["strict-transport-security"] = "max-age=31536000"
        there = {name.lower() for name, _value in present}
        return [(name.encode(), value.encode()) for name, value in guards.items() if name.encode() not in there]


def check_json(body: bytes) -> None:
    """Raise Turned if the body nests too deep, is not JSON in UTF-8, or names something twice."""
    depth = 0
    for token in _LEVEL.finditer(body):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(token.group(), 0)
        if depth > NESTING_MAX:
            raise Turned(400, _("This cannot be read: it is nested too deep."))
    try:
        json.loads(body.decode(), object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except Turned:
        raise
    except (ValueError, RecursionError):
        raise Turned(400, _("This cannot be read: it is not JSON.")) from None


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _value in pairs}) != len(pairs):
        raise Turned(400, _("This cannot be read: it says one thing twice."))
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(name)


async def _whole_body(receive: Receive) -> bytes:
    """Return the body. Raises Turned when it is too large."""
    parts, length = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        part = message.get("body", b"")
        length += len(part)
        if length > BODY_BYTES_MAX:
            raise Turned(413, _("This is too large: at most 8 MB."))
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a receive that first gives the body once more."""
    waiting: list[HTTPReceiveMessage] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> HTTPReceiveMessage:
        return waiting.pop() if waiting else cast("HTTPReceiveMessage", await receive())

    return give
