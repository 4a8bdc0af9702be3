# SPDX-License-Identifier: EUPL-1.2
"""A long answer is sent while it is read: never held whole, refused before it begins, and let go of at its end."""

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream
from sqlmodel import Session, select

from tests.conftest import ORIGIN
from wijkbudget.app.asgi import make_app
from wijkbudget.http import flow
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download_flow
from wijkbudget.http.flow import CutOff, Flow
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.errors import Busy, NotFound
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import _
from wijkbudget.reports.formats.csv import CSV
from wijkbudget.trail.work import Look, question

LETTERS = "x" * 200


class LongRow(View):
    """A row of a long answer."""

    number: int
    letters: str


@question(may(Role.GUEST), municipal=True)
def long_answer(look: Look, count: int) -> Iterator[LongRow]:
    """Return so many rows. Raises NotFound for none, and is broken after 1,000 where 1,001 were asked."""
    if count == 0:
        raise NotFound(_("There is no such file."))
    return _rows(count)


@question(may(Role.GUEST), municipal=True)
def sessions(look: Look) -> Iterator[Session]:
    """Return the session itself, for ever."""
    look.session.exec(select(1))
    return repeat(look.session)


def _rows(count: int) -> Iterator[LongRow]:
    # The same row again and again, because making one takes longer than sending it.
    row = LongRow(number=count, letters=LETTERS)
    for number in range(count):
        if (count, number) == (1001, 1000):
            raise RuntimeError
        yield row


class Long(Controller):
    """Answers long."""

    path = "/api/v1"

    @get("/long/{count:int}", opt=does(long_answer, files={CSV.media_type: bytes}))
    async def long(self, desk: NamedDependency[FrontDesk], count: FromPath[int]) -> Stream:
        pieces = await desk.flow(partial(CSV.write, LongRow), long_answer, count)
        return download_flow(pieces, name="long.csv", media_type=CSV.media_type)


class Reader:
    """Reads an answer and keeps none of it; may leave after so many pieces."""

    def __init__(self, leaves_after: int | None = None) -> None:
        self.leaves_after = leaves_after
        self.status = 0
        self.length = 0
        self.pieces = 0
        self.memory_bytes_max = 0
        self.is_whole = False
        self._gone = asyncio.Event()

    async def receive(self) -> Any:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self.pieces += 1
        self.memory_bytes_max = max(self.memory_bytes_max, _memory_bytes())
        self.length += len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        if self.is_whole or self.pieces == self.leaves_after:
            self._gone.set()
        # Whoever reads from afar takes a while.
        await asyncio.sleep(0)


@pytest.fixture
def read(desk):
    """Return how to read an answer of so many rows."""
    app = make_app(desk, origin=ORIGIN, handlers=[Long])

    def read(count, reader):
        path = f"/api/v1/long/{count}"
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(b"host", ORIGIN.partition("//")[2].encode())],
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
            "state": {},
        }
        asyncio.run(app(scope, reader.receive, reader.send))
        return reader

    return read


def _memory_bytes():
    """Return how much memory this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _all_let_go():
    """Return whether as many long answers as may be can begin now, or within a few seconds."""
    for _try in range(300):
        begun = []
        try:
            for _each in range(flow.FLOWS_MAX):
                rows = _rows(1)
                begun.append(Flow(rows, rows))
        except Busy:
            time.sleep(0.01)
        else:
            return True
        finally:
            for each in begun:
                each.close()
    return False


class TestALongAnswer:
    def test_of_200_000_rows_is_never_held_whole(self, read):
        read(5_000, Reader())
        before = _memory_bytes()
        reader = read(200_000, Reader())
        assert reader.is_whole
        assert reader.length > 40_000_000
        assert reader.memory_bytes_max - before < 8_000_000

    def test_is_refused_before_it_begins(self, read):
        reader = read(0, Reader())
        assert (reader.status, reader.is_whole) == (404, True)
        assert _all_let_go()

    def test_that_breaks_is_not_whole(self, read):
        reader = Reader()
        with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever the server is told, it ends the connection
            read(1001, reader)
        assert (reader.status, reader.is_whole) == (200, False)
        assert _all_let_go()

    def test_stops_when_the_reader_leaves(self, read):
        reader = read(200_000, Reader(leaves_after=3))
        assert (reader.status, reader.is_whole) == (200, False)
        assert reader.pieces < 10
        assert _all_let_go()

    def test_keeps_a_session_until_it_is_let_go_of(self, desk):
        rows = desk.rows(sessions)
        session = next(rows)
        assert session.in_transaction()
        rows.close()
        assert not session.in_transaction()


class TestFlow:
    @pytest.fixture
    def flowing(self):
        """Return flows, all closed at the end."""
        made = []

        def flowing(count):
            rows = _rows(count)
            made.append(Flow(rows, CSV.write(LongRow, rows)))
            return made[-1]

        yield flowing
        for each in made:
            each.close()

    def test_is_refused_when_too_many_are_sent(self, flowing):
        flows = [flowing(1) for _each in range(flow.FLOWS_MAX)]
        with pytest.raises(Busy):
            flowing(1)
        flows[0].close()
        flows[0].close()
        assert flowing(1).write()
        with pytest.raises(Busy):
            flowing(1)

    def test_that_was_let_go_of_does_not_look_whole(self, flowing):
        cut = flowing(2_000)
        assert cut.write()
        cut.close()
        with pytest.raises(CutOff):
            cut.write()

    def test_is_let_go_of_after_what_is_being_written(self, flowing):
        writing = flowing(2_000)
        threads = [threading.Thread(target=writing.write), threading.Thread(target=writing.close)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with pytest.raises(CutOff):
            writing.write()
        assert _all_let_go()
