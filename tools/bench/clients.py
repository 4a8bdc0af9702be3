# SPDX-License-Identifier: EUPL-1.2
"""Knocks with many clients at once; each sends its next request as soon as the last is answered."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from typing import cast

import uvloop

CLIENTS = 16
SECONDS_MAX = 60


def rate(port: int, requests: Sequence[bytes]) -> float:
    """Send all requests, by sixteen clients, and return how many were answered a second. Raises if one was refused."""
    return uvloop.run(_rate(port, requests))


def post(port: int, path: str, body: bytes) -> bytes:
    """Return a request of the API, as its bytes."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def get(port: int, path: str) -> bytes:
    """Return a request for a page, as its bytes."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


async def _rate(port: int, requests: Sequence[bytes]) -> float:
    loop = asyncio.get_running_loop()
    waiting = iter(requests)
    began = time.perf_counter()
    clients = [
        (await loop.create_connection(lambda: _Client(waiting), "127.0.0.1", port))[1] for _each in range(CLIENTS)
    ]
    await asyncio.wait_for(asyncio.gather(*(client.done for client in clients)), SECONDS_MAX)
    return len(requests) / (time.perf_counter() - began)


class _Client(asyncio.Protocol):
    """One client that keeps its connection."""

    def __init__(self, waiting: Iterator[bytes]) -> None:
        """Keep where the requests come from."""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Send the next request once the whole answer is there."""
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        if not head.startswith(b"HTTP/1.1 20"):
            self.done.set_exception(AssertionError(self._answer.decode()))
            self._transport.close()
            return
        self._answer = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits, if it was not we who hung up."""
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server hung up"))

    def _send(self) -> None:
        request = next(self._waiting, None)
        if request is not None:
            self._transport.write(request)
            return
        self.done.set_result(None)
        self._transport.close()
