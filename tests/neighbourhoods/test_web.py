# SPDX-License-Identifier: EUPL-1.2
"""The pages and the API of the municipality, its neighbourhoods, their rules and their grants."""

from datetime import date
from uuid import UUID

import pytest

from tests.worlds import found_meerwijk, staff
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service as people
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import queries
from wijkbudget.neighbourhoods.seed import demo_toml

OOST = "/wijken/oost"
API = "/api/v1/neighbourhoods"
ADOPTION = {"valid_from": "2026-03-03", "decided_by": "Raadsbesluit 2026-9", "toml": demo_toml("oost")}
GRANT = {"year": "2026", "amount_cents": "2.500,00", "decision": "Raadsbesluit 2026-10"}
HAND_BACK = {"year": "2025", "amount_cents": "100", "reason": "Over"}


@pytest.fixture(name="oost")
def peopled(desk):
    """Return who does what in Oost."""
    found_meerwijk(desk)
    return staff(desk, "oost")


@pytest.fixture(name="keeper")
def appointed(desk):
    """Return an administrator of a house in which there is nothing yet."""
    view = desk.act(people.appoint, AddPerson(name="Esther Vermeer", role=Role.ADMINISTRATOR))
    return desk.ask(identity.actor, UUID(view.person.id))


class TestTheHomePage:
    def test_says_what_is_missing_in_an_empty_house(self, client):
        answer = client.get("/")
        assert answer.status_code == 404
        assert "Hier is nog geen gemeente." in answer.text

    @pytest.mark.usefixtures("oost")
    def test_leads_to_each_neighbourhood_and_to_the_ballot(self, client):
        answer = client.get("/")
        assert answer.status_code == 200
        assert "Jouw wijk in Meerwijk" in answer.text
        for href in ("/wijken/oost", "/wijken/west", "/stemmen"):
            assert f'href="{href}"' in answer.text


class TestFounding:
    def test_works_by_the_page(self, client, keeper, desk):
        client.log_in(keeper)
        assert 'name="toml"' in client.get("/gemeente/beginnen").text
        answer = client.post("/gemeente/beginnen", {"toml": demo_toml("meerwijk")})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert [hood.slug for hood in desk.ask(queries.neighbourhoods)] == ["oost", "west"]
        assert 'name="toml"' not in client.get("/gemeente/beginnen").text

    def test_works_by_the_api(self, client, keeper):
        client.log_in(keeper)
        answer = client.send("/api/v1/municipality", {"toml": demo_toml("meerwijk")})
        assert (answer.status_code, answer.json()) == (201, {"name": "Meerwijk", "code": "GM9901"})
        assert client.get("/api/v1/municipality").json() == {"name": "Meerwijk", "code": "GM9901"}
        assert [hood["slug"] for hood in client.get(API).json()] == ["oost", "west"]

    def test_shows_the_file_again_with_what_is_wrong(self, client, keeper, desk):
        client.log_in(keeper)
        answer = client.post("/gemeente/beginnen", {"toml": 'name = "Meerwijk"'})
        assert answer.status_code == 400
        assert "Kijk bij “code”." in answer.text
        assert "name = &#34;Meerwijk&#34;" in answer.text
        assert desk.ask(queries.neighbourhoods) == []

    def test_is_refused_to_a_guest(self, client, desk):
        assert client.send("/api/v1/municipality", {"toml": demo_toml("meerwijk")}).status_code == 403
        assert client.post("/gemeente/beginnen", {"toml": demo_toml("meerwijk")}).status_code == 403
        assert desk.ask(queries.neighbourhoods) == []


@pytest.mark.usefixtures("oost")
class TestANeighbourhood:
    def test_shows_its_money_and_its_ways(self, client):
        page = client.get(OOST).text
        assert "Meerwijk-Oost" in page
        assert "€\xa0105.000,00" in page
        for room in ("initiatieven", "klussen", "stemrondes", "geld", "wijkraad", "reglement", "begroting", "logboek"):
            assert f'href="/wijken/oost/{room}"' in page

    def test_is_told_by_the_api(self, client):
        answer = client.get(f"{API}/west").json()
        assert (answer["slug"], answer["name"], answer["code"]) == ("west", "Meerwijk-West", "WK990102")
        assert client.get(f"{API}/west/budget-years").json()[0] == {
            "year": 2026,
            "theme": None,
            "grantedCents": 4_200_000,
            "carriedInCents": 0,
            "handedBackCents": 0,
            "carriedOnCents": 0,
            "freeCents": 4_200_000,
        }

    @pytest.mark.parametrize("path", ["", "/reglement", "/reglement/nieuw", "/begroting", "/begroting/toekennen"])
    def test_is_not_found_by_a_name_that_is_none(self, client, path):
        answer = client.get(f"/wijken/noord{path}")
        assert answer.status_code == 404
        assert "Er is geen wijk met deze naam." in answer.text

    @pytest.mark.parametrize("path", ["", "/policy", "/policies", "/grants", "/hand-backs", "/budget-years"])
    def test_is_not_found_by_the_api_either(self, client, path):
        answer = client.get(f"{API}/noord{path}")
        assert (answer.status_code, answer.json()["refusal"]) == (404, "NeighbourhoodNotFound")


class TestTheRules:
    @pytest.mark.usefixtures("oost")
    def test_are_told_in_plain_words_with_their_articles(self, client):
        page = client.get(f"{OOST}/reglement").text
        for sentence in (
            "Een plan heeft steun nodig van 5 andere bewoners.",
            "Een plan kost hoogstens €\xa025.000,00.",
            "Elk uur dat je geeft telt 0,05 op bij je stem, tot hoogstens 0,5 erbij.",
            "Aantal mensen dat elke betaling goedkeurt: 2.",
            "Dit volgt uit Verordening wijkbudgetten Meerwijk 2024, art. 8.",
        ):
            assert sentence in page
        assert "Nieuw reglement vaststellen" not in page

    @pytest.mark.usefixtures("oost")
    def test_are_refused_for_a_day_before_there_were_any(self, client):
        answer = client.get(f"{OOST}/reglement?op=2023-12-31")
        assert answer.status_code == 404
        assert "Deze wijk had op die dag geen reglement." in answer.text
        assert client.get(f"{API}/oost/policy?on=2023-12-31").json()["refusal"] == "PolicyNotFound"

    @pytest.mark.usefixtures("oost")
    def test_are_told_by_the_api(self, client):
        answer = client.get(f"{API}/west/policy?on=2026-03-02").json()
        assert (answer["version"], answer["validFrom"]) == (1, "2024-01-01")
        assert answer["rules"]["voting"]["ballot"] == "knapsack"
        assert [version["hash"] for version in client.get(f"{API}/west/policies").json()] == [answer["hash"]]

    def test_are_adopted_by_the_page(self, client, oost, desk):
        client.log_in(oost[Role.ADMINISTRATOR])
        assert "support_min = 5" in client.get(f"{OOST}/reglement/nieuw").text
        changed = {**ADOPTION, "toml": demo_toml("oost").replace("support_min = 5", "support_min = 9")}
        answer = client.post(f"{OOST}/reglement", changed)
        assert (answer.status_code, answer.headers["location"]) == (303, "/wijken/oost/reglement")
        assert desk.ask(queries.policy, "oost", date(2026, 3, 3)).rules.initiatives.support_min == 9
        assert "9 andere bewoners" in client.get(f"{OOST}/reglement?op=2026-03-03").text

    def test_are_adopted_by_the_api(self, client, oost):
        client.log_in(oost[Role.ADMINISTRATOR])
        body = {"validFrom": "2026-03-03", "decidedBy": "Raadsbesluit 2026-9", "toml": demo_toml("oost")}
        answer = client.send(f"{API}/oost/policies", body)
        assert (answer.status_code, answer.json()["version"]) == (201, 2)

    def test_that_break_a_guard_are_refused_with_the_article(self, client, oost, desk):
        client.log_in(oost[Role.ADMINISTRATOR])
        greedy = {
            **ADOPTION,
            "toml": demo_toml("oost").replace("bonus_hundredths_max = 50", "bonus_hundredths_max = 500"),
        }
        answer = client.post(f"{OOST}/reglement", greedy)
        assert answer.status_code == 422
        assert "Een stem telt nooit meer dan twee keer zo zwaar als een andere (grens G2)." in answer.text
        assert "Dit volgt uit Verordening wijkbudgetten Meerwijk 2024, art. 8." in answer.text
        assert "bonus_hundredths_max = 500" in answer.text
        assert len(desk.ask(queries.policies, "oost")) == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"toml": "support = 5"}, "Kijk bij “by_law”."),
            ({"toml": "support"}, "Dit is geen TOML-bestand."),
            ({"valid_from": "soon"}, "Dit is niet goed ingevuld."),
            ({"decided_by": ""}, "Vul dit in."),
        ],
    )
    def test_that_cannot_be_read_are_shown_again(self, client, oost, desk, changes, sentence):
        client.log_in(oost[Role.ADMINISTRATOR])
        answer = client.post(f"{OOST}/reglement", {**ADOPTION, **changes})
        assert answer.status_code == 400
        assert sentence in answer.text
        assert len(desk.ask(queries.policies, "oost")) == 1

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.CHAIR, Role.CASHIER, Role.AUDITOR])
    def test_are_not_adopted_by_others(self, client, oost, desk, role):
        client.log_in(oost[role])
        assert 'name="toml"' not in client.get(f"{OOST}/reglement/nieuw").text
        assert client.post(f"{OOST}/reglement", ADOPTION).status_code == 403
        assert len(desk.ask(queries.policies, "oost")) == 1

    def test_of_another_neighbourhood_are_not_adopted(self, client, oost, desk):
        client.log_in(oost[Role.ADMINISTRATOR])
        assert client.post("/wijken/west/reglement", ADOPTION).status_code == 403
        assert len(desk.ask(queries.policies, "west")) == 1


class TestTheBudget:
    def test_is_granted_by_the_page(self, client, oost, desk, clock):
        clock.forward(minutes=1)
        client.log_in(oost[Role.OFFICIAL])
        assert "Geld toekennen aan Meerwijk-Oost" in client.get(f"{OOST}/begroting/toekennen").text
        answer = client.post(f"{OOST}/begroting/toekennen", GRANT)
        assert (answer.status_code, answer.headers["location"]) == (303, "/wijken/oost/begroting")
        assert [grant.amount_cents for grant in desk.ask(queries.grants, "oost")] == [250_000, 10_500_000, 10_000_000]
        page = client.get(f"{OOST}/begroting").text
        assert "€\xa02.500,00" in page
        assert "€\xa0107.500,00" in page

    def test_is_granted_once_by_the_api(self, client, oost, desk):
        client.log_in(oost[Role.OFFICIAL])
        body = {"year": 2026, "amountCents": 250_000, "decision": "Raadsbesluit 2026-10"}
        first, second = (client.send(f"{API}/oost/grants", body, key="grant 1") for _time in range(2))
        assert first.status_code == 201
        assert first.json() == second.json()
        assert len(client.get(f"{API}/oost/grants").json()) == 3
        other = client.send(f"{API}/oost/grants", {**body, "amountCents": 1}, key="grant 1")
        assert (other.status_code, other.json()["refusal"]) == (422, "KeyReused")
        assert len(desk.ask(queries.grants, "oost")) == 3

    @pytest.mark.parametrize("amount", [True, "250000", 250000.0, 0, -1, 2**63, None])
    def test_is_refused_for_an_amount_that_is_none(self, client, oost, desk, amount):
        client.log_in(oost[Role.OFFICIAL])
        body = {"year": 2026, "amountCents": amount, "decision": "Raadsbesluit 2026-10"}
        assert client.send(f"{API}/oost/grants", body).status_code == 400
        assert len(desk.ask(queries.grants, "oost")) == 2

    @pytest.mark.parametrize(
        ("changes", "status", "sentence"),
        [
            ({"year": "2035"}, 422, "Je kunt geld toekennen voor vorig jaar, dit jaar en de twee jaren daarna."),
            ({"amount_cents": "veel"}, 400, "Schrijf een bedrag"),
            ({"decision": " "}, 400, "Vul dit in."),
        ],
    )
    def test_shows_the_form_again_with_what_is_wrong(self, client, oost, changes, status, sentence):
        client.log_in(oost[Role.OFFICIAL])
        answer = client.post(f"{OOST}/begroting/toekennen", {**GRANT, **changes})
        assert answer.status_code == status
        assert sentence in answer.text
        assert len(client.desk.ask(queries.grants, "oost")) == 2

    def test_goes_back_by_the_page(self, client, oost, desk):
        client.log_in(oost[Role.CASHIER])
        assert "2025: €\xa0100.000,00 vrij" in client.get(f"{OOST}/begroting/teruggeven").text
        answer = client.post(f"{OOST}/begroting/teruggeven", HAND_BACK)
        assert (answer.status_code, answer.headers["location"]) == (303, "/wijken/oost/begroting")
        assert [back.amount_cents for back in desk.ask(queries.hand_backs, "oost")] == [10_000]
        assert "Teruggegeven" in client.get(f"{OOST}/begroting").text

    def test_goes_back_by_the_api(self, client, oost):
        client.log_in(oost[Role.CASHIER])
        answer = client.send(f"{API}/oost/hand-backs", {"year": 2025, "amountCents": 10_000, "reason": "Over"})
        assert (answer.status_code, answer.json()["amountCents"]) == (201, 10_000)
        assert [back["reason"] for back in client.get(f"{API}/oost/hand-backs").json()] == ["Over"]

    def test_never_goes_back_when_it_is_not_there(self, client, oost, desk):
        client.log_in(oost[Role.CASHIER])
        answer = client.post(f"{OOST}/begroting/teruggeven", {**HAND_BACK, "amount_cents": "100.000,01"})
        assert answer.status_code == 422
        assert "100.000,01" in answer.text
        assert desk.ask(queries.hand_backs, "oost") == []

    @pytest.mark.parametrize(("path", "fields"), [("toekennen", GRANT), ("teruggeven", HAND_BACK)])
    def test_is_not_moved_by_others(self, client, oost, desk, path, fields):
        client.log_in(oost[Role.CHAIR])
        assert 'name="amount_cents"' not in client.get(f"{OOST}/begroting/{path}").text
        assert client.post(f"{OOST}/begroting/{path}", fields).status_code == 403
        assert len(desk.ask(queries.grants, "oost")) == 2
        assert desk.ask(queries.hand_backs, "oost") == []
