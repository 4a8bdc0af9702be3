# SPDX-License-Identifier: EUPL-1.2
"""Whoever votes sees why their voice is what it is, what would change it and when; and nobody else does."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.reciprocity.conftest import PLACE
from tests.reciprocity.test_web import API, PAGES, words
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.schemas import GrantExemption
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


@pytest.fixture
def counted(tuin, clock):
    """Return the garden in which the giver has two times that count and one that waits."""
    first = tuin.confirmed(minutes=240)
    second = tuin.confirmed(minutes=60, given_on=date(2026, 2, 1))
    clock.forward(days=14)
    tuin.desk.act(service.settle, PLACE)
    tuin.log(minutes=45, given_on=date(2026, 3, 15))
    return tuin, [first.id, second.id]


def own(tuin):
    return tuin.desk.by(tuin.giver).ask(queries.voice_of, PLACE, tuin.giver.id)


class TestMyVoice:
    def test_lists_each_time_that_counts_and_until_when(self, counted):
        tuin, ids = counted
        voice = own(tuin)
        assert [(each.entry_id, each.task_title, each.minutes, each.left_minutes) for each in voice.counted] == [
            (ids[0], "Buurtmoestuin", 240, 240),
            (ids[1], "Buurtmoestuin", 60, 60),
        ]
        assert [(each.leaves_on, each.halves_on) for each in voice.counted] == [
            (date(2027, 3, 2), None),
            (date(2027, 2, 2), None),
        ]
        assert sum(each.minutes for each in voice.counted) == voice.counted_minutes == 300
        assert voice.waiting_minutes == 45

    def test_says_that_more_time_changes_nothing_while_too_few_have_more(self, counted):
        voice = own(counted[0])
        assert (voice.weight_hundredths, voice.rise, voice.ceiling, voice.fall) == (100, None, "classes", None)

    def test_lets_time_fade_where_the_rule_does(self, counted):
        tuin, _ids = counted
        decay = demo_toml("oost").replace('rule = "bonus"', 'rule = "decay"')
        decay = decay.replace("bonus_hundredths_max = 50", "bonus_hundredths_max = 50\nhalf_life_days = 45")
        command = AdoptPolicy(toml=decay, valid_from=date(2026, 3, 17), decided_by="Besluit 12")
        tuin.desk.by(tuin.staff[Role.ADMINISTRATOR]).act(municipality.adopt_policy, PLACE, command)
        tuin.desk.clock.forward(days=2)
        newest, oldest = own(tuin).counted
        assert (newest.left_minutes, newest.halves_on) == (184, date(2026, 4, 15))
        assert (oldest.left_minutes, oldest.halves_on) == (30, date(2026, 5, 2))

    def test_tells_until_when_somebody_is_exempt(self, tuin):
        for until_on in (date(2026, 4, 1), date(2026, 6, 1)):
            command = GrantExemption(person_id=UUID(tuin.giver.id), until_on=until_on)
            tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.exempt, PLACE, command)
        assert own(tuin).exempt_until == date(2026, 6, 1)

    def test_is_shown_to_nobody_else_whatever_their_role(self, tuin):
        for role, who in tuin.staff.items():
            for actor in (who, replace(who, roles=who.roles | tuin.giver.roles)):
                with pytest.raises((DoorClosed, NotYours)):
                    tuin.desk.by(actor).ask(queries.voice_of, PLACE, tuin.giver.id)
            assert role not in {Role.GUEST, Role.RESIDENT}
        for actor in (GUEST, tuin.housemate, tuin.neighbour):
            with pytest.raises((DoorClosed, NotYours)):
                tuin.desk.by(actor).ask(queries.voice_of, PLACE, tuin.giver.id)

    def test_says_the_same_on_the_page_and_over_the_api(self, counted, client):
        tuin, ids = counted
        client.log_in(tuin.giver)
        page = words(client.get(f"{PAGES}/mijn-stem"))
        assert "Waarom heb ik deze stem?" in page
        assert "Meer tijd verandert er nu niets aan: te weinig mensen hebben een grotere stem." in page
        assert "Nog 45 minuten van jou wacht" in page
        assert "Awb, art. 6:3" in page
        answer = client.client.get(f"{API}/people/{tuin.giver.id}/voice").json()
        assert [each["entryId"] for each in answer["counted"]] == [str(each) for each in ids]
        assert (answer["ceiling"], answer["rise"], answer["fall"]) == ("classes", None, None)
