# SPDX-License-Identifier: EUPL-1.2
"""Pages and API make the same call, say the same sentence and lead on."""

import re
from uuid import uuid4

import pytest

from tests.reciprocity.conftest import PLACE
from wijkbudget.kit.actor import Role
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.rules.entries import EntryState

PAGES = f"/wijken/{PLACE}"
API = f"/api/v1/neighbourhoods/{PLACE}"


def entry_page(entry):
    return f"{PAGES}/uren/{entry.id}"


def seen(tuin, entry):
    return tuin.desk.by(tuin.giver).ask(queries.entry, PLACE, entry.id)


def words(answer):
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


class TestTasks:
    def test_are_open_to_everybody(self, tuin, client):
        page = client.get(f"{PAGES}/klussen")
        assert page.status_code == 200
        assert "Buurtmoestuin" in page.text
        assert "Nieuwe klus" not in page.text
        listed = client.client.get(f"{API}/tasks").json()
        assert [(task["title"], task["settledMinutes"]) for task in listed] == [("Buurtmoestuin", 0)]

    def test_are_opened_with_a_form(self, tuin, client):
        guide = tuin.staff[Role.GUIDE]
        client.log_in(guide)
        assert "Marloes Kuipers" in client.get(f"{PAGES}/klussen/nieuw").text
        answer = client.post(f"{PAGES}/klussen/nieuw", {"title": "Soep koken", "confirmers": [guide.id]})
        assert answer.status_code == 303
        page = client.get(answer.headers["location"])
        assert "Soep koken" in page.text
        assert "Marloes Kuipers" in page.text

    def test_ask_who_confirms(self, tuin, client):
        client.log_in(tuin.staff[Role.GUIDE])
        answer = client.post(f"{PAGES}/klussen/nieuw", {"title": "Soep koken"})
        assert answer.status_code == 400
        assert 'value="Soep koken"' in answer.text
        assert 'href="#confirmers"' in answer.text

    def test_end_by_a_button(self, tuin, client):
        client.log_in(tuin.staff[Role.GUIDE])
        answer = client.post(f"{PAGES}/klussen/{tuin.task_id}/beeindigen")
        assert answer.headers["location"] == f"{PAGES}/klussen/{tuin.task_id}"
        assert "Deze klus is afgelopen." in words(client.get(answer.headers["location"]))

    def test_are_opened_and_ended_over_the_api(self, tuin, client):
        guide = tuin.staff[Role.GUIDE]
        client.log_in(guide)
        made = client.send(f"{API}/tasks", {"title": "Soep", "confirmers": [guide.id]})
        assert (made.status_code, made.json()["state"]) == (201, "open")
        assert client.send(f"{API}/tasks/{made.json()['id']}/ending").json()["state"] == "ended"
        names = [one["name"] for one in client.client.get(f"{API}/tasks/confirmer-candidates").json()]
        assert names == sorted(names)
        assert "Marloes Kuipers" in names

    @pytest.mark.parametrize("path", ["klussen/{id}", "uren/{id}"])
    def test_that_are_not_there_have_no_page(self, tuin, client, path):
        client.log_in(tuin.giver)
        assert client.get(f"{PAGES}/{path.format(id=uuid4())}").status_code == 404


class TestLoggingTime:
    def test_begins_at_the_task(self, tuin, client):
        client.log_in(tuin.giver)
        form = client.get(f"{PAGES}/klussen/{tuin.task_id}").text
        assert '<option value="90">1 uur en 30 minuten</option>' in form
        answer = client.post(f"{PAGES}/klussen/{tuin.task_id}", {"given_on": "2026-03-01", "minutes": "90"})
        assert answer.status_code == 303
        page = words(client.get(answer.headers["location"]))
        assert "1 uur en 30 minuten op 1 maart 2026" in page
        assert "wacht op bevestiging" in page

    def test_says_what_is_wrong_and_keeps_what_was_typed(self, tuin, client):
        client.log_in(tuin.giver)
        answer = client.post(f"{PAGES}/klussen/{tuin.task_id}", {"given_on": "2025-03-01", "minutes": "90"})
        assert answer.status_code == 422
        assert 'value="2025-03-01"' in answer.text
        assert "Dit is te lang geleden. Je kunt tijd tot 60 dagen terug opschrijven." in words(answer)
        assert "Verordening wijkbudgetten Meerwijk 2024, art. 8" in answer.text
        nothing = client.post(f"{PAGES}/klussen/{tuin.task_id}", {"minutes": "90"})
        assert nothing.status_code == 400
        assert 'href="#given_on"' in nothing.text
        assert tuin.desk.by(tuin.giver).ask(queries.entries_of, PLACE, tuin.giver.id) == []

    def test_happens_once_with_one_form(self, tuin, client):
        client.log_in(tuin.giver)
        typed = {"given_on": "2026-03-01", "minutes": "60", "reference": "one"}
        answers = [client.post(f"{PAGES}/klussen/{tuin.task_id}", typed) for _time in range(2)]
        assert answers[0].headers["location"] == answers[1].headers["location"]

    def test_makes_the_same_call_over_the_api(self, tuin, client):
        client.log_in(tuin.giver)
        path = f"{API}/tasks/{tuin.task_id}/time-entries"
        made = client.send(path, {"givenOn": "2026-03-01", "minutes": 90})
        assert (made.status_code, made.json()["state"], made.json()["actions"]) == (201, "logged", ["withdraw"])
        refused = client.send(path, {"givenOn": "2026-03-01", "minutes": 20})
        assert (refused.status_code, refused.json()["refusal"]) == (422, "NotInQuarters")
        assert refused.json()["detail"] == "Schrijf je tijd op in kwartieren, hooguit 12 uur per keer."

    @pytest.mark.parametrize("minutes", [True, "60", 60.0, 2**63, None, -15])
    def test_takes_only_whole_minutes(self, tuin, client, minutes):
        client.log_in(tuin.giver)
        sent = client.send(f"{API}/tasks/{tuin.task_id}/time-entries", {"givenOn": "2026-03-01", "minutes": minutes})
        assert sent.status_code == 400

    def test_is_not_for_guests(self, tuin, client):
        page = client.get(f"{PAGES}/klussen/{tuin.task_id}")
        assert "Hoe lang?" not in page.text
        assert "/inloggen" in page.text
        assert client.post(f"{PAGES}/klussen/{tuin.task_id}", {"minutes": "60"}).status_code == 403
        assert client.get(f"{PAGES}/mijn-tijd").status_code == 403
        assert client.get(f"{PAGES}/mijn-stem").status_code == 403


class TestConfirmingTime:
    def test_is_one_button(self, tuin, client):
        entry = tuin.log()
        client.log_in(tuin.neighbour)
        assert entry_page(entry) in client.get(f"{PAGES}/klussen/{tuin.task_id}").text
        assert "Ja, dit klopt" in client.get(entry_page(entry)).text
        answer = client.post(f"{entry_page(entry)}/bevestigen")
        assert answer.headers["location"] == f"{PAGES}/klussen/{tuin.task_id}"
        assert seen(tuin, entry).state is EntryState.CONFIRMED

    def test_is_refused_within_a_household_with_a_sentence(self, tuin, client):
        entry = tuin.log()
        client.log_in(tuin.housemate)
        page = client.post(f"{entry_page(entry)}/bevestigen")
        assert page.status_code == 403
        assert "Je woont op hetzelfde adres. Iemand anders moet deze tijd bevestigen." in words(page)
        assert f'href="{entry_page(entry)}"' in page.text
        api = client.send(f"{API}/time-entries/{entry.id}/confirmation")
        assert (api.status_code, api.json()["refusal"]) == (403, "SameHousehold")
        assert seen(tuin, entry).state is EntryState.LOGGED

    def test_is_no_button_for_the_giver(self, tuin, client):
        entry = tuin.log()
        client.log_in(tuin.giver)
        page = client.get(entry_page(entry)).text
        assert "Ja, dit klopt" not in page
        assert client.post(f"{entry_page(entry)}/intrekken").headers["location"] == f"{PAGES}/mijn-tijd"
        assert seen(tuin, entry).state is EntryState.WITHDRAWN

    def test_makes_the_same_calls_over_the_api(self, tuin, client):
        entry = tuin.log()
        client.log_in(tuin.neighbour)
        assert client.send(f"{API}/time-entries/{entry.id}/confirmation").json()["state"] == "confirmed"
        client.log_in(tuin.giver)
        assert client.send(f"{API}/time-entries/{entry.id}/withdrawal").json()["state"] == "withdrawn"
        own = client.client.get(f"{API}/people/{tuin.giver.id}/time-entries").json()
        assert [one["state"] for one in own] == ["withdrawn"]


class TestDisputes:
    def test_go_from_a_resident_to_the_chair(self, tuin, client):
        entry = tuin.confirmed()
        client.log_in(tuin.stranger)
        empty = client.post(f"{entry_page(entry)}/betwisten", {"reason": " "})
        assert (empty.status_code, 'href="#reason"' in empty.text) == (400, True)
        assert client.post(f"{entry_page(entry)}/betwisten", {"reason": "De tuin was dicht."}).status_code == 303
        assert "betwist" in words(client.get(entry_page(entry)))
        client.log_in(tuin.staff[Role.CHAIR])
        assert "De tuin was dicht." in client.get(entry_page(entry)).text
        unsaid = client.post(f"{entry_page(entry)}/uitspraak", {"reason": "Gezien."})
        assert (unsaid.status_code, 'href="#ruling"' in unsaid.text) == (400, True)
        ruled = client.post(f"{entry_page(entry)}/uitspraak", {"ruling": "falls", "reason": "Klopt, dicht."})
        assert ruled.status_code == 303
        assert "telt niet" in words(client.get(entry_page(entry)))
        assert seen(tuin, entry).state is EntryState.REJECTED

    def test_make_the_same_calls_over_the_api(self, tuin, client):
        entry = tuin.confirmed()
        client.log_in(tuin.stranger)
        disputed = client.send(f"{API}/time-entries/{entry.id}/dispute", {"reason": "De tuin was dicht."})
        assert disputed.json()["state"] == "disputed"
        client.log_in(tuin.staff[Role.OFFICIAL])
        assert client.client.get(f"{API}/time-entries/{entry.id}").json()["actions"] == ["rule_on"]
        body = {"ruling": "stands", "reason": "De beheerder was er."}
        assert client.send(f"{API}/time-entries/{entry.id}/ruling", body).json()["state"] == "confirmed"

    def test_say_why_they_come_too_late(self, tuin, client, clock):
        entry = tuin.confirmed()
        clock.forward(days=14)
        client.log_in(tuin.stranger)
        page = client.post(f"{entry_page(entry)}/betwisten", {"reason": "De tuin was dicht."})
        assert page.status_code == 422
        assert "De dagen daarvoor zijn voorbij." in words(page)


class TestOwnPages:
    def test_show_time_and_voice(self, tuin, client, clock):
        tuin.confirmed(minutes=600)
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        client.log_in(tuin.giver)
        assert "10 uur op 1 maart 2026" in words(client.get(f"{PAGES}/mijn-tijd"))
        page = words(client.get(f"{PAGES}/mijn-stem"))
        assert "Waarom heb ik deze stem?" in page
        assert "Je gaf 10 uur. Elk uur telt 0,05 bij je stem op: samen 0,5 extra." in page
        assert "Te weinig mensen hebben een stem van 1,5: het zijn er 1, en er zijn er 80 nodig." in page
        voice = client.client.get(f"{API}/people/{tuin.giver.id}/voice").json()
        assert (voice["weightHundredths"], voice["countedMinutes"]) == (100, 600)
        assert voice["steps"][0] == "Iedereen die mag stemmen heeft een stem van 1."

    def test_show_only_what_is_your_own(self, tuin, client):
        client.log_in(tuin.neighbour)
        for path in ("time-entries", "voice"):
            assert client.client.get(f"{API}/people/{tuin.giver.id}/{path}").status_code == 403

    def test_are_there_before_any_time_was_given(self, tuin, client):
        client.log_in(tuin.stranger)
        assert "Je schreef nog geen tijd op." in words(client.get(f"{PAGES}/mijn-tijd"))
        assert client.get(f"{PAGES}/mijn-stem").status_code == 200


class TestExemptions:
    def test_are_granted_after_finding_the_address(self, tuin, client):
        address = {"postcode": "9901AA", "house_number": "1"}
        client.log_in(tuin.staff[Role.OFFICIAL])
        assert client.get(f"{PAGES}/vrijstellingen/nieuw").status_code == 200
        found = client.post(f"{PAGES}/vrijstellingen/adres", address)
        person_id = re.search(r'name="person_id" value="([^"]+)"', found.text)[1]
        unsaid = client.post(f"{PAGES}/vrijstellingen/nieuw", {**address, "person_id": person_id})
        assert (unsaid.status_code, 'href="#until_on"' in unsaid.text) == (400, True)
        late = {**address, "person_id": person_id, "until_on": "2030-01-01"}
        assert "Kies een dag na vandaag en binnen een jaar." in words(
            client.post(f"{PAGES}/vrijstellingen/nieuw", late)
        )
        granted = client.post(f"{PAGES}/vrijstellingen/nieuw", {**late, "until_on": "2026-12-31"})
        assert granted.status_code == 303
        assert "31 december 2026" in client.get(f"{PAGES}/vrijstellingen").text

    def test_say_that_nobody_lives_there(self, tuin, client):
        client.log_in(tuin.staff[Role.GUIDE])
        page = client.post(f"{PAGES}/vrijstellingen/adres", {"postcode": "9901AA", "house_number": "999"})
        assert "Op dit adres woont niemand." in words(page)
        assert client.post(f"{PAGES}/vrijstellingen/adres", {"postcode": "niets"}).status_code == 400

    def test_make_the_same_calls_over_the_api(self, tuin, client):
        client.log_in(tuin.staff[Role.OFFICIAL])
        body = {"personId": tuin.stranger.id, "untilOn": "2026-12-31"}
        made = client.send(f"{API}/exemptions", body)
        assert (made.status_code, made.json()["untilOn"]) == (201, "2026-12-31")
        assert [one["id"] for one in client.client.get(f"{API}/exemptions").json()] == [made.json()["id"]]
        assert client.send(f"{API}/exemptions", {**body, "reason": "ziek"}).status_code == 400
