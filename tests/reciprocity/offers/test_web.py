# SPDX-License-Identifier: EUPL-1.2
"""Pages and API make the same call, say the same sentence and lead on."""

import re

from tests.reciprocity.conftest import PLACE
from tests.reciprocity.test_web import words

PAGES = f"/wijken/{PLACE}"
API = f"/api/v1/neighbourhoods/{PLACE}"


def test_a_neighbour_asks_another_offers_and_they_agree_on_pages(people, client):
    client.log_in(people.asker)
    assert "Vraag om hulp" in words(client.get(f"{PAGES}/klussen/vragen"))
    wrong = client.post(f"{PAGES}/klussen/vragen", {"title": "Heg snoeien", "on_day": "2020-01-01"})
    assert "Kies een dag vanaf vandaag, binnen een jaar." in words(wrong)
    asked = client.post(f"{PAGES}/klussen/vragen", {"title": "Heg snoeien", "theme": "groen", "on_day": "2026-03-07"})
    task_page = asked.headers["location"]
    client.log_in(people.helper)
    assert "Wie mag dit zien?" in words(client.get(f"{PAGES}/hulp/aanbieden"))
    assert "Vul dit in." in words(client.post(f"{PAGES}/hulp/aanbieden", {"audience": "residents"}))
    offer = {"talents": "Ik heb een ladder.", "themes": ["groen"], "weekdays": ["saturday"], "audience": "residents"}
    mine = words(client.get(client.post(f"{PAGES}/hulp/aanbieden", offer).headers["location"]))
    assert "Past: zelfde thema, op zaterdag" in mine
    assert "Ik wil helpen" in words(client.get(task_page))
    agreed_page = client.post(f"{task_page}/helpen").headers["location"]
    assert "Je wilt helpen. Wacht op het antwoord." in words(client.get(agreed_page))
    assert "Buren zien dit met je voornaam." in words(client.get(f"{PAGES}/hulp"))
    client.log_in(people.asker)
    assert "Wat is afgesproken" in words(client.get(task_page))
    assert "wil helpen." in words(client.get(agreed_page))
    client.post(agreed_page, {"state": "accepted"})
    assert "Vul dit in." in words(client.post(f"{agreed_page}/berichten", {"words": " "}))
    client.post(f"{agreed_page}/berichten", {"words": "Zaterdag om tien?"})
    client.log_in(people.helper)
    assert "Zaterdag om tien?" in words(client.get(agreed_page))
    client.post(agreed_page, {"state": "finished"})
    late = client.post(agreed_page, {"state": "withdrawn"})
    assert (late.status_code, "Dit is klaar." in words(late)) == (409, True)


def test_whoever_asks_invites_from_the_page_of_the_task(people, client):
    task, _offer = people.ask(theme="groen"), people.offer(themes=["groen"])
    client.log_in(people.asker)
    page = client.get(f"{PAGES}/klussen/{task.id}")
    assert "Wie zou kunnen helpen" in words(page)
    chosen = re.search(r'name="time_offer_id" value="([^"]+)"', page.text)[1]
    invited = client.post(f"{PAGES}/klussen/{task.id}/uitnodigen", {"time_offer_id": chosen})
    assert "Wacht op het antwoord." in words(client.get(invited.headers["location"]))
    assert "Trek" not in words(client.get(f"{PAGES}/hulp/aanbod"))
    client.log_in(people.helper)
    found = re.search(r"/hulp/aanbod/[^/]+/intrekken", client.get(f"{PAGES}/hulp").text)[0]
    assert client.post(f"/wijken/{PLACE}{found}").status_code == 303


def test_the_list_is_chosen_from_by_theme_and_small_area(people, client):
    people.ask(theme="zorg")
    client.log_in(people.other)
    assert "Heg snoeien" in words(client.get(f"{PAGES}/klussen?thema=zorg&buurt="))
    none = words(client.get(f"{PAGES}/klussen?thema=groen"))
    assert "Heg snoeien" not in none
    assert "Zo’n klus is er nu niet." in none
    listed = client.client.get(f"{API}/tasks", params={"theme": "zorg"}).json()
    assert [(task["theme"], task["askedBy"]) for task in listed] == [("zorg", "neighbour")]


def test_the_api_makes_the_same_calls(people, client):
    client.log_in(people.asker)
    task = client.send(f"{API}/tasks/requests", {"title": "Heg snoeien"}).json()
    client.log_in(people.helper)
    made = client.send(f"{API}/time-offers", {"talents": "Ladder", "weekdays": ["sunday"], "audience": "residents"})
    assert (made.status_code, made.json()["weekdays"]) == (201, ["sunday"])
    assert client.send(f"{API}/time-offers", {"talents": "Ladder", "weekdays": [6]}).status_code == 400
    own = client.client.get(f"{API}/time-offers/own").json()
    assert [fit["task"]["id"] for fit in own["fitting"]] == [task["id"]]
    client.log_in(people.asker)
    shown = client.client.get(f"{API}/tasks/{task['id']}/help").json()
    assert [fit["offer"]["id"] for fit in shown["fitting"]] == [made.json()["id"]]
    pairing = client.send(f"{API}/tasks/{task['id']}/invitations", {"timeOfferId": made.json()["id"]}).json()
    client.log_in(people.helper)
    moved = client.send(f"{API}/pairings/{pairing['id']}/steps", {"state": "accepted"})
    assert moved.json()["mayWrite"] is True
    assert client.send(f"{API}/pairings/{pairing['id']}/steps", {"state": "proposed"}).status_code == 400
    wrote = client.send(f"{API}/pairings/{pairing['id']}/messages", {"words": "Dag"})
    assert [message["words"] for message in wrote.json()["messages"]] == ["Dag"]
    assert client.client.get(f"{API}/pairings/{pairing['id']}").json()["state"] == "accepted"
    assert client.send(f"{API}/time-offers/{made.json()['id']}/withdrawal").status_code == 201
    client.log_in(people.other)
    assert client.send(f"{API}/tasks/{task['id']}/helpers").status_code == 201
    assert client.client.get(f"{API}/time-offers").json() == []
