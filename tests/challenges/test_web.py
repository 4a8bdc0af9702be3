# SPDX-License-Identifier: EUPL-1.2
"""The page and the API make the same calls: list a task, write a bid, gather a group, send in, complete, put aside."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from tests.challenges.conftest import CSV
from wijkbudget.challenges.rules.states import State
from wijkbudget.kit.actor import Role

TASKS, PAGES = "/wijken/oost/taken", "/wijken/oost/uitdagingen"
TASKS_API, API = "/api/v1/neighbourhoods/oost/municipal-tasks", "/api/v1/neighbourhoods/oost/challenges"
TASK = {
    "title": "Straat vegen",
    "summary": "Elke week de straat vegen.",
    "current_cost_cents": "8.000,50",
    "quality": "Schoon op maandag",
    "department": "Beheer",
    "decider": "executive",
}
COSTS = {
    "cost_lines.0.what": "Maaier",
    "cost_lines.0.amount_cents": "13.000",
    "cost_lines.3.what": "Benzine",
    "cost_lines.3.amount_cents": "250,50",
    "own_cents": "",
}


def words(answer):
    """Return the words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", unescape(text)).replace("\xa0", " ")


class TestTheList:
    def test_is_public_and_kept_by_an_official(self, client, hood):
        assert "Zet een taak op de lijst" not in words(client.get(TASKS))
        assert client.post(TASKS, TASK).status_code == 403
        client.log_in(hood.staff[Role.OFFICIAL])
        assert "Alleen ambtenaren" not in words(client.get(f"{TASKS}/nieuw"))
        wrong = client.post(TASKS, {**TASK, "current_cost_cents": "veel"})
        assert (wrong.status_code, "Schrijf een bedrag" in words(wrong)) == (400, True)
        here = client.post(TASKS, TASK).headers["location"]
        assert "De taak staat op de lijst." in words(client.get(here))
        twice = client.post(TASKS, TASK)
        assert (twice.status_code, "Er is al een taak met deze naam." in words(twice)) == (409, True)
        assert client.post(f"{here}/intrekken").status_code == 400
        assert client.post(f"{here}/intrekken", {"reason": "Er is een contract."}).status_code == 303
        client.log_out()
        seen = words(client.get(here))
        assert "Deze taak staat sinds 2 maart 2026 niet meer op de lijst. Er is een contract." in seen
        assert "Kost nu per jaar € 8.000,50" in seen

    def test_is_searched_by_word(self, client, hood):
        assert "Gras maaien in het Lindenpark" in words(client.get(f"{TASKS}?woord=PARK"))
        assert "Er is geen open taak met “vegen” erin." in words(client.get(f"{TASKS}?woord=vegen"))
        assert [task["title"] for task in client.get(TASKS_API, params={"word": "park gras"}).json()] == [
            "Gras maaien in het Lindenpark"
        ]
        assert client.get(TASKS_API, params={"word": "%"}).json() == []

    def test_takes_a_file_or_says_which_line_is_wrong(self, client, hood):
        client.log_in(hood.staff[Role.OFFICIAL])
        assert "Bestand met taken" in words(client.get(f"{TASKS}/importeren"))
        before = hood.state()
        wrong = CSV.replace("15.000", "gratis").encode("cp1252")
        answer = client.post(f"{TASKS}/importeren", files={"csv": ("taken.csv", wrong)})
        assert (answer.status_code, hood.state() == before) == (400, True)
        assert "Regel 3: Schrijf wat de taak per jaar kost, zoals 12.500 of 12.500,00." in words(answer)
        assert client.post(f"{TASKS}/importeren", files={"csv": ("leeg.csv", b"")}).status_code == 400
        sent = client.post(f"{TASKS}/importeren", files={"csv": ("taken.csv", CSV.encode())})
        assert sent.status_code == 303
        assert "Buurthuis openen" in words(client.get(TASKS))

    def test_is_the_same_by_the_api(self, client, hood):
        client.log_in(hood.staff[Role.OFFICIAL])
        made = client.send(f"{TASKS_API}/imports", {"csv": CSV})
        assert (made.status_code, made.json()) == (201, {"listedCount": 2})
        wrong = client.send(f"{TASKS_API}/imports", {"csv": CSV})
        assert (wrong.status_code, wrong.json()["refusal"], len(wrong.json()["errors"])) == (400, "BadTasks", 2)
        body = {
            "title": "Lampen", "summary": "Lampen vervangen.", "currentCostCents": 50_000, "quality": "Binnen een dag",
            "department": "Beheer", "decider": "mayor", "contractEndsOn": "2027-01-01",
        }  # fmt: skip
        task = client.send(TASKS_API, body).json()
        assert (task["contractEndsOn"], task["isOpen"]) == ("2027-01-01", True)
        gone = client.send(f"{TASKS_API}/{task['id']}/withdrawal", {"reason": "Al verkocht."}).json()
        assert (gone["isOpen"], client.get(f"{TASKS_API}/{task['id']}").json()) == (False, gone)


class TestABid:
    def test_goes_from_its_first_word_to_the_case_worker(self, client, hood):
        client.log_in(hood.anna)
        assert "Daag de gemeente uit voor deze taak" in words(client.get(f"{TASKS}/{hood.task_id}"))
        assert f'value="{hood.task_id}" selected' in client.get(f"{PAGES}/nieuw?taak={hood.task_id}").text
        sent = client.post(PAGES, {"municipal_task_id": str(hood.task_id), "title": "Wij maaien zelf"})
        step = sent.headers["location"]
        here = step.removesuffix("/stappen/idee")
        assert "Stap 1 van 5 20% Je idee" in words(client.get(step))
        self._write(client, here)
        seen = words(client.get(here))
        assert "De groep vraagt per jaar € 13.250,50 Het kost nu per jaar € 12.000,00" in seen
        assert "Dit is per jaar € 1.250,50 duurder dan nu. Dat is geen reden om te stoppen." in seen
        assert "Schrijf verder: De wijk" in seen
        self._gather(client, hood, here)
        client.log_in(hood.anna)
        asked = words(client.get(f"{here}/indienen"))
        assert "Dit is nog leeg" in asked
        assert "Mensen die meedoen: 2. Minstens 2 zijn nodig." in asked
        assert client.post(f"{here}/indienen").status_code == 303
        again = client.post(f"{here}/indienen")
        assert (again.status_code, "Dit kan nu niet. Deze uitdaging: ingediend." in words(again)) == (409, True)
        client.log_out()
        seen = words(client.get(here))
        assert "De gemeente beslist uiterlijk op 28 april 2026. Dagen tot dan: 57." in seen
        assert "Ingediend 2 maart 2026 · de groep Op grond van Algemene wet bestuursrecht, art. 4:1." in seen
        assert "Neem deze uitdaging in behandeling" not in seen
        client.log_in(hood.staff[Role.OFFICIAL])
        assert "Nog niemand behandelt haar." in words(client.get(f"{PAGES}/zaken"))
        assert client.post(f"{here}/behandelen").status_code == 303
        assert "Je bent de behandelaar." in words(client.get(f"{PAGES}/zaken"))
        assert hood.faults() == []

    def _write(self, client, here):
        idea = {
            "what": "Maaien.\nEn harken.",
            "gains": ["cheaper", "better"],
            "why_better": "Wij zijn er.",
            "goal": "x",
        }
        assert client.post(f"{here}/stappen/idee", idea).headers["location"] == f"{here}/stappen/buurt"
        shown = client.get(f"{here}/stappen/idee").text
        assert "Maaien.\nEn harken.</textarea>" in shown
        assert len(re.findall(r'value="(?:better|cheaper)" checked', shown)) == 2
        wrong = client.post(f"{here}/stappen/kosten", {**COSTS, "cost_lines.0.amount_cents": "veel"})
        assert (wrong.status_code, 'href="#cost_lines.0.amount_cents"' in wrong.text) == (400, True)
        assert 'value="Benzine"' in wrong.text
        assert client.post(f"{here}/stappen/kosten", COSTS).headers["location"] == f"{here}/stappen/kwaliteit"
        assert 'value="250,50"' in client.get(f"{here}/stappen/kosten").text
        assert (
            client.post(f"{here}/stappen/kwaliteit", {"safety": "Helmen."}).headers["location"]
            == f"{here}/stappen/planning"
        )
        odd = client.post(f"{here}/stappen/planning", {"registration_number": "1234567"})
        assert (odd.status_code, 'href="#registration_number"' in odd.text) == (400, True)
        assert client.post(f"{here}/stappen/planning", {"starts_on": "2026-06-01"}).headers["location"] == here
        assert "De gemeente heeft graag 18 weken, tot 6 juli 2026." in words(client.get(f"{here}/stappen/planning"))
        assert client.get(f"{here}/stappen/elders").status_code == 404

    def _gather(self, client, hood, here):
        assert client.post(f"{here}/groep", {"called": ""}).status_code == 400
        assert client.post(f"{here}/groep", {"called": "Bart"}).status_code == 303
        link = re.search(r'href="([^"]+/meedoen\?code=\w+)"', client.get(f"{here}/groep").text)[1]
        client.log_out()
        assert client.get(here).status_code == 404
        assert "Log in om te antwoorden" in words(client.get(link))
        assert client.get(f"{here}/meedoen?code=iets").status_code == 404
        client.log_in(hood.bart)
        assert "Je buren vragen of je meedoet met de uitdaging “Wij maaien zelf”." in words(client.get(link))
        code = parse_qs(urlsplit(link).query)["code"][0]
        assert client.post(f"{here}/meedoen", {"code": code}).headers["location"] == here
        assert client.get(here).status_code == 200

    def test_is_completed_by_its_group(self, client, hood):
        challenge_id = hood.submitted()
        here = f"{PAGES}/{challenge_id}"
        client.log_in(hood.staff[Role.OFFICIAL])
        form = client.get(f"{here}/aanvulverzoek").text
        assert 'name="days" value="14"' in form
        short = {"missing": ["safety", "harm"], "reason": "Wie let op?", "days": "13"}
        refused = client.post(f"{here}/aanvulverzoek", short)
        assert (refused.status_code, "Geef de groep minstens 14 dagen." in words(refused)) == (422, True)
        assert "Participatieverordening Meerwijk 2025, art. 9" in words(refused)
        assert client.post(f"{here}/aanvulverzoek", {**short, "days": "14"}).status_code == 303
        hood.clock.forward(days=1)
        client.log_in(hood.anna)
        seen = words(client.get(here))
        assert "De tijd staat stil tot en met 16 maart 2026. De gemeente beslist op zijn laatst op 11 mei 2026." in seen
        assert "Er mist iets Hoe het veilig blijft Wie er last van kan hebben Wie let op?" in seen
        assert "Stuur wat er miste" in seen
        assert client.post(f"{here}/stappen/kwaliteit", {"safety": "Helmen.", "harm": "Nee."}).status_code == 303
        assert client.post(f"{here}/aanvullen").status_code == 303
        assert hood.view(challenge_id).state is State.BEING_HANDLED

    def test_is_taken_over_by_another_official(self, client, hood):
        here = f"{PAGES}/{hood.incomplete()}"
        client.log_in(hood.other_official)
        assert f"{here}/stap/overnemen" in client.get(here).text
        assert "Een ander werkt nu aan deze uitdaging." in words(client.get(f"{here}/stap/overnemen"))
        assert client.post(f"{here}/stap/overnemen", {"reason": "Vakantie."}).headers["location"] == here
        assert "Dit kan nu niet." in words(client.get(f"{here}/stap/overnemen"))
        assert client.post(f"{here}/stap/overnemen", {"reason": "Nog eens."}).status_code == 409
        assert client.get(f"{here}/stap/elders").status_code == 404

    def test_is_put_aside_or_taken_back(self, client, hood):
        first, second = hood.incomplete(), hood.submitted()
        client.log_in(hood.anna)
        assert "Hierna beslist de gemeente er niet meer over." in words(client.get(f"{PAGES}/{second}/intrekken"))
        assert client.post(f"{PAGES}/{second}/intrekken").status_code == 303
        client.log_in(hood.other_official)
        early = client.post(f"{PAGES}/{first}/niet-behandelen", {"reason": "Te laat."})
        assert (early.status_code, "nog aanvullen tot en met 16 maart 2026" in words(early)) == (422, True)
        hood.clock.forward(days=15)
        client.log_in(hood.other_official)
        assert "Behandel deze uitdaging niet" in words(client.get(f"{PAGES}/{first}"))
        assert client.post(f"{PAGES}/{first}/niet-behandelen").status_code == 400
        assert client.post(f"{PAGES}/{first}/niet-behandelen", {"reason": "Er kwam niets."}).status_code == 303
        client.log_out()
        seen = words(client.get(PAGES))
        assert ("niet behandeld" in seen, "ingetrokken" in seen) == (True, True)

    def test_is_left_declined_and_uninvited_on_pages(self, client, hood):
        challenge_id = hood.concept()
        here = f"{PAGES}/{challenge_id}"
        code = hood.code(challenge_id)
        client.log_in(hood.carla)
        assert client.post(f"{here}/afslaan", {"code": code}).headers["location"] == PAGES
        hood.code(challenge_id)
        client.log_in(hood.anna)
        cancel = re.search(r'action="([^"]+/uitnodigingen/[^"]+/intrekken)"', client.get(f"{here}/groep").text)[1]
        assert client.post(cancel).status_code == 303
        assert "meedoen?code" not in client.get(f"{here}/groep").text
        assert client.post(f"{here}/verlaten").headers["location"] == PAGES
        assert client.get(here).status_code == 404


class TestTheApi:
    def test_makes_the_same_calls(self, client, hood):
        client.log_in(hood.anna)
        made = client.send(API, {"municipalTaskId": str(hood.task_id), "title": "Zelf maaien"})
        assert (made.status_code, made.json()["state"], made.json()["nextChapter"]) == (201, "concept", "idea")
        here = f"{API}/{made.json()['id']}"
        assert client.send(f"{here}/idea", {"what": "Maaien.", "gains": ["better"]}).json()["bid"]["gains"] == [
            "better"
        ]
        assert client.send(f"{here}/bond", {"expectedReach": 5}).json()["bid"]["expectedReach"] == 5
        costs = {"costLines": [{"what": "Maaier", "amountCents": 1_200_000}]}
        compared = client.send(f"{here}/costs", costs).json()["bid"]["comparison"]
        assert (compared["askedCents"], compared["currentCents"], compared["isDearer"]) == (1_200_000, 1_200_000, False)
        assert client.send(f"{here}/quality", {"continuity": "Samen."}).json()["bid"]["continuity"] == "Samen."
        planned = client.send(f"{here}/planning", {"startsOn": "2026-06-01", "legalForm": "foundation"}).json()["bid"]
        assert (planned["startsOn"], planned["legalForm"]) == ("2026-06-01", "foundation")
        code = self._invite(client, here)
        client.log_in(hood.carla)
        assert client.send(f"{here}/decline", {"code": code}).status_code == 204
        client.log_in(hood.anna)
        code = self._invite(client, here)
        client.log_in(hood.bart)
        assert client.get(f"{here}/invitation", params={"code": code}).json()["title"] == "Zelf maaien"
        assert client.send(f"{here}/acceptance", {"code": code}).json()["memberCount"] == 2
        assert client.send(f"{here}/submission").json()["clock"]["decideOn"] == "2026-04-28"
        client.log_in(hood.staff[Role.OFFICIAL])
        ask = {"missing": ["safety"], "reason": "Wie let op?", "days": 14}
        assert client.send(f"{here}/completion-request", ask).json()["completion"]["lastOn"] == "2026-03-16"
        client.log_in(hood.other_official)
        early = client.send(f"{here}/putting-aside", {"reason": "Nu al."})
        assert (early.status_code, early.json()["refusal"]) == (422, "CompletionNotOver")
        client.log_in(hood.anna)
        assert client.send(f"{here}/completion").json()["state"] == "being_handled"
        client.log_in(hood.other_official)
        late = client.send(f"{here}/handling")
        assert (late.status_code, late.json()["refusal"]) == (409, "WrongState")
        assert [line["isMyCase"] for line in client.get(f"{API}/cases").json()["cases"]] == [False]
        client.log_in(hood.bart)
        assert client.send(f"{here}/withdrawal", {"reason": "Genoeg."}).json()["state"] == "withdrawn"
        client.log_out()
        assert [line["state"] for line in client.get(API).json()["bids"]] == ["withdrawn"]
        assert hood.faults() == []

    def _invite(self, client, here):
        members = client.send(f"{here}/invitations", {"called": "Buur"}).json()["members"]
        return next(member["code"] for member in members if member["code"])

    def test_lets_the_group_leave_and_take_back_a_link(self, client, hood):
        challenge_id = hood.concept()
        client.log_in(hood.anna)
        members = client.send(f"{API}/{challenge_id}/invitations", {"called": "Buur"}).json()["members"]
        invited = next(member["id"] for member in members if member["code"])
        left = client.send(f"{API}/{challenge_id}/invitations/{invited}/withdrawal").json()["members"]
        assert [member["consent"] for member in left] == ["accepted", "accepted"]
        assert client.send(f"{API}/{challenge_id}/leave").status_code == 204
        assert client.get(f"{API}/{challenge_id}").status_code == 404
