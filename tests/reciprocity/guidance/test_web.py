# SPDX-License-Identifier: EUPL-1.2
"""Contracts with a guide on pages and over the API."""

import re
from html import unescape

from tests.reciprocity.guidance.conftest import PLACE, UNTIL, kept
from wijkbudget.kit.actor import Role
from wijkbudget.reciprocity.guidance import queries

PAGE = f"/wijken/{PLACE}/begeleiding"
API = f"/api/v1/neighbourhoods/{PLACE}/guidance"
ADDRESS = {"postcode": "9901AA", "house_number": "1"}
PROMISED = {"tasks": "Boodschappen doen.", "guide_does": "Ik bel elke week.", "until_on": UNTIL.isoformat()}


def words(answer) -> str:
    """Return the words of a page, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


class TestPages:
    def test_let_a_guide_and_a_young_person_sign_write_and_end_it(self, young, client):
        tess = young.who("p-1")
        client.log_in(young.staff[Role.GUIDE])
        assert client.get(f"{PAGE}/nieuw").status_code == 200
        assert "Tess Bos" in words(client.post(f"{PAGE}/adres", ADDRESS))
        empty = client.post(f"{PAGE}/nieuw", ADDRESS)
        assert (empty.status_code, empty.text.count('href="#tasks"')) == (400, 1)
        made = client.post(f"{PAGE}/nieuw", {**ADDRESS, **PROMISED, "person_id": tess.id})
        here = made.headers["location"]
        assert "nog niet bekend; onder de 16 is dat nodig" in words(client.get(here))
        assert client.post(f"{here}/toestemming", {"asked": "consent"}).status_code == 400
        client.log_in(tess)
        unsigned = client.post(f"{here}/tekenen")
        assert (unsigned.status_code, "Uitvoeringswet AVG, art. 5" in words(unsigned)) == (422, True)
        client.log_in(young.staff[Role.GUIDE])
        assert client.post(f"{here}/toestemming", {"asked": "consent", "consent": "given"}).status_code == 303
        client.log_in(tess)
        assert client.post(f"{here}/tekenen").status_code == 303
        assert "Tess Bos met Marloes Kuipers Geldt tot en met 30 juni 2026" in words(client.get(PAGE))
        client.log_in(young.staff[Role.GUIDE])
        assert client.post(f"{here}/aantekeningen", {"asked": "note"}).status_code == 400
        assert client.post(f"{here}/aantekeningen", {"asked": "note", "note": "Ging goed."}).status_code == 303
        erase = re.search(r'action="([^"]+/wissen)"', client.get(here).text)[1]
        assert client.post(erase).status_code == 303
        client.log_in(young.staff[Role.OFFICIAL])
        assert ("Tess Bos" in (seen := words(client.get(f"{PAGE}/overzicht"))), "Boodschappen" in seen) == (True, False)
        client.log_in(tess)
        assert client.post(f"{here}/beeindigen").status_code == 303
        assert "Wat erin stond is weg." in words(client.get(here))
        assert "Ging goed" not in young.desk.ask(kept)


class TestApi:
    def test_makes_the_same_calls(self, young, client):
        sem = young.who("p-2")
        client.log_in(young.staff[Role.GUIDE])
        body = {"personId": sem.id, "tasks": "Iets.", "guideDoes": "Iets.", "untilOn": UNTIL.isoformat()}
        made = client.send(API, body)
        here = f"{API}/{made.json()['id']}"
        assert (made.status_code, client.send(f"{here}/consent", {"consent": "given"}).json()["hasConsent"]) == (
            201,
            True,
        )
        client.log_in(sem)
        assert client.send(f"{here}/signature").json()["isRunning"]
        client.log_in(young.staff[Role.GUIDE])
        (note,) = client.send(f"{here}/notes", {"note": "Ging goed."}).json()["notes"]
        assert client.send(f"{here}/notes/{note['id']}/erasure").json()["notes"] == []
        assert [each["youngName"] for each in client.get(f"{API}/own").json()] == ["Sem Kaya"]
        client.log_in(young.staff[Role.OFFICIAL])
        assert client.get(API).json()[0]["isSigned"]
        assert client.send(f"{here}/ending").status_code == 204
        assert young.desk.by(sem).ask(queries.own_guidance, PLACE) == []
