# SPDX-License-Identifier: EUPL-1.2
"""Knocks at the application without a network: raw requests in, whole answers out."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlencode

from tests.conftest import ORIGIN
from wijkbudget.trail.desk import Desk

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def document(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """Return the first header of a name."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def refusal(self) -> str | None:
        """Return which refusal a problem document names."""
        if self.header("content-type") != "application/problem+json":
            return None
        named: str | None = self.document.get("refusal")
        return named


class Knocker:
    """Sends requests to the application on an event loop of its own, one after the other."""

    def __init__(self, app: Any, desk: Desk, origin: str = ORIGIN) -> None:
        self.app = app
        self.desk = desk
        self.origin = origin
        self.seconds_max: float | None = None
        """How long an answer may take, where that is looked at."""
        self._loop = asyncio.new_event_loop()
        self._keys = count()

    def close(self) -> None:
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def raw(
        self,
        method: str,
        target: bytes,
        *,
        headers: Iterable[tuple[bytes, bytes]] = (),
        body: bytes = b"",
        peer: str = "127.0.0.1",
    ) -> Answer:
        """Send exactly this; whatever the application raises comes out here, and TimeoutError if it takes too long."""
        path, _mark, query = target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": _decoded(path),
            "raw_path": path,
            "root_path": "",
            "query_string": query,
            "headers": list(headers),
            "server": ("127.0.0.1", 80),
            "client": (peer, 1),
            "state": {},
        }
        waiting = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[Any] = []
        is_whole = asyncio.Event()

        async def receive() -> Any:
            if waiting:
                return waiting.pop()
            # Who knocks stays until the answer is whole.
            await is_whole.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                is_whole.set()

        self._loop.run_until_complete(asyncio.wait_for(self.app(scope, receive, send), self.seconds_max))
        start = next(message for message in sent if message["type"] == "http.response.start")
        return Answer(
            status=start["status"],
            headers=[(name.decode().lower(), value.decode()) for name, value in start["headers"]],
            body=b"".join(message.get("body", b"") for message in sent),
        )

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        peer: str = "127.0.0.1",
        **headers: str,
    ) -> Answer:
        """Send JSON as a client of the API does, or a form as a page of this session would; no body is nothing."""
        named = {"host": self.origin.partition("//")[2], **{key.replace("_", "-"): v for key, v in headers.items()}}
        where, mark, query = path.partition("?")
        content = b""
        if method not in ("GET", "HEAD"):
            named.setdefault("origin", self.origin)
        if path.startswith("/api/"):
            named.setdefault("idempotency-key", f"key-{next(self._keys)}")
            if body is not None:
                named.setdefault("content-type", "application/json")
                content = body if isinstance(body, bytes) else json.dumps(body).encode()
        elif method == "POST":
            named.setdefault("content-type", _FORM)
            content = urlencode(self._carried(token) | dict(body or {}), doseq=True).encode()
        if token:
            named["cookie"] = f"session={token}"
        raw = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
        return self.raw(method, f"{quote(where)}{mark}{query}".encode(), headers=raw, body=content, peer=peer)

    def get(self, path: str, **more: Any) -> Answer:
        return self.send("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self.send("POST", path, body, **more)

    def _carried(self, token: str | None) -> Mapping[str, str]:
        """Return what every form of our pages carries."""
        carried = {"reference": f"form-{next(self._keys)}"}
        return carried | ({"csrf_token": self.desk.keys.keyed_hash("csrf", token)} if token else {})


def _decoded(path: bytes) -> str:
    """Return a path as a server hands it on."""
    return unquote_to_bytes(path).decode("utf-8", "replace")
