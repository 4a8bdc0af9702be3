# SPDX-License-Identifier: EUPL-1.2
"""Pledged time, seen from outside: who sees it, its pages and API, and what the proof finds."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.reciprocity.conftest import PLACE
from tests.reciprocity.test_pledges import HOUR, faults, own, pledge, started
from tests.stores import beside, url_of
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.reciprocity.pledges import queries
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import NotYours


class TestTheProof:
    def test_finds_what_was_tampered_with(self, tuin, task_id):
        pledge(tuin, task_id, HOUR)
        with beside(url_of(tuin.desk), is_tampering=True) as connection:
            assert connection.execute(text("UPDATE time_pledge SET minutes = 75")).rowcount == 1
        assert [fault.about for fault in tuin.desk.ask(faults)] == [f"task {task_id}"]
        with beside(url_of(tuin.desk), is_tampering=True) as connection:
            connection.execute(text("UPDATE time_pledge SET minutes = 60, state = 'kept', closed_on = '2026-03-09'"))
        assert [fault.about for fault in tuin.desk.ask(faults)] == [f"pledge {own(tuin).id}"]


class TestWhoSees:
    def test_are_those_who_confirm_and_those_who_can_lift(self, tuin, task_id):
        started(tuin, task_id)
        for who, count in ((GUEST, 0), (tuin.housemate, 0), (tuin.neighbour, 2), (tuin.staff[Role.CHAIR], 2)):
            found = tuin.desk.by(who).ask(queries.pledged_to, PLACE, task_id)
            assert (found.giver_count, len(found.pledges)) == (2, count)
        with pytest.raises(NotYours):
            tuin.desk.by(tuin.neighbour).ask(queries.pledges_of, PLACE, tuin.giver.id)
        assert len(tuin.desk.by(tuin.staff[Role.GUIDE]).ask(queries.liftable, PLACE)) == 2

    def test_leaves_no_person_in_the_open_part_of_the_trail(self, tuin, task_id):
        pledge(tuin, task_id, HOUR)
        with tuin.desk.database.read() as session:
            said = [row for row in session.exec(select(TrailEntry)).all() if row.kind.endswith("TimePledged")]
        assert tuin.giver.id not in str(said[0].facts)


class TestPages:
    def test_take_a_pledge_show_the_bar_and_let_it_be_lifted(self, tuin, task_id, client):
        client.log_in(tuin.giver)
        here = f"/wijken/{PLACE}/klussen/{task_id}/toezeggen"
        assert "0 uur van 4 uur" in client.get(here).text
        assert client.post(here, {"minutes": "20"}).status_code == 422
        assert client.post(here, {"minutes": "180"}).headers["location"] == here
        page = client.get(here).text
        assert "3 uur van 4 uur" in page
        assert "Mijn toezegging intrekken" in page
        pledge_id = own(tuin).id
        assert client.post(f"/wijken/{PLACE}/toezeggingen/{pledge_id}/intrekken").headers["location"] == here
        started(tuin, task_id)
        assert "Schuur bouwen" in client.get(f"/wijken/{PLACE}/mijn-toezeggingen").text
        client.log_in(tuin.staff[Role.GUIDE])
        desk_page = f"/wijken/{PLACE}/toezeggingen"
        assert "Schuur bouwen" in client.get(desk_page).text
        pledge_id = own(tuin).id
        assert client.post(f"{desk_page}/{pledge_id}/opheffen").headers["location"] == desk_page
        assert str(pledge_id) not in client.get(desk_page).text

    def test_are_asked_by_the_api_in_the_same_words(self, tuin, task_id, client):
        client.log_in(tuin.giver)
        api = f"/api/v1/neighbourhoods/{PLACE}"
        made = client.send(f"{api}/tasks/{task_id}/pledges", {"minutes": 60}).json()
        assert (made["pledgedMinutes"], made["missingMinutes"]) == (60, 180)
        found = client.client.get(f"{api}/people/{tuin.giver.id}/pledges").json()
        assert found[0]["state"] == "open"
        after = client.send(f"{api}/pledges/{found[0]['id']}/withdrawal").json()
        assert after["state"] == "withdrawn"
        assert client.send(f"{api}/tasks/{task_id}/pledges", {"minutes": -60}).status_code == 400
