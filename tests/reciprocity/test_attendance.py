# SPDX-License-Identifier: EUPL-1.2
"""An evening's list at the door: sign in and out by phone, on paper, and confirmed in one act."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text, update
from sqlmodel import col

from tests.reciprocity.conftest import PLACE, look
from tests.stores import beside, url_of
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code
from wijkbudget.reciprocity import queries as time
from wijkbudget.reciprocity import service as reciprocity
from wijkbudget.reciprocity.attendance import queries, rules, service
from wijkbudget.reciprocity.attendance.rules import ListState
from wijkbudget.reciprocity.attendance.schemas import ConfirmList, OpenList
from wijkbudget.reciprocity.models import Task
from wijkbudget.reciprocity.rules.entries import EntryState, Evidence
from wijkbudget.reciprocity.schemas import LogTimeFor
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours

TODAY = date(2026, 3, 2)
AFTERNOON = OpenList(held_on=TODAY, start_minutes=14 * 60, end_minutes=17 * 60)
"""The clock of the tests stands at one; the list begins at two."""


class Door:
    """The list of an afternoon in the garden, and what people do with it."""

    def __init__(self, tuin, clock):
        self.tuin, self.clock, self.keys = tuin, clock, 0
        self.keeper = tuin.desk.by(tuin.neighbour)
        self.made = self.keeper.act(service.open_list, PLACE, tuin.task_id, AFTERNOON)

    def at(self, who):
        self.keys += 1
        return self.tuin.desk.by(who).once(f"door {self.keys}")

    def arrive(self, who):
        return self.at(who).act(service.arrive, PLACE, self.made.code)

    def leave(self, who):
        return self.at(who).act(service.leave, PLACE, self.made.code)

    def seen(self, who=GUEST):
        return self.tuin.desk.by(who).ask(queries.at_door, PLACE, self.made.code)

    def confirm(self, *lines, by=None):
        chosen = ConfirmList(lines=list(lines or [one.id for one in self.list().attendances]))
        keeper = self.tuin.desk.by(by) if by else self.keeper
        return keeper.act(service.confirm_list, PLACE, self.made.id, chosen)

    def list(self):
        return self.keeper.ask(queries.attendance_list, PLACE, self.made.id)

    def entries(self, who):
        return self.tuin.desk.by(who).ask(time.entries_of, PLACE, who.id)


@pytest.fixture
def door(tuin, clock):
    return Door(tuin, clock)


def name_of(tuin, who):
    return look(tuin.desk, identity.names, [who.id])[who.id]


class TestTheList:
    def test_is_made_by_who_may_confirm_once_for_a_day(self, tuin, door):
        assert (door.made.state, door.made.attendances) == (ListState.OPEN, [])
        with pytest.raises(rules.ListThere):
            door.keeper.act(service.open_list, PLACE, tuin.task_id, AFTERNOON)
        with pytest.raises(NotYours):
            tuin.desk.by(tuin.stranger).act(service.open_list, PLACE, tuin.task_id, AFTERNOON)
        assert door.keeper.ask(queries.lists_of, PLACE, tuin.task_id).may_open
        assert [one.id for one in door.keeper.ask(queries.lists_of, PLACE, tuin.task_id).lists] == [door.made.id]

    @pytest.mark.parametrize("who", ["stranger", "guest"])
    def test_is_shown_to_nobody_else(self, tuin, door, who):
        at = tuin.desk.by(getattr(tuin, who, GUEST))
        assert at.ask(queries.lists_of, PLACE, tuin.task_id).lists == []
        with pytest.raises((NotYours, DoorClosed)):
            at.ask(queries.attendance_list, PLACE, door.made.id)

    def test_has_a_code_that_opens_nothing_else(self, tuin, door):
        for code in (new_code(b"never gave"[:CODE_RANDOM_BYTES]), "ABC", str(uuid4())):
            with pytest.raises(rules.ListNotFound):
                tuin.desk.ask(queries.at_door, PLACE, code)
        typed = door.made.code.lower().replace("-", "")
        assert tuin.desk.ask(queries.at_door, PLACE, typed).task_title == "Buurtmoestuin"


class TestSigningIn:
    def test_gives_the_time_between_coming_and_going_in_whole_quarters(self, tuin, door, clock):
        clock.forward(minutes=67)
        assert (door.arrive(tuin.giver).is_here, door.seen(tuin.giver).arrived_minutes) == (True, 14 * 60 + 7)
        assert door.seen().is_here is False
        clock.forward(minutes=100)
        assert door.leave(tuin.giver).given_minutes == 90
        (entry,) = door.entries(tuin.giver)
        assert (entry.start_minutes, entry.minutes, entry.evidence) == (840, 90, Evidence.LIST)
        assert (entry.state, entry.is_by_helper) == (EntryState.LOGGED, False)

    def test_begins_with_the_list_and_ends_with_it(self, tuin, door, clock):
        door.arrive(tuin.giver)
        clock.forward(hours=6)
        door.leave(tuin.giver)
        assert [(each.start_minutes, each.minutes) for each in door.entries(tuin.giver)] == [(840, 180)]

    def test_pays_nothing_for_less_than_a_quarter(self, tuin, door, clock):
        clock.forward(minutes=67)
        door.arrive(tuin.giver)
        clock.forward(minutes=14)
        assert (door.leave(tuin.giver).given_minutes, door.list().attendances) == (0, [])
        assert door.entries(tuin.giver) == []

    def test_happens_on_the_day_itself_with_a_login_and_once(self, tuin, door, clock):
        with pytest.raises(DoorClosed):
            door.arrive(GUEST)
        with pytest.raises(DoorClosed):
            door.arrive(tuin.staff[Role.GUIDE])
        with pytest.raises(rules.NotHere):
            door.leave(tuin.giver)
        door.arrive(tuin.giver)
        with pytest.raises(rules.HereAlready):
            door.arrive(tuin.giver)
        clock.forward(hours=4)
        with pytest.raises(rules.DoorShut):
            door.arrive(tuin.stranger)
        assert (len(door.list().attendances), door.seen().may_arrive) == (1, False)

    def test_counts_as_long_as_the_task_says(self, tuin, door, clock):
        with beside(url_of(tuin.desk)) as connection:
            connection.execute(update(Task).where(col(Task.id) == tuin.task_id).values(norm_minutes=60))
        door.arrive(tuin.giver)
        clock.forward(hours=3)
        assert door.leave(tuin.giver).given_minutes == 60


class TestConfirmingTheList:
    def test_confirms_everybody_in_one_act_but_oneself(self, tuin, door, clock):
        for who in (tuin.giver, tuin.stranger, tuin.neighbour):
            door.arrive(who)
        clock.forward(hours=3)
        door.leave(tuin.giver)
        assert [one.may_confirm for one in door.list().attendances].count(True) == 2
        ended = door.confirm()
        assert ended.state is ListState.ENDED
        assert sorted(str(one.state) for one in ended.attendances) == ["confirmed", "confirmed", "logged"]
        assert [each.minutes for each in door.entries(tuin.stranger)] == [120]
        with pytest.raises(rules.DoorShut):
            door.arrive(tuin.housemate)
        clock.forward(hours=1)
        door.confirm(by=tuin.staff[Role.GUIDE])
        assert [(each.state, each.minutes) for each in door.entries(tuin.neighbour)] == [(EntryState.CONFIRMED, 120)]
        assert look(tuin.desk, lambda at: list(queries.check(at))) == []

    def test_never_confirms_the_household_of_who_does(self, tuin, door, clock):
        door.arrive(tuin.giver)
        clock.forward(hours=3)
        door.confirm(by=tuin.housemate)
        assert [each.state for each in door.entries(tuin.giver)] == [EntryState.LOGGED]

    def test_gives_nothing_to_who_was_not_there(self, tuin, door, clock):
        for who in (tuin.giver, tuin.stranger):
            door.arrive(who)
        clock.forward(hours=3)
        there = next(one for one in door.list().attendances if one.person_name == name_of(tuin, tuin.giver))
        ended = door.confirm(there.id)
        assert sorted(str(one.state) for one in ended.attendances) == ["None", "confirmed"]
        assert not any(one.may_confirm for one in ended.attendances)
        door.confirm()
        assert door.entries(tuin.stranger) == []

    def test_leaves_out_what_the_limits_refuse(self, tuin, door, clock):
        tuin.log(minutes=720, given_on=TODAY, giver=tuin.stranger)
        door.arrive(tuin.giver)
        door.arrive(tuin.stranger)
        clock.forward(hours=4)
        ended = door.confirm()
        assert sorted(str(one.state) for one in ended.attendances) == ["None", "confirmed"]
        assert len(door.entries(tuin.stranger)) == 1

    def test_waits_for_its_day(self, tuin, door):
        later = AFTERNOON.model_copy(update={"held_on": date(2026, 3, 4)})
        made = door.keeper.act(service.open_list, PLACE, tuin.task_id, later)
        with pytest.raises(rules.TooEarly):
            door.keeper.act(service.confirm_list, PLACE, made.id, ConfirmList(lines=[]))

    def test_takes_what_a_helper_typed_in_from_paper(self, tuin, door, clock):
        clock.forward(hours=5)
        paper = LogTimeFor(person_id=UUID(tuin.giver.id), given_on=TODAY, minutes=60, start_minutes=900)
        door.at(tuin.staff[Role.GUIDE]).act(reciprocity.log_for, PLACE, tuin.task_id, paper)
        assert [each.evidence for each in door.entries(tuin.giver)] == [Evidence.LIST]
        door.confirm(by=tuin.staff[Role.GUIDE])
        assert [each.state for each in door.entries(tuin.giver)] == [EntryState.LOGGED]
        door.confirm()
        assert [each.state for each in door.entries(tuin.giver)] == [EntryState.CONFIRMED]
        assert look(tuin.desk, lambda at: list(queries.check(at))) == []
        with beside(url_of(tuin.desk), is_tampering=True) as connection:
            connection.execute(text("UPDATE time_entry SET given_on = '2026-03-01'"))
        (fault,) = look(tuin.desk, lambda at: list(queries.check(at)))
        assert "gave time that is not of this list" in str(fault)


PAGES = f"/wijken/{PLACE}"
API = f"/api/v1/neighbourhoods/{PLACE}"


def words(answer):
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


class TestOnPages:
    def test_an_evening_goes_from_the_task_to_the_list_the_door_and_back(self, tuin, client, clock):
        client.log_in(tuin.neighbour)
        assert f"{PAGES}/klussen/{tuin.task_id}/presentielijst" in client.get(f"{PAGES}/klussen/{tuin.task_id}").text
        form = {"held_on": "2026-03-02", "start_minutes": "14:00", "end_minutes": "13:00"}
        refused = client.post(f"{PAGES}/klussen/{tuin.task_id}/presentielijst", form)
        assert (refused.status_code, 'value="14:00"' in refused.text) == (422, True)
        made = client.post(f"{PAGES}/klussen/{tuin.task_id}/presentielijst", {**form, "end_minutes": "17:00"})
        assert made.status_code == 303
        paper = client.get(f"{made.headers['location']}/papier").text
        address = re.search(r"/wijken/oost/aan-de-deur/[0-9A-Z-]{19}", paper)[0]
        client.log_out()
        assert f'href="/inloggen?naar={address}"' in client.get(address).text
        client.log_in(tuin.giver)
        assert client.post(address).headers["location"] == address
        assert "Ik ga weg" in words(client.get(address))
        clock.forward(hours=3)
        client.post(f"{address}/vertrek")
        assert "2 uur staat voor je opgeschreven" in words(client.get(address))
        assert client.post(f"{address}/vertrek").status_code == 422
        client.log_in(tuin.neighbour)
        line = re.search(r'name="lines" value="([^"]+)" checked', client.get(made.headers["location"]).text)[1]
        client.post(made.headers["location"], {"lines": line})
        assert "bevestigd" in words(client.get(made.headers["location"]))

    def test_a_helper_types_in_the_paper_list(self, tuin, client):
        client.log_in(tuin.staff[Role.GUIDE])
        here = f"{PAGES}/klussen/{tuin.task_id}/voor-een-ander"
        assert client.get(here).status_code == 200
        assert "Op dit adres woont niemand." in words(
            client.post(f"{here}/adres", {"postcode": "9901AA", "house_number": "999"})
        )
        (line,) = look(tuin.desk, identity.addresses_of, [tuin.giver.id]).values()
        address = {"postcode": line.postcode, "house_number": str(line.house_number)}
        found = client.post(f"{here}/adres", address)
        assert line.name in found.text
        form = {**address, "person_id": tuin.giver.id, "given_on": "2026-03-01", "minutes": "60", "kind": "doing"}
        assert client.post(here, {**form, "given_on": "2026-03-09"}).status_code == 422
        assert client.post(here, form).status_code == 303

    def test_the_api_does_the_same(self, tuin, client, clock):
        client.log_in(tuin.neighbour)
        body = {"heldOn": "2026-03-02", "startMinutes": 840, "endMinutes": 1020}
        made = client.send(f"{API}/tasks/{tuin.task_id}/attendance-lists", body)
        assert made.status_code == 201
        lists = client.client.get(f"{API}/tasks/{tuin.task_id}/attendance-lists").json()
        assert (len(lists["lists"]), lists["mayOpen"]) == (1, True)
        at = f"{API}/doors/{made.json()['code']}"
        client.log_in(tuin.giver)
        assert client.send(f"{at}/arrival").json()["isHere"] is True
        clock.forward(hours=2)
        assert client.send(f"{at}/departure").json()["givenMinutes"] == 60
        client.log_in(tuin.neighbour)
        here = f"{API}/attendance-lists/{made.json()['id']}"
        (line,) = client.client.get(here).json()["attendances"]
        assert client.send(f"{here}/confirmation", {"lines": [line["id"]]}).json()["state"] == "ended"
