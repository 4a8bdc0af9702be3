# SPDX-License-Identifier: EUPL-1.2
"""Logging in at an identity provider through the pages, with a real one and with one that does as it is told."""

import logging
import threading
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import oidc_provider_mock
import pytest
from litestar.testing import TestClient

from tests.conftest import ORIGIN, Browser
from tests.identity.people import everything, inside, letter_code, load, person
from wijkbudget.app.asgi import make_app
from wijkbudget.identity import service
from wijkbudget.identity.logins.settings import ProviderSettings
from wijkbudget.identity.rules.openid import Level
from wijkbudget.identity.schemas import GrantRole
from wijkbudget.kit.actor import Role

GO, BACK = "/inloggen/bij/gemeente", "/inloggen/bij/gemeente/terug"


@pytest.fixture
def open_pages(town, front):
    """Return what opens the pages of the house with these providers."""
    opened = []

    def opening(*settings):
        client = TestClient(front.before(town, providers=settings), base_url=ORIGIN)
        opened.append(client)
        return Browser(client.__enter__(), town)

    yield opening
    for client in opened:
        client.__exit__()


@pytest.fixture
def pages(open_pages, provider):
    return open_pages(provider.settings(pseudonym_claim="pseudoniem"))


def come_back(pages, provider, **answer):
    """Leave for the provider, log in there and come back; return the page one comes back to."""
    left = pages.get(GO)
    assert left.status_code == 303
    return pages.get(f"{BACK}?{urlencode(provider.log_in(left.headers['location']) | answer)}")


def who(pages, town):
    """Return the name and the roles of who is logged in, or None."""
    token = pages.client.cookies.get("session")
    found = token and town.ask(inside, "actor_of", token)
    return (found[1], {role for role, _place in found[0].roles}) if found else None


# The provider itself stands on an old part of Authlib.
@pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
class TestARealProvider:
    @pytest.fixture
    def server(self):
        user = oidc_provider_mock.User(sub="abc", claims={"pseudoniem": "p-1"})
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        with oidc_provider_mock.run_server_in_thread(user_claims=[user], require_nonce=True) as server:
            yield f"http://localhost:{server.server_port}"

    def test_lets_a_resident_in_and_a_stranger_as_a_guest(self, open_pages, town, clock, server):
        clock.now = datetime.now(UTC)
        settings = {"key": "gemeente", "name": "de gemeente", "issuer": server, "client_id": "x", "secret": "y"}
        pages = open_pages(ProviderSettings(pseudonym_claim="pseudoniem", **settings))
        assert "Inloggen met de gemeente" in pages.get("/inloggen").text
        for subject, known in (("abc", ("Anna Bos", {Role.RESIDENT})), ("def", ("", set()))):
            left = pages.get(GO).headers["location"]
            chosen = httpx.post(left, data={"sub": subject})
            back = chosen.headers["location"]
            assert back.startswith(f"{ORIGIN}{BACK}?code=")
            came = pages.get(back.removeprefix(ORIGIN))
            assert (came.status_code, came.headers["location"]) == (303, "/mijn")
            assert who(pages, town) == known
            again = pages.get(back.removeprefix(ORIGIN))
            assert again.status_code == 403


class TestWhoComesIn:
    def test_is_whom_the_register_calls_so(self, pages, provider, town):
        provider.claims = {"pseudoniem": "p-1"}
        assert come_back(pages, provider).headers["location"] == "/mijn"
        assert who(pages, town) == ("Anna Bos", {Role.RESIDENT})

    def test_is_a_guest_if_the_register_does_not_know_them_and_the_same_one_again(self, pages, provider, town):
        provider.claims = {"pseudoniem": "p-99"}
        come_back(pages, provider)
        assert who(pages, town) == ("", set())
        first = town.ask(inside, "actor_of", pages.client.cookies["session"])[0].id
        come_back(pages, provider)
        assert town.ask(inside, "actor_of", pages.client.cookies["session"])[0].id == first

    def test_is_a_resident_once_the_register_knows_them(self, pages, provider, town):
        provider.claims = {"pseudoniem": "p-99"}
        come_back(pages, provider)
        load(town, "p-99;Dina Vos;9901AB;3;;1985;2020-01-01")
        come_back(pages, provider)
        assert who(pages, town) == ("Dina Vos", {Role.RESIDENT})

    def test_is_a_resident_after_a_code_from_a_letter(self, pages, provider, town):
        come_back(pages, provider)
        pages.post("/mijn/bewijs", {"code": letter_code(town, "p-1")})
        pages.post("/uitloggen")
        come_back(pages, provider)
        assert who(pages, town) == ("Anna Bos", {Role.RESIDENT})

    def test_is_never_looked_up_by_a_citizen_service_number(self, pages, provider, town):
        load(town, "p-123456782;Dina Vos;9901AB;3;;1985;2020-01-01")
        provider.claims = {"pseudoniem": "123456782"}
        come_back(pages, provider)
        assert who(pages, town) == ("", set())
        assert "'123456782'" not in str(town.ask(everything))

    def test_is_kept_as_a_hash_of_the_provider_and_its_name_for_them(self, pages, provider, town):
        provider.claims = {"sub": "subject-of-anna"}
        come_back(pages, provider)
        assert "subject-of-anna" not in str(town.ask(everything))

    @pytest.mark.parametrize(
        ("acr", "roles"), [("substantial", {Role.RESIDENT, Role.CASHIER}), ("low", {Role.RESIDENT})]
    )
    def test_needs_no_phone_where_the_provider_is_sure(self, pages, provider, town, acr, roles):
        given = GrantRole(person_id=person(town, "p-1"), role=Role.CASHIER)
        town.act(service.grant_role, "oost", given)
        provider.claims = {"pseudoniem": "p-1", "acr": f"http://eidas.europa.eu/LoA/{acr}"}
        come_back(pages, provider)
        assert who(pages, town) == ("Anna Bos", roles)

    def test_gets_a_new_token_and_leaves_the_old_visit(self, pages, provider, town):
        come_back(pages, provider)
        first = pages.client.cookies["session"]
        come_back(pages, provider)
        assert pages.client.cookies["session"] != first
        assert town.ask(inside, "actor_of", first) is None


class TestWhoStaysOutside:
    """Nothing is changed, nobody is logged in, and the page says one sentence and offers the other ways."""

    def refused(self, pages, provider, town, sentence, status=403, **answer):
        before = town.ask(everything)
        page = come_back(pages, provider, **answer)
        assert page.status_code == status
        assert sentence in page.text
        assert 'href="/inloggen/brief"' in page.text
        assert "session" not in pages.client.cookies
        assert town.ask(everything) == before

    @pytest.mark.parametrize(
        "claims", [{"iss": "http://127.0.0.1:1"}, {"aud": "other"}, {"nonce": "other"}, {"exp": 1}, {"sub": None}]
    )
    def test_has_a_token_that_says_wrong_things(self, pages, provider, town, claims):
        provider.claims = claims
        self.refused(pages, provider, town, "Begin opnieuw.")

    def test_has_a_token_that_nobody_signed(self, pages, provider, town):
        provider.token = "eyJhbGciOiJub25lIn0.e30."
        self.refused(pages, provider, town, "Begin opnieuw.")

    @pytest.mark.parametrize(
        "answer", [{"state": "x"}, {"state": ""}, {"iss": "http://127.0.0.1:1"}, {"code": "x"}, {"code": ""}]
    )
    def test_brings_an_answer_that_is_not_of_this_login(self, pages, provider, town, answer):
        self.refused(pages, provider, town, "Begin opnieuw.", **answer)

    def test_stopped(self, pages, provider, town):
        self.refused(pages, provider, town, "niet ingelogd", error="access_denied")

    def test_is_not_sure_enough(self, open_pages, provider, town):
        pages = open_pages(provider.settings(asked_level=Level.SUBSTANTIAL))
        provider.claims = {"acr": "http://eidas.europa.eu/LoA/low"}
        self.refused(pages, provider, town, "niet sterk genoeg")

    def test_has_the_answer_of_another_browser(self, pages, provider, town):
        left = pages.get(GO).headers["location"]
        answer = provider.log_in(left)
        pages.client.cookies.clear()
        page = pages.get(f"{BACK}?{urlencode(answer)}")
        assert page.status_code == 403
        assert who(pages, town) is None

    def test_has_an_answer_for_another_provider(self, open_pages, provider, town):
        pages = open_pages(provider.settings(), provider.settings("andere"))
        answer = provider.log_in(pages.get(GO).headers["location"])
        page = pages.get(f"/inloggen/bij/andere/terug?{urlencode(answer)}")
        assert page.status_code == 403
        assert who(pages, town) is None

    def test_comes_too_late(self, pages, provider, town, clock):
        answer = provider.log_in(pages.get(GO).headers["location"])
        clock.forward(minutes=10)
        assert pages.get(f"{BACK}?{urlencode(answer)}").status_code == 403
        assert who(pages, town) is None

    def test_brings_an_answer_that_counted_even_where_the_provider_forgets_that(self, pages, provider, town):
        left = pages.get(GO).headers["location"]
        state = pages.client.cookies["handshake"]
        answer = provider.log_in(left)
        login = provider.logins[answer["code"]]
        assert pages.get(f"{BACK}?{urlencode(answer)}").status_code == 303
        pages.client.cookies.clear()
        pages.client.cookies.set("handshake", state)
        provider.logins[answer["code"]] = login
        assert pages.get(f"{BACK}?{urlencode(answer)}").status_code == 403
        assert who(pages, town) is None

    def test_asks_for_a_provider_that_is_not_there(self, pages):
        assert pages.get("/inloggen/bij/niemand").status_code == 404
        assert pages.get("/inloggen/bij/niemand/terug").status_code == 404


class TestAProviderThatIsAway:
    def test_costs_a_sentence_and_works_again_when_it_is_back(self, pages, provider, town, caplog):
        provider.status = 503
        before = town.ask(everything)
        page = pages.get(GO)
        assert (page.status_code, page.headers["retry-after"]) == (503, "1")
        assert "geeft geen antwoord" in page.text
        assert 'href="/inloggen/brief"' in page.text
        assert town.ask(everything) == before
        assert "the identity provider gemeente does not answer" in caplog.text
        provider.status = 200
        assert come_back(pages, provider).status_code == 303

    def test_in_the_middle_costs_the_login_and_no_more(self, pages, provider, town):
        answer = provider.log_in(pages.get(GO).headers["location"])
        provider.status = 500
        assert pages.get(f"{BACK}?{urlencode(answer)}").status_code == 503
        assert who(pages, town) is None
        provider.status = 200
        assert come_back(pages, provider).status_code == 303

    def test_keeps_nobody_waiting_who_asks_the_house(self, pages, provider, town):
        """More people wait for the provider than the house has threads for calls outside; the others get in."""
        waits = threading.Event()
        honest, provider.answer = provider.answer, lambda *asked: (waits.wait(4), honest(*asked))[1]
        leaving = [threading.Thread(target=pages.get, args=(GO,)) for _each in range(8)]
        for one in leaving:
            one.start()
        try:
            assert pages.get("/wijken/oost").status_code == 200
            assert not waits.is_set()
        finally:
            waits.set()
            for one in leaving:
                one.join()


class TestTheCookieOfTheHandshake:
    def test_is_for_this_house_ten_minutes_and_one_way_back(self, pages, provider):
        left = pages.get(GO)
        cookie = left.headers["set-cookie"].lower()
        assert "handshake=" in cookie
        for rule in ("httponly", "samesite=lax", "path=/", "max-age=600"):
            assert rule in cookie
        query = parse_qs(urlsplit(left.headers["location"]).query)
        assert query["redirect_uri"] == [f"{ORIGIN}{BACK}"]
        pages.get(f"{BACK}?{urlencode(provider.log_in(left.headers['location']))}")
        assert "handshake" not in pages.client.cookies

    def test_is_of_this_host_only_over_https(self, town, provider):
        origin = "https://wijk.example"
        with TestClient(make_app(town, origin=origin, providers=[provider.settings()]), base_url=origin) as client:
            cookie = client.get(GO, follow_redirects=False).headers["set-cookie"]
        assert cookie.startswith("__Host-handshake=")
        assert "; secure" in cookie.lower()


class TestWithoutAProvider:
    def test_name_nobody_on_the_page_without_them(self, open_pages):
        assert "/inloggen/bij/" not in open_pages().get("/inloggen").text
