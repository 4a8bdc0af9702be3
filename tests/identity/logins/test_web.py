# SPDX-License-Identifier: EUPL-1.2
"""Logging in through the browser and the API."""

import re

import pytest

from wijkbudget.identity import seed
from wijkbudget.trail import errands


def handed(desk, person_id):
    (code,) = seed.prove(desk, "oost", [person_id])
    return code.code


class TestLoggingIn:
    def test_begins_with_a_code_on_a_page(self, client, town, anna):
        assert client.get("/inloggen").status_code == 200
        answer = client.post("/inloggen", {"code": handed(town, anna)})
        assert (answer.status_code, answer.headers["location"]) == (303, "/mijn")
        mine = client.get("/mijn")
        assert mine.status_code == 200
        assert "Anna Bos" in mine.text
        assert "Meerwijk-Oost" in mine.text
        assert "Je bent ingelogd." in mine.text

    @pytest.mark.parametrize(
        ("asked", "reached"),
        [
            ("/wijken/oost/mijn-tijd", "/wijken/oost/mijn-tijd"),
            ("https://elders.example/wijken/oost", "/mijn"),
            ("//elders.example", "/mijn"),
            ("/wijken/oost\r\nSet-Cookie: x=1", "/mijn"),
        ],
    )
    def test_goes_on_to_the_page_that_asked_for_it_and_never_elsewhere(self, client, town, anna, asked, reached):
        shown = client.get("/inloggen", params={"naar": asked}).text
        assert ('name="naar" value="/wijken' in shown) == (reached != "/mijn")
        answer = client.post("/inloggen", {"code": handed(town, anna), "naar": asked})
        assert answer.headers["location"] == reached

    def test_gives_a_new_token_each_time_and_ends_the_old_visit(self, client, town, anna):
        client.post("/inloggen", {"code": handed(town, anna)})
        first = client.client.cookies["session"]
        client.post("/inloggen", {"code": handed(town, anna)})
        assert client.client.cookies["session"] != first
        client.client.cookies.set("session", first)
        assert client.get("/mijn").status_code == 403

    def test_ends_on_the_page(self, client, town, anna):
        client.post("/inloggen", {"code": handed(town, anna)})
        token = client.client.cookies["session"]
        assert client.post("/uitloggen").headers["location"] == "/"
        client.client.cookies.set("session", token)
        assert client.get("/mijn").status_code == 403

    @pytest.mark.parametrize(
        ("typed", "status", "sentence"),
        [
            ("0000-0000-0000-0000", 403, "Deze code werkt niet."),
            ("1000-0000-0000-0000", 400, "Er zit een typefout in de code."),
            ("", 400, "Vul dit in."),
            ("x" * 41, 400, "typefout|te lang"),
        ],
    )
    def test_says_what_is_wrong_with_a_code(self, client, town, typed, status, sentence):
        answer = client.post("/inloggen", {"code": typed})
        assert answer.status_code == status
        assert re.search(sentence, answer.text)
        assert "session" not in client.client.cookies

    def test_waits_after_ten_wrong_codes_even_with_a_right_one(self, client, town, anna):
        for _time in range(10):
            assert client.post("/inloggen", {"code": "0000-0000-0000-0000"}).status_code == 403
        answer = client.post("/inloggen", {"code": handed(town, anna)})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        assert client.send("/api/v1/sessions", {"code": handed(town, anna)}).status_code == 429

    def test_works_through_the_api(self, client, town, anna):
        answer = client.send("/api/v1/sessions", {"code": handed(town, anna)})
        assert answer.status_code == 201
        bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
        me = client.get("/api/v1/me", headers=bearer).json()
        assert me["name"] == "Anna Bos"
        assert me["roles"] == [{"role": "resident", "place": "oost", "placeName": "Meerwijk-Oost", "isAsleep": False}]
        gone = client.client.delete("/api/v1/sessions/current", headers=bearer)
        assert gone.status_code == 204
        assert client.get("/api/v1/me", headers=bearer).status_code == 403

    def test_counts_wrong_codes_through_the_api(self, client, town):
        wrong = {"code": "0000-0000-0000-0000"}
        statuses = [client.send("/api/v1/sessions", wrong).status_code for _time in range(11)]
        assert statuses == [403] * 10 + [429]


RIGHT = {"postcode": "9901 aa", "house_number": "1", "birth_year": "1980"}


class TestAskingForALetter:
    def test_answers_the_same_whether_somebody_lives_there_or_not(self, client, town):
        known = client.post("/inloggen/brief", RIGHT)
        unknown = client.post("/inloggen/brief", {**RIGHT, "birth_year": "1981"})
        for answer in (known, unknown):
            assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen")
        assert "hooguit vijf werkdagen" in client.get("/inloggen").text
        assert [errand.kind for errand in town.ask(errands.waiting)] == ["letter"]

    def test_says_what_is_not_filled_in_right_at_the_field(self, client, town):
        answer = client.post("/inloggen/brief", {"postcode": "99", "house_number": "1", "birth_year": "x"})
        assert answer.status_code == 400
        for field in ("postcode", "birth_year"):
            assert f'href="#{field}"' in answer.text
            assert f'id="{field}-error"' in answer.text
        assert town.ask(errands.waiting) == []

    def test_waits_after_ten_questions(self, client, town):
        body = {"postcode": "9901AA", "houseNumber": 1, "birthYear": 1980}
        statuses = [client.send("/api/v1/login-letters", body).status_code for _time in range(11)]
        assert statuses == [201] * 10 + [429]
        assert client.post("/inloggen/brief", RIGHT).status_code == 429

    def test_is_offered_where_one_logs_in(self, client, town):
        assert 'href="/inloggen/brief"' in client.get("/inloggen").text
        assert client.get("/inloggen/brief").status_code == 200
