# SPDX-License-Identifier: EUPL-1.2
"""Whole pages are kept for strangers: never a moment too long, never for somebody else, and never too many."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from tests import worlds
from tests.conftest import Browser, Clock, Front, desk_of
from tests.stores import CHOSEN, statements, url_of
from wijkbudget.app import kept, templating
from wijkbudget.db.database import open_database
from wijkbudget.initiatives import service as initiatives
from wijkbudget.initiatives.schemas import CostLineDraft, ProposeInitiative
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.neighbourhoods import service
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail.desk import Desk

PLANS = "/wijken/oost/initiatieven"


@pytest.fixture
def anna(desk: Desk) -> Actor:
    """Found Meerwijk, and return a resident of Oost."""
    worlds.found_meerwijk(desk)
    return worlds.settle_in(desk, "oost", 1)[0]


def propose(desk: Desk, who: Actor, title: str) -> None:
    """Propose a plan, at the moment it is."""
    trees = CostLineDraft(what="Bomen", amount_cents=320_000)
    plan = ProposeInitiative(
        title=title, summary="Voor iedereen.", theme="groen", quarter="BU99010101", spot="Park", cost_lines=[trees]
    )
    desk.by(who).act(initiatives.propose, "oost", plan)


def questions(client: Browser, path: str, **headers: str) -> int:
    """Return how many things a page asks of the database."""
    with statements() as asked:
        assert client.get(path, headers=headers).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("anna")
class TestAPage:
    def test_that_a_stranger_read_is_given_again_as_it_was(self, client: Browser):
        first = client.get(PLANS)
        with statements() as asked:
            again = client.get(PLANS)
        assert asked == []
        assert (again.status_code, again.text, again.headers) == (200, first.text, first.headers)
        assert "no-store" in again.headers["cache-control"]

    def test_shows_an_act_at_the_very_next_reading(self, client: Browser, desk: Desk, anna: Actor):
        for title in ("Pluktuin", "Speelplek"):
            assert title not in client.get(PLANS).text
            propose(desk, anna, title)
            assert title in client.get(PLANS).text

    def test_shows_the_act_of_another_process_on_this_database(
        self, client: Browser, desk: Desk, anna: Actor, clock: Clock, tmp_path: Any
    ):
        assert "Pluktuin" not in client.get(PLANS).text
        other = open_database(url_of(desk))
        propose(desk_of(other, tmp_path, clock, drawn=10_000), anna, "Pluktuin")
        other.close()
        if CHOSEN == "postgres":
            clock.now += kept.KEPT
        assert "Pluktuin" in client.get(PLANS).text

    def test_is_made_again_after_a_second_and_when_the_clock_is_set_back(self, client: Browser, clock: Clock):
        assert questions(client, PLANS) > 0
        clock.now += kept.KEPT - timedelta(microseconds=1)
        assert questions(client, PLANS) == 0
        clock.now += timedelta(microseconds=1)
        assert questions(client, PLANS) > 0
        clock.now -= timedelta(microseconds=1)
        assert questions(client, PLANS) > 0

    def test_is_made_again_while_nobody_can_tell_whether_it_changed(
        self, client: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ):
        client.get(PLANS)
        monkeypatch.setattr(desk.database, "recorded", lambda: None)
        assert questions(client, PLANS) > 0
        assert questions(client, PLANS) > 0


class TestNobodyElse:
    def test_gets_the_page_of_who_is_logged_in_nor_they_that_of_a_stranger(self, client: Browser, anna: Actor):
        client.log_in(anna)
        own = client.get(PLANS).text
        client.log_out()
        strange = client.get(PLANS).text
        client.log_in(anna)
        assert ("/uitloggen" in own, "/uitloggen" in strange) == (True, False)
        assert client.get(PLANS).text.count("/uitloggen") == own.count("/uitloggen")

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("Cookie", "session=unknown"),
            ("Cookie", "language=nl"),
            ("Cookie", ""),
            ("Authorization", "Bearer unknown"),
            ("Authorization", ""),
        ],
    )
    def test_who_sends_what_could_tell_who_they_are_is_a_stranger(
        self, client: Browser, anna: Actor, name: str, value: str
    ):
        assert anna
        client.get(PLANS)
        assert questions(client, PLANS, **{name: value}) > 0
        assert questions(client, PLANS) == 0

    @pytest.mark.usefixtures("anna")
    def test_reads_it_in_another_language(self, client: Browser):
        for spoken, said in (("nl", "Inloggen"), ("en", "Log in"), ("nl", "Inloggen"), ("en", "Log in")):
            answer = client.get(PLANS, headers={"Accept-Language": spoken})
            assert (answer.headers["content-language"], said in answer.text) == (spoken, True)

    def test_reads_it_in_another_tone(self, client: Browser, desk: Desk, anna: Actor, front: Front):
        assert anna
        toml = demo_toml("oost").replace('tone = "je"', 'tone = "u"')
        polite = AdoptPolicy(valid_from=desk.clock().date(), decided_by="Raadsbesluit 2026-9", toml=toml)
        before = client.get(f"{PLANS}").text
        administrator = worlds.somebody(Role.ADMINISTRATOR, "oost")
        desk.by(administrator).act(service.adopt_policy, "oost", polite)
        front.app.tones.forget()
        after = client.get(f"{PLANS}").text
        assert before != after
        assert re.search(r"\b[Uu]w?\b", re.sub(r"<[^>]*>", "", after))

    @pytest.mark.usefixtures("anna")
    def test_gets_it_at_another_address_or_host(self, client: Browser):
        for path in (PLANS, f"{PLANS}?thema=groen", f"{PLANS}?thema=jeugd", "/wijken/west/initiatieven"):
            assert questions(client, path) > 0
        assert client.get(PLANS, headers={"Host": "evil.example"}).status_code == 400
        assert client.client.head(PLANS).status_code == 405


@pytest.mark.usefixtures("anna")
class TestIsNeverKept:
    @pytest.mark.parametrize("path", ["/inloggen", "/stemmen"])
    def test_a_page_with_a_form(self, client: Browser, path: str):
        first, second = client.get(path), client.get(path)
        assert first.status_code == 200
        found = [re.findall(r'name="reference" value="([^"]+)"', answer.text) for answer in (first, second)]
        assert found[0]
        assert found[0] != found[1]

    @pytest.mark.parametrize("path", ["/wijken/noord", f"{PLANS}/00000000-0000-4000-8000-000000000000"])
    def test_an_error(self, client: Browser, path: str):
        for _each in range(2):
            with statements() as asked:
                assert client.get(path).status_code == 404
            assert asked

    @pytest.mark.parametrize("path", ["/api/v1/neighbourhoods", "/health"])
    def test_what_is_for_machines(self, client: Browser, path: str):
        assert questions(client, path) > 0
        assert questions(client, path) > 0


@pytest.mark.usefixtures("anna")
class TestTheRoom:
    def test_is_for_so_many_pages_and_the_newest_stay(self, client: Browser, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(kept, "PAGES_MAX", 2)
        for number in range(3):
            client.get(f"{PLANS}?{number}")
        assert [questions(client, f"{PLANS}?{number}") > 0 for number in (2, 1, 0)] == [False, False, True]

    def test_is_for_so_many_bytes(self, client: Browser, monkeypatch: pytest.MonkeyPatch):
        length = len(client.get(PLANS).content)
        monkeypatch.setattr(kept, "BYTES_MAX", 2 * length + 100)
        for number in range(20):
            client.get(f"{PLANS}?{number}")
        assert questions(client, f"{PLANS}?19") == 0
        assert questions(client, f"{PLANS}?17") > 0
        monkeypatch.setattr(kept, "PAGE_BYTES_MAX", length)
        assert questions(client, f"{PLANS}?{'x' * 100}") > 0
        assert questions(client, f"{PLANS}?{'x' * 100}") > 0


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
