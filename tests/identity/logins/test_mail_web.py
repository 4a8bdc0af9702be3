# SPDX-License-Identifier: EUPL-1.2
"""Codes by e-mail through the pages and the API."""

import pytest

from tests.identity.logins.test_mail import ADDRESS, link
from tests.identity.people import letter_code, mailed_code, mails, person
from wijkbudget.identity import queries


class TestOnPages:
    def test_logs_in_by_mail_and_shows_a_guest_what_to_do(self, client, town):
        assert client.get("/inloggen/e-mail").status_code == 200
        asked = client.post("/inloggen/e-mail", {"email_address": ADDRESS})
        assert (asked.status_code, asked.headers["location"]) == (303, "/inloggen")
        answer = client.post("/inloggen", {"code": mails(town)[-1]["code"]})
        assert (answer.status_code, answer.headers["location"]) == (303, "/mijn")
        mine = client.get("/mijn").text
        assert 'href="/mijn/bewijs"' in mine
        assert "Mijn account" in mine
        matched = client.post("/mijn/bewijs", {"code": letter_code(town, "p-1")})
        assert matched.headers["location"] == "/mijn"
        assert "Anna Bos" in client.get("/mijn").text

    def test_answers_the_same_for_every_address(self, client, town):
        link(town)
        answers = [client.post("/inloggen/e-mail", {"email_address": one}) for one in (ADDRESS, "x@wijk.example")]
        said = [(one.status_code, one.headers["location"], one.headers["set-cookie"]) for one in answers]
        assert said[0] == said[1]

    def test_says_what_is_wrong_with_an_address(self, client, town):
        answer = client.post("/inloggen/e-mail", {"email_address": "anna"})
        assert answer.status_code == 400
        assert 'id="email_address-error"' in answer.text
        assert mails(town) == []

    def test_waits_after_ten_questions(self, client, town):
        asked = {"emailAddress": ADDRESS}
        statuses = [client.send("/api/v1/login-mails", asked).status_code for _time in range(11)]
        assert statuses == [201] * 10 + [429]
        assert client.post("/inloggen/e-mail", {"email_address": ADDRESS}).status_code == 429

    def test_links_an_address_and_lets_it_go(self, client, town, anna):
        client.log_in(town.ask(queries.actor, person(town, "p-1")))
        assert client.get("/mijn/e-mail").status_code == 200
        asked = client.post("/mijn/e-mail", {"email_address": ADDRESS})
        assert asked.headers["location"] == "/mijn/e-mail/code"
        assert client.get("/mijn/e-mail/code").status_code == 200
        wrong = client.post("/mijn/e-mail/code", {"code": "0000-0000-0000-0000"})
        assert wrong.status_code == 403
        linked = client.post("/mijn/e-mail/code", {"code": mails(town)[-1]["code"]})
        assert linked.headers["location"] == "/mijn"
        assert client.get("/api/v1/me").json()["hasEmailAddress"] is True
        assert client.post("/mijn/e-mail/weghalen").headers["location"] == "/mijn"
        assert client.get("/api/v1/me").json()["hasEmailAddress"] is False

    def test_does_the_same_through_the_api(self, client, town, anna):
        client.log_in(town.ask(queries.actor, person(town, "p-1")))
        assert client.send("/api/v1/me/e-mail-address/codes", {"emailAddress": ADDRESS}).json() == {"minutesMax": 15}
        answer = client.send("/api/v1/me/e-mail-address", {"code": mails(town)[-1]["code"]})
        assert answer.status_code == 201
        assert client.send("/api/v1/me/e-mail-address", method="DELETE").status_code == 204
        client.log_out()
        token = client.send("/api/v1/sessions", {"code": mailed_code(town, "g@wijk.example")}).json()["token"]
        client.client.cookies.set("session", token)
        proved = client.send("/api/v1/me/match", {"code": letter_code(town, "p-2")})
        assert proved.json()["person"]["name"] == "Bram Bos"

    @pytest.mark.parametrize("path", ["/mijn/e-mail", "/mijn/e-mail/code", "/mijn/bewijs", "/mijn/tweede-stap"])
    def test_are_for_who_is_logged_in(self, client, town, path):
        assert client.get(path).status_code == 403
        assert client.post(path, {"email_address": ADDRESS, "code": "0000-0000-0000-0000"}).status_code == 403
        assert mails(town) == []
