# SPDX-License-Identifier: EUPL-1.2
"""Sends rows while they are read: a long answer is never held whole, and a slow reader holds no thread."""

import asyncio
import threading
from collections.abc import AsyncIterator, Generator, Iterator
from itertools import islice
from typing import Any

from wijkbudget.kit.errors import Busy

FLOWS_MAX = 8
"""How many long answers are sent at once; each keeps a session of the database, and pages need those too."""

SECONDS_MAX = 15 * 60
"""After so long the database is let go of, however slowly the reader takes what is sent."""

_TOGETHER = 500
"""How many pieces are written at once, in a thread, before the reader gets them."""

_free = threading.BoundedSemaphore(FLOWS_MAX)


class CutOff(Exception):
    """The reader took too long; breaking the answer off tells them that it is not whole."""


class Flow:
    """Rows on their way out: written a few at a time, and let go of once, whoever asks for it first."""

    def __init__(self, rows: Generator[Any], pieces: Iterator[str]) -> None:
        """Keep the rows, and the pieces of text that they are written as. Raises Busy if too many flow already."""
        if not _free.acquire(blocking=False):
            raise Busy
        self._rows = rows
        self._pieces = pieces
        self._lock = threading.Lock()
        self._is_open = True

    def write(self) -> bytes:
        """Return the next pieces, or nothing when that was all. Raises CutOff, and whatever reading raises."""
        with self._lock:
            if not self._is_open:
                raise CutOff
            return "".join(islice(self._pieces, _TOGETHER)).encode()

    def close(self) -> None:
        """Let the database go."""
        with self._lock:
            if self._is_open:
                self._is_open = False
                self._rows.close()
                _free.release()


async def begun(flow: Flow) -> AsyncIterator[bytes]:
    """Return what flows, once its beginning was read: until then a refusal can still be told.

    Raises what the question refuses with.
    """
    try:
        first = await asyncio.to_thread(flow.write)
    except BaseException:
        _close(flow)
        raise
    timer = asyncio.get_running_loop().call_later(SECONDS_MAX, _close, flow)
    return _rest(flow, first, timer)


async def _rest(flow: Flow, piece: bytes, timer: asyncio.TimerHandle) -> AsyncIterator[bytes]:
    """Yield the first piece, and then all others."""
    try:
        while piece:
            yield piece
            piece = await asyncio.to_thread(flow.write)
    finally:
        timer.cancel()
        _close(flow)


def _close(flow: Flow) -> None:
    """Close in a thread, and wait for nothing: a reader who is gone cancels whatever is awaited."""
    asyncio.get_running_loop().run_in_executor(None, flow.close)
