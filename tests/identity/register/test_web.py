# SPDX-License-Identifier: EUPL-1.2
"""Residents and the register through the browser and the API."""

import re

import pytest
from sqlmodel import text

from tests.identity.people import ANNA, CHAN, HEADER, person
from wijkbudget.identity import queries
from wijkbudget.trail import errands

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


class TestTheDesk:
    def test_finds_a_resident_and_hands_over_a_code_that_works(self, client, town, official):
        client.log_in(official)
        assert client.get("/wijken/oost/bewoners").status_code == 200
        page = client.post("/wijken/oost/bewoners/zoeken", {"postcode": "9901AA", "house_number": "1"})
        assert page.status_code == 200
        door = re.search(r'action="(/wijken/oost/bewoners/[^"]+/code)"', page.text)[1]
        shown = client.post(door)
        assert shown.status_code == 200
        assert "Code voor Anna Bos" in shown.text
        client.log_out()
        assert client.post("/inloggen", {"code": CODE.search(shown.text)[0]}).status_code == 303

    def test_says_that_nobody_lives_there(self, client, town, official):
        client.log_in(official)
        page = client.post("/wijken/oost/bewoners/zoeken", {"postcode": "9901AA", "house_number": "2"})
        assert "Er is niemand gevonden." in page.text
        assert client.post("/wijken/oost/bewoners/zoeken", {"postcode": "9901AA"}).status_code == 400

    def test_finds_whom_the_register_calls_so(self, client, town, official, desk):
        with desk.database.read() as session:
            pseudonym = (
                session.connection().execute(text("SELECT pseudonym FROM person WHERE name = 'Anna Bos'")).scalar()
            )
        client.log_in(official)
        assert "Anna Bos" in client.post("/wijken/oost/bewoners/pseudoniem", {"pseudonym": f" {pseudonym} "}).text
        assert "Anna Bos" not in client.post("/wijken/oost/bewoners/pseudoniem", {"pseudonym": "x"}).text

    def test_sends_a_letter(self, client, town, official, anna):
        client.log_in(official)
        answer = client.post(f"/wijken/oost/bewoners/{anna}/brief")
        assert answer.headers["location"] == "/wijken/oost/bewoners"
        assert [errand.payload["to"] for errand in town.ask(errands.waiting)] == [["Anna Bos", "9901 AA, 1"]]

    def test_does_the_same_through_the_api(self, client, town, official, anna):
        client.log_in(official)
        base = "/api/v1/neighbourhoods/oost"
        assert client.get(f"{base}/resident-counts").json() == {
            "residentCount": 2,
            "householdCount": 1,
            "provedCount": 0,
        }
        bram = str(person(town, "p-2"))
        address = {"postcode": "9901AA", "houseNumber": 1}
        answer = client.send(f"{base}/resident-searches", address)
        assert (answer.status_code, [each["id"] for each in answer.json()]) == (200, [anna, bram])
        assert CODE.fullmatch(client.send(f"{base}/people/{anna}/desk-codes").json()["code"])
        assert client.send(f"{base}/people/{anna}/login-letters").status_code == 201

    def test_is_closed_for_guests_and_for_officials_of_elsewhere(self, client, town, official, anna):
        assert client.get("/wijken/oost/bewoners").status_code == 403
        client.log_in(official)
        assert client.get("/wijken/west/bewoners").status_code == 403
        assert client.post(f"/wijken/west/bewoners/{anna}/code").status_code == 403


class TestImporting:
    PATH = "/wijken/oost/bewoners/importeren"

    def send(self, client, text, **fields):
        file = {"csv": ("register.csv", text.encode(), "text/csv")}
        return client.post(self.PATH, fields, files=file)

    def test_takes_over_a_file(self, client, town, administrator):
        client.log_in(administrator)
        assert "Registerbestand" in client.get(self.PATH).text
        answer = self.send(client, f"{HEADER}\n{ANNA}\np-9;Eva Vos;9901AB;2;;1970;2020-01-01", is_full="yes")
        assert answer.status_code == 200
        assert "Het bestand is ingelezen" in answer.text
        assert [town.ask(queries.counts, place).resident_count for place in ("oost", "west")] == [2, 0]

    def test_shows_every_bad_line_with_its_number(self, client, town, administrator):
        client.log_in(administrator)
        answer = self.send(client, "\n".join([HEADER, ANNA.replace("9901AA", "x"), CHAN, "y"]))
        assert answer.status_code == 400
        assert "Er is niets ingelezen. Aantal regels dat niet klopt: 2." in answer.text
        assert "Regel 2: De postcode klopt niet." in answer.text
        assert "Regel 4: Deze regel heeft 1 kolommen, de eerste regel heeft er 7." in answer.text

    @pytest.mark.parametrize("content", [b"", b"\x81\x8d", b"\x00\xff\xfe", b"%PDF-1.7"])
    def test_refuses_what_is_no_register(self, client, town, administrator, content):
        client.log_in(administrator)
        answer = client.post(self.PATH, files={"csv": ("x.csv", content, "text/csv")})
        assert answer.status_code == 400
        assert town.ask(queries.counts, "oost").resident_count == 2

    @pytest.mark.parametrize("typed", ["abc", "é", HEADER])
    def test_refuses_text_where_a_file_belongs(self, client, town, administrator, typed):
        client.log_in(administrator)
        assert client.post(self.PATH, {"csv": typed}).status_code == 400
        assert town.ask(queries.counts, "oost").resident_count == 2

    def test_does_the_same_through_the_api(self, client, town, administrator):
        client.log_in(administrator)
        answer = client.send("/api/v1/register-imports", {"csv": f"{HEADER}\n{ANNA}\nx"})
        assert answer.status_code == 400
        assert answer.json()["errors"] == [
            {"detail": "line 3: Deze regel heeft 1 kolommen, de eerste regel heeft er 7."}
        ]
        answer = client.send("/api/v1/register-imports", {"csv": f"{HEADER}\n{ANNA}", "isFull": True})
        assert answer.json() == {"newCount": 0, "changedCount": 0, "endedCount": 2, "unchangedCount": 1}

    def test_is_closed_for_an_official(self, client, town, official):
        client.log_in(official)
        assert self.send(client, f"{HEADER}\n{ANNA}").status_code == 403
