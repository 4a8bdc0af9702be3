# SPDX-License-Identifier: EUPL-1.2
"""The pages and the API of the neighbourhood council."""

import re

import pytest

from tests.worlds import found_meerwijk, staff
from wijkbudget.council import queries
from wijkbudget.kit.actor import GUEST, Role

COUNCIL = "/wijken/oost/wijkraad"
API = "/api/v1/neighbourhoods/oost"


@pytest.fixture(name="oost")
def peopled(desk):
    """Return who does what in Oost; its council is a chair and one member."""
    found_meerwijk(desk)
    return staff(desk, "oost")


@pytest.fixture
def as_chair(client, oost):
    client.log_in(oost[Role.CHAIR])
    return client


@pytest.fixture(name="fields")
def filled_in(oost):
    """Return the form of a decision that both members were for."""
    return {
        "kind": "advice",
        "title": "Meer bankjes",
        "motivation": "Ouderen vragen erom.\r\n\r\nEr is plek <genoeg>.",
        "decided_on": "2026-03-01",
        "article": "Verordening wijkbudgetten Meerwijk 2024, art. 3",
        "for_": [oost[Role.CHAIR].id, oost[Role.COUNCIL].id],
    }


@pytest.fixture(name="body")
def as_json(fields):
    """Return the same decision for the API."""
    given = {name: value for name, value in fields.items() if name not in ("decided_on", "for_")}
    given["motivation"] = "Ouderen vragen erom."
    return {**given, "decidedOn": "2026-03-01", "for": fields["for_"], "against": [], "recused": []}


def decisions(desk):
    return desk.by(GUEST).ask(queries.decisions, "oost")


class TestTheCouncil:
    @pytest.mark.usefixtures("oost")
    def test_shows_its_members_to_everybody(self, client):
        page = client.get(COUNCIL).text
        assert "Joke van Dam (voorzitter)" in page
        assert "Hassan Benali" in page
        assert "Er is nog niets besloten." in page
        assert "Een besluit vastleggen" not in page
        assert [member["name"] for member in client.get(f"{API}/council-members").json()] == [
            "Joke van Dam",
            "Hassan Benali",
        ]

    @pytest.mark.usefixtures("oost")
    def test_is_empty_where_nobody_was_chosen(self, client):
        assert "De wijkraad heeft nog geen leden." in client.get("/wijken/west/wijkraad").text

    @pytest.mark.usefixtures("oost")
    def test_is_not_found_where_there_is_no_neighbourhood(self, client):
        assert client.get("/wijken/noord/wijkraad").status_code == 404
        assert client.get("/api/v1/neighbourhoods/noord/decisions").status_code == 404


class TestRecording:
    def test_works_by_the_page(self, client, oost, fields):
        client.log_in(oost[Role.CHAIR])
        assert "Hassan Benali" in client.get(f"{COUNCIL}/besluiten/nieuw").text
        answer = client.post(f"{COUNCIL}/besluiten", fields)
        assert (answer.status_code, answer.headers["location"]) == (303, COUNCIL)
        client.log_out()
        href = re.search(r'href="(/wijken/oost/besluiten/[^"]+)"', client.get(COUNCIL).text)
        page = client.get(href[1]).text
        assert "Meer bankjes" in page
        assert "Hassan Benali, Joke van Dam" in page
        assert "niemand" in page
        assert "Er is plek &lt;genoeg&gt;." in page

    def test_works_by_the_api(self, client, oost, body):
        client.log_in(oost[Role.CHAIR])
        answer = client.send(f"{API}/decisions", body)
        assert answer.status_code == 201
        taken = answer.json()
        assert [(voice["name"], voice["stance"]) for voice in taken["voices"]] == [
            ("Hassan Benali", "for"),
            ("Joke van Dam", "for"),
        ]
        client.log_out()
        assert client.get(f"{API}/decisions/{taken['id']}").json() == taken
        assert client.get(f"{API}/decisions").json() == [taken]

    def test_shows_the_form_again_with_what_is_wrong(self, client, oost, fields, desk):
        client.log_in(oost[Role.CHAIR])
        chair, member = fields["for_"]
        answer = client.post(f"{COUNCIL}/besluiten", {**fields, "for_": [chair], "against": [member]})
        assert answer.status_code == 422
        assert "Er zijn niet meer stemmen voor dan tegen." in answer.text
        assert "Dit volgt uit Gemeentewet, art. 30." in answer.text
        assert "Meer bankjes" in answer.text
        assert answer.text.count(" checked") == 3
        assert decisions(desk) == []

    @pytest.mark.parametrize(
        ("changes", "status", "sentence"),
        [
            ({"title": ""}, 400, "Vul dit in."),
            ({"motivation": " "}, 400, "Vul dit in."),
            ({"kind": "whim"}, 400, "Dit is niet goed ingevuld."),
            ({"kind": "outcome"}, 422, "Stel de uitslag vast op de pagina van de stemronde."),
            ({"decided_on": "2026-03-03"}, 422, "Deze dag moet nog komen."),
            ({"for_": "somebody"}, 422, "Er staat iemand bij die geen lid is van deze wijkraad."),
            ({"for_": ""}, 422, "0 van de 2 leden hebben gestemd."),
        ],
    )
    def test_refuses_with_a_sentence(self, as_chair, fields, changes, status, sentence):
        answer = as_chair.post(f"{COUNCIL}/besluiten", {**fields, **changes})
        assert answer.status_code == status
        assert sentence in answer.text
        assert decisions(as_chair.desk) == []

    @pytest.mark.parametrize("role", [Role.COUNCIL, Role.OFFICIAL, Role.ADMINISTRATOR, Role.AUDITOR])
    def test_is_only_for_the_chair(self, client, oost, fields, body, role):
        client.log_in(oost[role])
        assert 'name="title"' not in client.get(f"{COUNCIL}/besluiten/nieuw").text
        assert client.post(f"{COUNCIL}/besluiten", fields).status_code == 403
        assert client.send(f"{API}/decisions", body).status_code == 403
        assert decisions(client.desk) == []

    def test_is_not_for_the_chair_of_another_neighbourhood(self, client, oost, fields, desk):
        client.log_in(oost[Role.CHAIR])
        assert client.post("/wijken/west/wijkraad/besluiten", fields).status_code == 403
        assert desk.by(GUEST).ask(queries.decisions, "west") == []


class TestADecision:
    def test_of_another_neighbourhood_is_not_found(self, client, oost, body):
        client.log_in(oost[Role.CHAIR])
        taken = client.send(f"{API}/decisions", body).json()
        assert client.get(f"/wijken/oost/besluiten/{taken['id']}").status_code == 200
        assert client.get(f"/wijken/west/besluiten/{taken['id']}").status_code == 404
        assert client.get(f"/api/v1/neighbourhoods/west/decisions/{taken['id']}").status_code == 404
        assert client.get("/wijken/oost/besluiten/no-id").status_code == 404
