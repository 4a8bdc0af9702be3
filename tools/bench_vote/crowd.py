# SPDX-License-Identifier: EUPL-1.2
"""Lets a crowd knock, each at a moment of their own; how long somebody waits counts from that moment.

Whoever knocks only when the last one was answered spares a slow server, and never sees how long people would wait.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple, cast

import uvloop

CALLERS_MAX = 6_000
"""How many connections are open at most; who comes later waits for one, and that counts too."""
IDLE_SECONDS_MAX = 2
"""How long nobody may have used a connection that is used again: after five the server hangs up, perhaps just then."""
PATIENCE_SECONDS = 30
"""How long after the last knock answers are waited for."""


class Knock(NamedTuple):
    """Somebody who comes: when, with what, and a number to know them by."""

    at: float
    request: bytes
    number: int
    is_vote: bool


class Told(NamedTuple):
    """What somebody was told, and after how long; a status of 0 is no answer at all."""

    knock: Knock
    seconds: float
    status: int
    may_retry: bool


def come(port: int, knocks: Iterator[Knock]) -> list[Told]:
    """Let everybody come, in the order of their moments, and return what each was told."""
    return uvloop.run(_Crowd(port, knocks).come())


class _Crowd:
    """Everybody who comes, and the connections that are free."""

    def __init__(self, port: int, knocks: Iterator[Knock]) -> None:
        """Keep who comes; nobody has come yet."""
        self.port = port
        self.knocks = knocks
        self.told: list[Told] = []
        self.free: list[_Caller] = []
        self.waiting: deque[Knock] = deque()
        self.callers = 0
        self.began = 0.0
        self.count: int | None = None
        self.is_over = asyncio.Event()

    async def come(self) -> list[Told]:
        """Send everybody at their moment, and wait until the last was answered."""
        loop = asyncio.get_running_loop()
        self.began, count = time.perf_counter(), 0
        connecting: set[asyncio.Task[None]] = set()
        for knock in self.knocks:
            # Whoever is late comes at once, but answers must be read too.
            await asyncio.sleep(max(0, knock.at - (time.perf_counter() - self.began)))
            count += 1
            if caller := self._fresh():
                caller.send(knock)
                continue
            self.waiting.append(knock)
            if self.callers < CALLERS_MAX:
                self.callers += 1
                connecting.add(task := loop.create_task(self._connect()))
                task.add_done_callback(connecting.discard)
        self.count = count
        if len(self.told) < count:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.is_over.wait(), PATIENCE_SECONDS)
        unanswered = [caller.knock for caller in _Caller.all if caller.knock] + list(self.waiting)
        self.told += [Told(knock, PATIENCE_SECONDS, 0, may_retry=False) for knock in unanswered]
        for caller in _Caller.all:
            caller.hang_up()
        _Caller.all.clear()
        return self.told

    def _fresh(self) -> "_Caller | None":
        """Return a connection that somebody used just now, if there is one, and let go of what is old."""
        while self.free:
            caller = self.free.pop()
            if time.perf_counter() - caller.free_since < IDLE_SECONDS_MAX:
                return caller
            caller.hang_up()
        return None

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            _transport, caller = await loop.create_connection(lambda: _Caller(self), "127.0.0.1", self.port)
        except OSError:
            self.callers -= 1
            if self.waiting:
                self.tell(self.waiting.popleft(), 0, may_retry=False)
            return
        self.let_go(caller)

    def let_go(self, caller: "_Caller") -> None:
        """Give a connection to who waits longest for one, or keep it."""
        if self.waiting:
            caller.send(self.waiting.popleft())
        else:
            caller.free_since = time.perf_counter()
            self.free.append(caller)

    def tell(self, knock: Knock, status: int, *, may_retry: bool) -> None:
        """Note what somebody was told."""
        self.told.append(Told(knock, time.perf_counter() - self.began - knock.at, status, may_retry))
        if len(self.told) == self.count:
            self.is_over.set()


class _Caller(asyncio.Protocol):
    """One connection, on which one person at a time is answered."""

    all: "list[_Caller]" = []  # noqa: RUF012 - one crowd at a time comes

    def __init__(self, crowd: _Crowd) -> None:
        """Belong to a crowd."""
        self.knock: Knock | None = None
        self.free_since = 0.0
        self._crowd = crowd
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep how to send."""
        self.all.append(self)
        self._transport = cast("asyncio.Transport", transport)

    def send(self, knock: Knock) -> None:
        """Ask what somebody came for."""
        self.knock = knock
        self._transport.write(knock.request)

    def data_received(self, data: bytes) -> None:
        """Note the answer once it is whole, and be free again."""
        self._answer = self._answer + data if self._answer else data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found or self.knock is None:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        knock, self.knock, self._answer = self.knock, None, b""
        self._crowd.tell(knock, int(head[9:12]), may_retry=b"\r\nretry-after: " in head.lower())
        self._crowd.let_go(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who was waiting that there is no answer."""
        del exc
        self._crowd.callers -= 1
        if self in self._crowd.free:
            self._crowd.free.remove(self)
        if self.knock:
            knock, self.knock = self.knock, None
            self._crowd.tell(knock, 0, may_retry=False)

    def hang_up(self) -> None:
        """Close the connection."""
        self.knock = None
        self._transport.close()
