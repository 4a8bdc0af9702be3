# SPDX-License-Identifier: EUPL-1.2
"""Whole pages are kept for strangers: never a moment too long, never for somebody else, and never too many."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests import worlds
from tests.conftest import Browser, Clock, Front, desk_of
from tests.stores import CHOSEN, statements, url_of
from wijkbudget.app import kept
from wijkbudget.db.database import open_database
from wijkbudget.initiatives import service as initiatives
from wijkbudget.initiatives.schemas import CostLineDraft, ProposeInitiative
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
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
        polite = AdoptPolicy(valid_from=day_of(desk.clock()), decided_by="Raadsbesluit 2026-9", toml=toml)
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
