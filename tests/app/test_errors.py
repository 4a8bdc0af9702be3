# SPDX-License-Identifier: EUPL-1.2
"""Errors are told in one place: a page for people, a problem document for machines, in Dutch, without details."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from litestar import Controller, get, post
from litestar.di import NamedDependency

from tests.app.house import PLACES, House
from tests.app.knocking import Knocker
from wijkbudget.app.asgi import make_app
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.identity import service
from wijkbudget.identity.models import Person
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.errors import Busy, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb

HERE = PLACES[0]
SECRET = "the name of somebody"


@verb(may(Role.GUEST), municipal=True)
def write_twice(work: Work) -> None:
    """Put two people with one id in the register, which the database refuses."""
    for _copy in range(2):
        work.session.add(Person(id=UUID(int=1), name=SECRET, birth_year=1970))
        work.session.flush()
        work.session.expunge_all()


class Broken(Controller):
    """Routes that fail in every way, as no route of ours should."""

    path = "/{where:str}"

    @get("/bug", opt=does())
    async def bug(self) -> None:
        raise RuntimeError(SECRET)

    @get("/row", opt=does())
    async def row(self) -> Any:
        return Person(id=UUID(int=1), name=SECRET, birth_year=1970)

    @get("/rows", opt=does())
    async def rows(self) -> Any:
        return {"people": [Person(id=UUID(int=1), name=SECRET, birth_year=1970)]}

    @get("/busy", opt=does())
    async def busy(self) -> None:
        raise Busy

    @get("/rule", opt=does())
    async def rule(self) -> None:
        raise RuleBroken(_("You tried too often. Wait ten minutes and try again."), article="artikel 3")

    @post("/clash", opt=does(write_twice))
    async def clash(self, desk: NamedDependency[FrontDesk]) -> None:
        await desk.act(write_twice)


class BrokenApi(Broken):
    """The same for machines."""

    path = "/api/{where:str}"


@pytest.fixture(scope="module")
def broken(house: House) -> Iterator[Knocker]:
    knocker = Knocker(make_app(house.desk, origin="http://testserver.local", handlers=[Broken, BrokenApi]), house.desk)
    yield knocker
    knocker.close()


class TestProblemDocument:
    @pytest.mark.parametrize(
        ("method", "path", "body", "told"),
        [
            ("GET", "/api/v1/nothing", None, (404, "Niet gevonden", "Hier is geen pagina.")),
            ("GET", "/api/v1/neighbourhoods/noord", None, (404, "Niet gevonden", "Er is geen wijk met deze naam.")),
            ("DELETE", "/api/v1/neighbourhoods", None, (405, "Niet mogelijk", "Dit kan niet op dit adres.")),
            ("GET", "/api/v1/municipal-roles", None, (403, "Niet toegestaan", "Je mag dit hier niet doen.")),
            ("POST", "/api/v1/sessions", b"{", (400, "Onjuist verzoek", "Dit is niet te lezen: het is geen JSON.")),
            ("POST", "/api/v1/sessions", {}, (400, "Onjuist verzoek", "Dit is niet te lezen.")),
        ],
    )
    def test_tells_what_is_wrong_in_dutch(
        self, house: House, method: str, path: str, body: object, told: tuple[int, str, str]
    ):
        answer = house.knocker.send(method, path, body)
        document = answer.document
        assert answer.header("content-type") == "application/problem+json"
        assert (answer.status, document["type"]) == (document["status"], "about:blank")
        assert (answer.status, document["title"], document["detail"]) == told

    def test_has_a_sentence_for_every_field_that_is_wrong(self, house: House):
        answer = house.knocker.post("/api/v1/login-letters", {"postcode": "x" * 20, "houseNumber": 0, "isFree": True})
        assert answer.document["errors"] == [
            {"pointer": "#/postcode", "detail": "Dit is te lang: hooguit 10."},
            {"pointer": "#/houseNumber", "detail": "Dit is te laag."},
            {"pointer": "#/birthYear", "detail": "Vul dit in."},
            {"pointer": "#/isFree", "detail": "Dit wordt hier niet gevraagd."},
        ]

    def test_has_a_sentence_for_a_part_of_the_address_that_is_wrong(self, house: House):
        answer = house.knocker.get(f"/api/v1/neighbourhoods/{HERE}/trail?before=five")
        assert (answer.status, answer.document["errors"]) == (
            400,
            [{"parameter": "before", "detail": "Dit is niet goed ingevuld."}],
        )

    def test_names_the_refusal_and_the_article(self, broken: Knocker):
        answer = broken.get("/api/x/rule")
        assert (answer.status, answer.document["refusal"], answer.document["article"]) == (
            422,
            "RuleBroken",
            "artikel 3",
        )

    def test_says_when_to_try_again(self, broken: Knocker):
        answer = broken.get("/api/x/busy")
        assert (answer.status, answer.header("retry-after")) == (503, "1")


class TestPage:
    @pytest.mark.parametrize(
        ("method", "path", "status", "sentence"),
        [
            ("GET", "/nergens", 404, "Hier is geen pagina."),
            ("GET", "/wijken/noord", 404, "Er is geen wijk met deze naam."),
            ("GET", f"/wijken/{HERE}/geld/twee", 404, "Hier is geen pagina."),
            ("POST", "/uitleg", 405, "Dit kan niet op dit adres."),
            ("GET", "/rollen", 403, "Je mag dit hier niet doen."),
        ],
    )
    def test_tells_what_is_wrong_in_dutch(self, house: House, method: str, path: str, status: int, sentence: str):
        answer = house.knocker.send(method, path)
        assert (answer.status, answer.header("content-type")) == (status, "text/html; charset=utf-8")
        assert sentence in answer.text
        assert '<html lang="nl"' in answer.text

    def test_is_a_page_too_for_what_never_came_past_the_edge(self, house: House):
        answer = house.knocker.get("/", host="evil.example")
        assert (answer.status, answer.header("content-type")) == (400, "text/html; charset=utf-8")
        assert "Dit adres is niet van ons." in answer.text


class TestBug:
    @pytest.mark.parametrize("name", ["bug", "row", "rows"])
    def test_tells_nothing_of_what_broke(self, broken: Knocker, name: str, caplog: pytest.LogCaptureFixture):
        with caplog.at_level(logging.CRITICAL):
            page, document = broken.get(f"/x/{name}"), broken.get(f"/api/x/{name}")
        assert (page.status, document.status) == (500, 500)
        assert "Er ging bij ons iets mis. Er is niets veranderd." in page.text
        assert document.document == {
            "type": "about:blank",
            "status": 500,
            "title": "Fout bij ons",
            "detail": "Er ging bij ons iets mis. Er is niets veranderd.",
        }
        for answer in (page, document):
            assert not any(told in answer.text for told in (SECRET, "Error:", "Traceback", ".py"))

    def test_that_the_database_stops_is_a_conflict(self, house: House, broken: Knocker):
        before = house.rows("SELECT COUNT(*) FROM person")
        answer = broken.post("/api/x/clash", {})
        assert (answer.status, answer.document["detail"]) == (
            409,
            "Iemand anders was net eerder. Laad de pagina opnieuw.",
        )
        assert house.rows("SELECT COUNT(*) FROM person") == before


class TestToken:
    @pytest.mark.parametrize("token", [None, "", "0" * 64, "é", "\ud800"], ids=ascii)
    def test_of_another_visit_is_refused(self, house: House, token: str | None):
        session, before = house.token(house.actors[Role.RESIDENT, HERE]), house.version()
        carried = {} if token is None else {"csrf_token": token}
        body = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in carried.items())
        headers = [
            (b"host", b"testserver.local"),
            (b"origin", b"http://testserver.local"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"cookie", f"session={session}".encode()),
        ]
        answer = house.knocker.raw("POST", b"/uitloggen", headers=headers, body=body.encode())
        assert answer.status == 403
        assert "Deze pagina is te oud." in answer.text
        assert house.version() == before

    def test_of_this_visit_is_taken(self, house: House):
        session = house.token(house.actors[Role.GUIDE, HERE])
        assert house.knocker.post(f"/wijken/{HERE}/klussen/nieuw", {}, token=session).status == 400


class TestCookie:
    def _log_in(self, house: House, origin: str) -> list[str]:
        code = house.desk.act(service.prove_at_desk, HERE, UUID(house.actors[Role.RESIDENT, HERE].id)).code
        knocker = Knocker(make_app(house.desk, origin=origin), house.desk, origin)
        answer = knocker.post("/inloggen", {"code": code})
        knocker.close()
        assert (answer.status, answer.header("location")) == (303, "/mijn")
        return [value for name, value in answer.headers if name == "set-cookie"]

    def test_of_a_visit_cannot_be_read_or_sent_by_others(self, house: House):
        session = next(each for each in self._log_in(house, "http://127.0.0.1:8000") if each.startswith("session="))
        _value, *attributes = session.split("; ")
        assert {each.lower() for each in attributes} == {"httponly", "path=/", "samesite=lax"}

    def test_of_a_visit_over_https_belongs_to_this_host_only(self, house: House):
        cookies = self._log_in(house, "https://wijk.example")
        session = next(each for each in cookies if each.startswith("__Host-session="))
        _value, *attributes = session.split("; ")
        assert {each.lower() for each in attributes} == {"httponly", "path=/", "samesite=lax", "secure"}
        assert all("Secure" in each for each in cookies)
