# SPDX-License-Identifier: EUPL-1.2
"""A page that is being made is made once for all strangers who ask for it meanwhile, and only for them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from tests import worlds
from tests.conftest import Clock
from wijkbudget.app import kept, templating
from wijkbudget.trail.desk import Desk


class Maker:
    """Makes pages one by one, each when it is told how; every page says which it is."""

    def __init__(self) -> None:
        self.asked: list[asyncio.Future[str]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        number = len(self.asked)
        self.asked.append(asyncio.get_running_loop().create_future())
        how = await self.asked[number]
        if how == "broken":
            raise RuntimeError
        scope["state"]["is_for_everybody"] = how == "for everybody"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": f"page {number}".encode(), "more_body": False})


class Crowd:
    """Asks one house for a page, many at once."""

    def __init__(self, desk: Desk) -> None:
        self.maker = Maker()
        self._pages = kept.KeptPages(desk).before(self.maker)

    async def come(self, people: int, path: str = "/", reads: Callable[[Any], Awaitable[None]] | None = None) -> Any:
        """Let people ask, and return what each is told, as tasks."""
        told = [asyncio.create_task(self._told(path, reads)) for _each in range(people)]
        await self.turn()
        return told

    async def turn(self) -> None:
        """Let everybody go on as far as they can."""
        for _each in range(10):
            await asyncio.sleep(0)

    async def _told(self, path: str, reads: Callable[[Any], Awaitable[None]] | None) -> str:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if reads:
                await reads(message)
            sent.append(message)

        route = type("Route", (), {"opt": {"anonymous": path == "/stemmen"}})
        asked: Any = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "state": {}}
        await self._pages({**asked, "route_handler": route}, receive, send)
        assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
        return str(sent[1]["body"].decode())


def play(scene: Coroutine[Any, Any, None]) -> None:
    """Let a scene take place; who would wait for ever is not waited for."""
    asyncio.run(asyncio.wait_for(scene, 10))


class TestAPageThatIsBeingMade:
    def test_is_made_once_for_all_who_ask_meanwhile_however_long_it_takes(self, desk: Desk, clock: Clock):
        async def scene() -> None:
            crowd = Crowd(desk)
            readers = await crowd.come(50)
            clock.now += kept.KEPT - timedelta(microseconds=1)
            readers += await crowd.come(50)
            clock.now += timedelta(seconds=9)
            assert len(crowd.maker.asked) == 1
            crowd.maker.asked[0].set_result("for everybody")
            assert await asyncio.gather(*readers) == ["page 0"] * 100

        play(scene())

    def test_is_too_old_for_who_asks_a_second_after_it_was_begun(self, desk: Desk, clock: Clock):
        async def scene() -> None:
            crowd = Crowd(desk)
            early = await crowd.come(2)
            clock.now += kept.KEPT
            late = await crowd.come(2)
            crowd.maker.asked[1].set_result("for everybody")
            assert await asyncio.gather(*late) == ["page 1"] * 2
            # The older one is done last, and does not take the place of the newer.
            crowd.maker.asked[0].set_result("for everybody")
            assert await asyncio.gather(*early) == ["page 0"] * 2
            assert await asyncio.gather(*await crowd.come(2)) == ["page 1"] * 2

        play(scene())

    def test_is_not_for_who_asks_after_an_act_that_was_recorded_meanwhile(self, desk: Desk):
        found: list[str] = []

        async def scene() -> None:
            crowd = Crowd(desk)
            before = await crowd.come(2)
            await asyncio.to_thread(worlds.found_meerwijk, desk)
            after = await crowd.come(2)
            for making in crowd.maker.asked:
                making.set_result("for everybody")
            found.extend(await asyncio.gather(*before, *after))
            found.extend(await asyncio.gather(*await crowd.come(1)))

        play(scene())
        assert found == ["page 0", "page 0", "page 1", "page 1", "page 1"]

    @pytest.mark.parametrize("how", ["not for everybody", "broken", "cancelled"])
    def test_is_made_by_each_who_waited_when_it_is_not_for_them(self, desk: Desk, how: str):
        async def scene() -> None:
            crowd = Crowd(desk)
            maker, *others = await crowd.come(3)
            if how == "cancelled":
                maker.cancel()
            else:
                crowd.maker.asked[0].set_result(how)
            await crowd.turn()
            # Both at once: neither waits for the other.
            assert len(crowd.maker.asked) == 3
            for making in crowd.maker.asked[1:]:
                making.set_result("for everybody")
            assert await asyncio.gather(*others) == ["page 1", "page 2"]
            [own] = await asyncio.gather(maker, return_exceptions=True)
            assert (own == "page 0") == (how == "not for everybody")

        play(scene())

    def test_goes_on_when_somebody_who_waits_goes_away(self, desk: Desk):
        async def scene() -> None:
            crowd = Crowd(desk)
            maker, gone, stays = await crowd.come(3)
            gone.cancel()
            await crowd.turn()
            crowd.maker.asked[0].set_result("for everybody")
            assert await asyncio.gather(maker, stays) == ["page 0"] * 2

        play(scene())

    def test_waits_for_no_reader_who_reads_slowly(self, desk: Desk):
        async def scene() -> None:
            crowd = Crowd(desk)
            may_go_on = asyncio.Event()

            async def slowly(_message: Any) -> None:
                await may_go_on.wait()

            [slow] = await crowd.come(1, reads=slowly)
            others = await crowd.come(2)
            crowd.maker.asked[0].set_result("for everybody")
            assert await asyncio.gather(*others) == ["page 0"] * 2
            assert not slow.done()
            may_go_on.set()
            assert await slow == "page 0"

        play(scene())

    def test_is_another_in_another_language(self, desk: Desk):
        async def scene() -> None:
            crowd = Crowd(desk)
            readers = []
            for spoken in ("nl", "en", "nl@formal", "nl", "en"):
                templating.language.set(spoken)
                readers += await crowd.come(1)
            for making in crowd.maker.asked:
                making.set_result("for everybody")
            assert await asyncio.gather(*readers) == ["page 0", "page 1", "page 2", "page 0", "page 1"]

        play(scene())

    @pytest.mark.parametrize("path", ["/api/v1/neighbourhoods", "/stemmen"])
    def test_is_waited_for_by_no_voter_and_no_machine(self, desk: Desk, path: str):
        async def scene() -> None:
            crowd = Crowd(desk)
            readers = await crowd.come(3, path)
            for making in crowd.maker.asked:
                making.set_result("not for everybody")
            assert await asyncio.gather(*readers) == ["page 0", "page 1", "page 2"]

        play(scene())
