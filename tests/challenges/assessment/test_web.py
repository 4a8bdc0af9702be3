# SPDX-License-Identifier: EUPL-1.2
"""Looking into a bid on the pages and by the API: the same calls, each side what is theirs."""

from tests.challenges.histories import brought
from tests.challenges.histories_advice import assess
from tests.challenges.test_web import words
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.actor import Role

FINE = {"finding": "not_met"}


class TestThePages:
    def test_lead_from_the_talk_to_ready(self, client, hood):
        case = brought(hood, Move.TAKE_ON)
        here = f"/wijken/oost/uitdagingen/{case.id}"
        client.log_in(hood.staff[Role.OFFICIAL])
        assert "Plan het gesprek" in words(client.get(here))
        late = client.post(f"{here}/onderzoek/kennismaking", {"planned_on": "2026-04-01", "venue": "Buurthuis"})
        assert (late.status_code, "Plan het gesprek tussen 2 maart 2026 en 23 maart 2026." in words(late)) == (
            422,
            True,
        )
        plan = {"planned_on": "2026-03-09", "venue": "Buurthuis, 19.30 uur"}
        assert client.post(f"{here}/onderzoek/kennismaking", plan).headers["location"] == here
        assert "Ga verder met de checklist" in words(client.get(here))
        assert client.post(f"{here}/onderzoek/verzetten", {**plan, "planned_on": "2026-03-10"}).status_code == 303
        client.log_in(hood.anna)
        seen = words(client.get(here))
        assert "Het gesprek is op 10 maart 2026: Buurthuis, 19.30 uur." in seen
        assert "Neem tijd om je uitdaging uit te werken" in seen
        self._let_it_stand_still(client, hood, here)
        client.log_in(hood.staff[Role.OFFICIAL])
        said = {"held_on": "2026-03-02", "minutes": "Wij spraken over het gras."}
        assert client.post(f"{here}/onderzoek/verslag", said).status_code == 303
        assess(hood, case.id, case.official)
        assert client.post(f"{here}/stap/adviesvragen", {"reason": ""}).headers["location"] == here
        self._look_at_everything(client, here)
        early = client.post(f"{here}/stap/klaarmaken", {"reason": ""})
        assert (early.status_code, "wijkraad" in words(early)) == (422, True)
        hood.clock.forward(days=30)
        client.log_in(hood.staff[Role.OFFICIAL])
        assert client.post(f"{here}/stap/klaarmaken", {"reason": ""}).status_code == 303
        client.log_in(hood.decider)
        assert client.post(f"{here}/stap/terugsturen", {"reason": ""}).status_code == 400
        assert client.post(f"{here}/stap/terugsturen", {"reason": "Is dit veilig?"}).status_code == 303

    def _let_it_stand_still(self, client, hood, here):
        wrong = client.post(f"{here}/reactie/uitwerken", {"last_on": "2026-03-02"})
        assert (wrong.status_code, 'href="#last_on"' in wrong.text) == (400, True)
        assert client.post(f"{here}/reactie/uitwerken", {"last_on": "2026-03-23"}).status_code == 303
        assert client.get(f"{here}/reactie/nooit").status_code == 404

    def _look_at_everything(self, client, here):
        first = f"{here}/onderzoek/gronden/W01"
        assert f'href="{first}"' in client.get(here).text
        wrong = client.post(first, {"finding": "met"})
        assert (wrong.status_code, "Waarom? – Schrijf op waarom." in words(wrong)) == (400, True)
        assert 'value="met" checked' in wrong.text
        assert client.post(first, FINE).headers["location"] == f"{here}/onderzoek/gronden/W02"
        dear = client.get(f"{here}/onderzoek/gronden/W06")
        assert "Dit is per jaar € 4.000,00 goedkoper dan nu." in words(dear)
        assert 'value="not_met" checked' in dear.text
        for number in range(2, 14):
            client.post(f"{here}/onderzoek/gronden/W{number:02}", FINE)
        assert "Bekeken: 13 van 14." in words(client.get(f"{here}/onderzoek"))
        assert client.post(f"{here}/onderzoek/gronden/W14", FINE).headers["location"] == f"{here}/onderzoek"
        assert client.get(f"{here}/onderzoek/gronden/W15").status_code == 404

    def test_let_the_group_answer_and_tell_others_little(self, client, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL)
        here = f"/wijken/oost/uitdagingen/{case.id}"
        client.log_in(hood.bart)
        assert "Geef je reactie" in words(client.get(here))
        asked = words(client.get(f"{here}/reactie/antwoord"))
        assert "Duurder dan nu Het is duurder en niet beter. Verteld op 2 maart 2026." in asked
        assert client.post(f"{here}/reactie/antwoord", {"answer": "Maar wel mooier."}).status_code == 303
        twice = client.post(f"{here}/reactie/antwoord", {"answer": "En schoner."})
        assert (twice.status_code, "Je groep heeft al gereageerd." in words(twice)) == (409, True)
        client.log_in(hood.staff[Role.OFFICIAL])
        seen = words(client.get(f"{here}/onderzoek"))
        assert "De reactie van de groep 2 maart 2026 Maar wel mooier." in seen
        assert "Vraag toch advies" in seen
        client.log_out()
        told = words(client.get(f"{here}/onderzoek")) + words(client.get(here))
        assert ("De gemeente wil nee zeggen" in told, "Het is duurder" in told, "mooier" in told) == (
            False,
            False,
            False,
        )
        assert "De checklist is voor ambtenaren" in words(client.get(f"{here}/onderzoek/gronden/W06"))


class TestTheApi:
    def test_makes_the_same_calls(self, client, hood):
        case = brought(hood, Move.TAKE_ON)
        api = f"/api/v1/neighbourhoods/oost/challenges/{case.id}/assessment"
        client.log_in(hood.staff[Role.OFFICIAL])
        plan = {"plannedOn": "2026-03-09", "venue": "Buurthuis"}
        assert client.send(f"{api}/talk", plan).json()["talk"]["plannedOn"] == "2026-03-09"
        assert client.send(f"{api}/talk-change", {**plan, "venue": "Bij Anna"}).json()["talk"]["venue"] == "Bij Anna"
        said = {"heldOn": "2026-03-02", "minutes": "Gras."}
        assert client.send(f"{api}/minutes", said).json()["mayWriteMinutes"] is False
        found = client.send(f"{api}/findings", {"ground": "W06", "finding": "met", "reason": "Te duur."}).json()
        assert (found["openCount"], found["checklist"][5]["finding"]) == (13, "met")
        wrong = client.send(f"{api}/intention", {"grounds": ["W01"], "motivation": "Nee."})
        assert (wrong.status_code, wrong.json()["refusal"]) == (422, "GroundNotMet")
        told = client.send(f"{api}/intention", {"grounds": ["W06"], "motivation": "Te duur."}).json()["intention"]
        assert (told["grounds"][0]["ground"], told["answerUntil"]) == ("W06", "2026-03-16")
        client.log_in(hood.anna)
        assert client.send(f"{api}/intention-answer", {"answer": "Nee."}).json()["intention"]["answer"] == "Nee."
        late = client.send(f"{api}/elaboration", {"lastOn": "2026-03-20"})
        assert (late.status_code, late.json()["refusal"]) == (409, "WrongState")
        client.log_in(hood.staff[Role.OFFICIAL])
        assert client.send(f"{api}/advice-request", {}).json()["refusal"] == "NotAssessed"
        assess(hood, case.id, case.official)
        assert client.send(f"{api}/advice-request", {}).status_code == 201
        assert client.send(f"{api}/readiness", {}).json()["refusal"] == "GroundsOpen"
        client.log_in(hood.decider)
        assert client.send(f"{api}/sending-back", {"reason": "Nee."}).json()["refusal"] == "WrongState"
        client.log_out()
        assert client.get(api).json() == {
            "talk": None, "checklist": [], "openCount": 13, "intention": None, "mayPlan": False,
            "isTested": True, "waitsForCouncil": True, "mayWriteMinutes": False, "mayCheck": False, "mayAnswer": False,
        }  # fmt: skip
