# SPDX-License-Identifier: EUPL-1.2
"""The page and the API make the same calls: propose, support, assess, put on the ballot, adopt, follow the money."""

import re
from html import unescape

import pytest

from tests.stores import statements
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.rules import State
from wijkbudget.kit.actor import Role

PAGES, API = "/wijken/oost/initiatieven", "/api/v1/neighbourhoods/oost/initiatives"
FIELDS = {
    "title": "Pluktuin",
    "summary": "Een tuin voor iedereen.",
    "theme": "groen",
    "quarter": "BU99010101",
    "spot": "Lindenpark",
    "cost_lines.0.what": "Bomen",
    "cost_lines.0.amount_cents": "3.200,50",
    "cost_lines.1.what": "",
    "cost_lines.1.amount_cents": "",
    "cost_lines.3.what": "Grond",
    "cost_lines.3.amount_cents": "2300",
}
BODY = {
    "title": "Pluktuin",
    "summary": "Een tuin voor iedereen.",
    "theme": "groen",
    "quarter": "BU99010101",
    "spot": "Lindenpark",
    "costLines": [{"what": "Bomen", "amountCents": 320_050}, {"what": "Grond", "amountCents": 230_000}],
}


def words(answer):
    """Return the words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", unescape(text)).replace("\xa0", " ")


class TestPages:
    def test_take_a_plan_to_its_assessment(self, client, hood):
        client.log_in(hood.anna)
        assert "Een plan mag hoogstens € 25.000,00 kosten." in words(client.get(f"{PAGES}/nieuw"))
        sent = client.post(PAGES, FIELDS)
        assert sent.status_code == 303
        here = sent.headers["location"]
        seen = words(client.get(here))
        assert "Je plan staat er. Vraag nu je buren om steun." in seen
        assert "Samen € 5.500,50" in seen
        assert "Ik steun dit plan" not in seen
        for neighbour in hood.neighbours:
            client.log_in(neighbour)
            assert "Ik steun dit plan" in words(client.get(here))
            assert client.post(f"{here}/steun").status_code == 303
        assert "Je steunt dit plan." in words(client.get(here))
        client.log_in(hood.staff[Role.OFFICIAL])
        assert "Beoordeel dit plan" in words(client.get(here))
        assert "Kan “Pluktuin”?" in words(client.get(f"{here}/beoordelen"))
        no = {"verdict": "infeasible", "reason": "Hier liggen kabels."}
        refused = client.post(f"{here}/beoordelen", no)
        assert (refused.status_code, "Schrijf op wat zou helpen." in words(refused)) == (400, True)
        assert "Hier liggen kabels." in refused.text
        assert client.post(f"{here}/beoordelen", {**no, "what_would_help": "Een andere plek."}).status_code == 303
        client.log_out()
        seen = words(client.get(here))
        assert "De gemeente zegt: zo kan het niet. Hier liggen kabels. Wat zou helpen: Een andere plek." in seen
        assert "kan zo niet" in words(client.get(PAGES))
        assert hood.faults() == []

    def test_take_a_vote_to_the_vouchers(self, client, hood):
        anna, bart = hood.feasible(hood.bart, title="Muziek"), hood.feasible()
        round_id = hood.prepare()
        ballot = f"/wijken/oost/stemrondes/{round_id}/plannen"
        client.log_in(hood.staff[Role.OFFICIAL])
        assert ballot in client.get(PAGES).text
        assert "Zet deze plannen op het stembiljet" in words(client.get(ballot))
        assert client.post(ballot).status_code == 303
        assert "Zet deze plannen op het stembiljet" not in words(client.get(ballot))
        hood.hold(round_id, "1")
        adoption = f"/wijken/oost/stemrondes/{round_id}/vaststellen"
        assert client.get(adoption).status_code == 403
        client.log_in(hood.staff[Role.CHAIR])
        assert adoption in client.get(PAGES).text
        seen = client.get(adoption)
        assert "Heeft een belang: krijgt geld door deze uitslag." in words(seen)
        assert "Daarom zijn beide tellingen gelijk." in words(seen)
        checked = re.findall(r'name="stance\.([^"]+)" value="(\w*)" checked', seen.text)
        assert (hood.bart.id, "recused") in checked
        chair, member = hood.staff[Role.CHAIR].id, hood.staff[Role.COUNCIL].id
        fields = {
            "decided_on": "2026-03-16",
            "motivation": "Zo is gestemd.",
            f"stance.{chair}": "for",
            f"stance.{member}": "for",
            f"stance.{hood.bart.id}": "against",
        }
        before = hood.state()
        refused = client.post(adoption, fields)
        assert (refused.status_code, hood.state() == before) == (422, True)
        assert "Dit volgt uit Algemene wet bestuursrecht, art. 2:4." in words(refused)
        assert client.post(adoption, {**fields, f"stance.{hood.bart.id}": "recused"}).status_code == 303
        assert "De wijkraad heeft deze uitslag vastgesteld." in words(client.get(adoption))
        assert adoption not in client.get(PAGES).text
        client.log_out()
        seen = words(client.get(f"{PAGES}/{anna.id}"))
        assert "Het plan heeft de stemming gewonnen." in seen
        assert "Het plan heeft de stemming niet gewonnen." in words(client.get(f"{PAGES}/{bart.id}"))
        chain = words(client.get(f"{PAGES}/{anna.id}/keten"))
        assert "1. Begroting 2 maart 2026 · € 105.000,00 De gemeente deed geld in de wijkpot van 2026." in chain
        assert "De wijkraad stelde de uitslag vast: 2 voor, 0 tegen." in chain
        assert "Toegekend € 5.500,00" in chain
        assert hood.faults() == []

    def test_give_a_form_back_with_what_was_wrong(self, client, hood):
        client.log_in(hood.anna)
        before = hood.state()
        answer = client.post(PAGES, {**FIELDS, "title": "", "cost_lines.0.amount_cents": "veel"})
        assert (answer.status_code, hood.state() == before) == (400, True)
        assert 'href="#title"' in answer.text
        assert 'href="#cost_lines.0.amount_cents"' in answer.text
        assert "Schrijf een bedrag" in words(answer)
        assert 'value="Lindenpark"' in answer.text
        dear = client.post(PAGES, {**FIELDS, "cost_lines.0.amount_cents": "25.000"})
        assert dear.status_code == 422
        assert "Een plan mag hoogstens € 25.000,00 vragen." in words(dear)
        assert "Dit volgt uit Verordening wijkbudgetten Meerwijk 2024, art. 4." in words(dear)

    def test_show_a_guest_the_plan_and_no_name_or_form(self, client, hood):
        plan = hood.propose()
        name = hood.by(hood.anna).ask(queries.initiative, "oost", plan.id).initiators[0]
        seen = client.get(f"{PAGES}/{plan.id}")
        assert "Log in om dit plan te steunen" in words(seen)
        assert name not in words(seen)
        assert "Alleen bewoners van deze wijk kunnen een plan indienen." in words(client.get(f"{PAGES}/nieuw"))
        assert client.post(f"{PAGES}/{plan.id}/steun").status_code == 403
        client.log_in(hood.bart)
        assert name in words(client.get(f"{PAGES}/{plan.id}"))

    def test_let_initiators_take_their_plan_back(self, client, hood):
        plan = hood.propose()
        client.log_in(hood.bart)
        assert client.post(f"{PAGES}/{plan.id}/intrekken").status_code == 403
        client.log_in(hood.anna)
        assert client.post(f"{PAGES}/{plan.id}/intrekken").status_code == 303
        assert hood.view(plan.id).state is State.WITHDRAWN

    def test_show_the_plans_of_one_theme(self, client, hood):
        hood.propose()
        hood.propose(title="Speelplek", theme="jeugd")
        seen = words(client.get(f"{PAGES}?thema=jeugd"))
        assert ("Speelplek" in seen, "Pluktuin" in seen) == (True, False)

    @pytest.mark.parametrize("path", ["", "/keten", "/beoordelen"])
    def test_know_no_plan_of_another_neighbourhood(self, client, hood, path):
        plan = hood.propose()
        assert client.get(f"{PAGES}/{plan.id}{path}").status_code == 200
        assert client.get(f"/wijken/west/initiatieven/{plan.id}{path}").status_code == 404


class TestTheList:
    def test_of_thirty_plans_asks_the_database_at_most_a_dozen_things(self, client, hood):
        for number in range(30):
            hood.propose(hood.residents[number % 12], title=f"Plan {number}")
        assert client.get(PAGES).text.count("card__link") == 30
        client.log_in(hood.residents[0])
        with statements() as asked:
            assert client.get(PAGES).status_code == 200
        assert 3 <= len(asked) <= 12

    def test_shows_at_once_what_changed(self, client, hood):
        plan = hood.propose()
        assert words(client.get(PAGES)).count("Buren die het steunen: 0 van de 5.") == 1
        hood.desk.by(hood.bart).act(service.support, "oost", plan.id)
        seen = words(client.get(PAGES))
        assert ("0 van de 5" in seen, "1 van de 5" in seen) == (False, True)
        hood.desk.by(hood.anna).act(service.withdraw, "oost", plan.id)
        seen = words(client.get(PAGES))
        assert ("1 van de 5" in seen, "ingetrokken" in seen) == (False, True)

    def test_keeps_its_parts_apart_for_each_language_theme_and_reader(self, client, hood):
        hood.propose(title="<Pluktuin>")
        client.log_in(hood.anna)
        hers = client.get(PAGES).text
        assert [hers.count(part) for part in ('href="/mijn"', "/uitloggen", "&lt;Pluktuin&gt;", "<Pluktuin>")] == [
            1,
            1,
            1,
            0,
        ]
        client.log_out()
        assert [client.get(PAGES).text.count(part) for part in ('href="/mijn"', "/uitloggen", "csrf_token")] == [
            0,
            0,
            0,
        ]
        english = words(client.get(PAGES, headers={"Accept-Language": "en"}))
        assert ("looks for support" in english, "zoekt steun" in english) == (True, False)
        assert "zoekt steun" in words(client.get(PAGES))
        assert client.get(f"{PAGES}?thema=groen").text.count("<strong>groen</strong>") == 1
        assert client.get(PAGES).text.count("<strong>groen</strong>") == 0
        assert client.get("/wijken/west/initiatieven").text.count("card__link") == 0


class TestApi:
    def test_makes_the_same_calls(self, client, hood):
        client.log_in(hood.anna)
        made = client.send(API, BODY)
        assert (made.status_code, made.json()["askedCents"], made.json()["state"]) == (201, 550_050, "proposed")
        here = f"{API}/{made.json()['id']}"
        for neighbour in hood.neighbours:
            client.log_in(neighbour)
            assert client.send(f"{here}/supports").status_code == 201
        client.log_in(hood.staff[Role.OFFICIAL])
        assessed = client.send(f"{here}/assessment", {"verdict": "feasible", "reason": "Dit kan."})
        assert assessed.json()["state"] == "feasible"
        hood.feasible(hood.bart, title="Muziek")
        round_id = hood.prepare()
        round_api = f"/api/v1/neighbourhoods/oost/rounds/{round_id}"
        assert len(client.get(f"{round_api}/initiatives").json()["waiting"]) == 2
        assert len(client.send(f"{round_api}/initiatives").json()["onBallot"]) == 2
        hood.hold(round_id, "1")
        client.log_in(hood.staff[Role.CHAIR])
        assert client.get(f"{round_api}/adoption").json()["decisionId"] is None
        body = {
            "decidedOn": "2026-03-16",
            "motivation": "Zo is gestemd.",
            "for": [hood.staff[Role.CHAIR].id, hood.staff[Role.COUNCIL].id],
            "against": [],
            "recused": [],
        }
        adopted = client.send(f"{round_api}/adoption", body, key="once")
        assert (adopted.status_code, adopted.json()["grantedCents"]) == (201, 550_050)
        assert client.send(f"{round_api}/adoption", body, key="once").json() == adopted.json()
        again = client.send(f"{round_api}/adoption", body, key="twice")
        assert (again.status_code, again.json()["refusal"]) == (409, "AdoptedBefore")
        client.log_out()
        assert client.get(here).json()["state"] == "granted"
        assert [plan["state"] for plan in client.get(API, params={"theme": "groen"}).json()] == [
            "not_chosen",
            "granted",
        ]
        steps = [link["step"] for link in client.get(f"{here}/chain").json()["links"]]
        assert steps[-3:] == ["decision", "reservation", "commitment"]
        assert hood.faults() == []

    def test_takes_a_plan_back(self, client, hood):
        plan = hood.propose()
        client.log_in(hood.anna)
        assert client.send(f"{API}/{plan.id}/withdrawal").json()["state"] == "withdrawn"

    @pytest.mark.parametrize("wrong", [True, "5", 5.0, 2**63, 0, -1])
    def test_takes_no_amount_but_a_whole_positive_number(self, client, hood, wrong):
        client.log_in(hood.anna)
        before = hood.state()
        answer = client.send(API, {**BODY, "costLines": [{"what": "Bomen", "amountCents": wrong}]})
        assert (answer.status_code, hood.state() == before) == (400, True)

    @pytest.mark.parametrize("wrong", [{}, {"costLines": []}, {"verdict": "feasible"}, [], None, {"theme": 7}])
    def test_answers_any_body_below_500_and_changes_nothing(self, client, hood, wrong):
        client.log_in(hood.anna)
        before = hood.state()
        body = {**BODY, **wrong} if isinstance(wrong, dict) and wrong else wrong
        assert 400 <= client.send(API, body).status_code < 500
        assert hood.state() == before
