# SPDX-License-Identifier: EUPL-1.2
"""The edge: whatever comes in, nothing unreadable or foreign goes further, and every answer is guarded."""

import asyncio
from typing import Any
from urllib.parse import unquote

import pytest
from litestar import Request, Response
from litestar.types import ASGIApp

from wijkbudget.http.edge import BODY_BYTES_MAX, Edge, Turned, check_json

OURS = "https://wijk.example"


class Inside:
    """An application that remembers what reached it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.bodies.append((await receive())["body"] if scope["method"] == "POST" else b"")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"in"})


def turned(scope: Any, refusal: Turned) -> ASGIApp:
    answer = Response(str(refusal), media_type="text/plain", status_code=refusal.status, headers=dict(refusal.headers))
    return answer.to_asgi_response(None, Request(scope))


def knock(
    inside: Inside, method: str = "GET", path: str = "/", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str]]:
    """Send one request past an edge and return the status and headers of the answer."""
    edge = Edge(inside, OURS, frozenset({"__Host-session"}), turned)
    return asyncio.run(come(edge, method, path, body, **headers))


async def come(
    edge: Edge, method: str = "GET", address: str = "/", body: bytes | asyncio.Event = b"", **headers: str
) -> tuple[int, dict[str, str]]:
    """Send one request past this edge; a body may wait for something to happen."""
    path, _mark, query = address.partition("?")
    named = {"host": "wijk.example", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "path": unquote(path),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
        "app": None,
        "state": {},
    }
    sent: list[Any] = []

    async def receive() -> Any:
        if isinstance(body, asyncio.Event):
            await body.wait()
            return {"type": "http.request", "body": b"", "more_body": False}
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await edge(scope, receive, send)  # type: ignore[arg-type] # a scope of just what the edge reads
    return sent[0]["status"], {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


class TestAddress:
    @pytest.mark.parametrize(
        "address", ["/wijken?thema=a%00b", "/wijken?%00", "/wijken?thema=a\0b", "/wijken?thema=\u00e9", "/a%00b"]
    )
    def test_is_turned_away_when_it_holds_what_no_database_keeps(self, address: str) -> None:
        inside = Inside()
        assert knock(inside, path=address)[0] == 400
        assert inside.bodies == []

    @pytest.mark.parametrize("address", ["/wijken?thema=a%2500b", "/wijken?thema=caf%C3%A9", "/wijken?"])
    def test_comes_in_when_it_can_be_read(self, address: str) -> None:
        assert knock(Inside(), path=address)[0] == 200


class TestHost:
    @pytest.mark.parametrize("host", ["evil.example", "wijk.example.evil", "", "wijk.example:8000", "\xff"])
    def test_turns_away_what_is_not_for_us(self, host: str) -> None:
        inside = Inside()
        assert knock(inside, host=host)[0] == 400
        assert inside.bodies == []

    def test_lets_in_what_is_for_us(self) -> None:
        assert knock(Inside())[0] == 200


class TestOrigin:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"sec_fetch_site": "cross-site"},
            {"sec_fetch_site": "same-site"},
            {"cookie": "__Host-session=x"},
        ],
        ids=str,
    )
    def test_turns_away_what_another_site_started(self, headers: dict[str, str]) -> None:
        inside = Inside()
        status, _headers = knock(inside, "POST", "/api/v1/x", b"{}", content_type="application/json", **headers)
        assert (status, inside.bodies) == (403, [])

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": OURS, "cookie": "__Host-session=x"},
            {"sec_fetch_site": "same-origin"},
            {"authorization": "Bearer x"},
        ],
        ids=str,
    )
    def test_lets_in_our_own_pages_and_machines_without_a_cookie(self, headers: dict[str, str]) -> None:
        inside = Inside()
        assert knock(inside, "POST", "/api/v1/x", b"{}", content_type="application/json", **headers)[0] == 200
        assert inside.bodies == [b"{}"]


class TestContentType:
    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
    def test_turns_away_json_under_another_name(self, kind: str) -> None:
        inside = Inside()
        assert knock(inside, "POST", "/api/v1/x", b"{}", content_type=kind, origin=OURS)[0] == 415
        assert inside.bodies == []

    @pytest.mark.parametrize("kind", ["text/plain", "application/json", ""])
    def test_turns_away_a_page_form_under_another_name(self, kind: str) -> None:
        assert knock(Inside(), "POST", "/x", b"a=1", content_type=kind, origin=OURS)[0] == 415


class TestBody:
    @pytest.mark.parametrize(
        "body",
        [b"[" * 2_000, b"[" * 21 + b"]" * 21, b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}', b"\xff", b"{", b"NaN", b'"\\"'],
        ids=repr,
    )
    def test_is_turned_away_when_it_cannot_be_read(self, body: bytes) -> None:
        inside = Inside()
        assert knock(inside, "POST", "/api/v1/x", body, content_type="application/json", origin=OURS)[0] == 400
        assert inside.bodies == []

    def test_is_turned_away_when_it_is_too_large(self) -> None:
        body = b'"' + b"x" * BODY_BYTES_MAX + b'"'
        assert knock(Inside(), "POST", "/api/v1/x", body, content_type="application/json", origin=OURS)[0] == 413

    @pytest.mark.parametrize(
        "body", [b"[" * 20 + b"]" * 20, b'{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[["}', b'{"a":1,"b":{"a":1}}']
    )
    def test_comes_in_when_it_can(self, body: bytes) -> None:
        check_json(body)


class TestRoom:
    async def _crowd(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wijkbudget.http.edge.INSIDE_MAX", 2)
        ends = asyncio.Event()
        inside = Inside()

        async def slow(scope: Any, receive: Any, send: Any) -> None:
            await ends.wait()
            await inside(scope, receive, send)

        edge = Edge(slow, OURS, frozenset(), turned)
        sending = [asyncio.create_task(come(edge, "POST", body=asyncio.Event())) for _each in range(3)]
        waiting = [asyncio.create_task(come(edge)) for _each in range(2)]
        await asyncio.sleep(0)
        status, headers = await come(edge)
        assert (status, headers["retry-after"], headers["x-frame-options"]) == (503, "1", "DENY")
        ends.set()
        assert [status for status, _headers in await asyncio.gather(*waiting)] == [200, 200]
        assert (await come(edge))[0] == 200
        assert len(inside.bodies) == 3
        for task in sending:
            task.cancel()

    def test_is_refused_to_who_comes_too_many_and_given_again_afterwards(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asyncio.run(self._crowd(monkeypatch))

    def test_is_always_there_for_what_watches_the_house(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wijkbudget.http.edge.INSIDE_MAX", 0)
        assert [knock(Inside(), path=path)[0] for path in ("/health", "/metrics", "/")] == [200, 200, 503]


class TestGuards:
    @pytest.mark.parametrize("headers", [{}, {"host": "evil.example"}], ids=["let in", "turned away"])
    def test_stand_on_every_answer(self, headers: dict[str, str]) -> None:
        _status, answered = knock(Inside(), **headers)
        assert answered["x-content-type-options"] == "nosniff"
        assert answered["cache-control"] == "no-store"
        assert answered["strict-transport-security"] == "max-age=31536000"
        assert "frame-ancestors 'none'" in answered["content-security-policy"]
        # Our own files may run, nothing that stands in a page.
        assert "script-src 'self';" in answered["content-security-policy"]
        assert "unsafe" not in answered["content-security-policy"]
