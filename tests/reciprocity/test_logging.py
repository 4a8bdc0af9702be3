# SPDX-License-Identifier: EUPL-1.2
"""The same hours count once, however many come at once; a task says how long; a helper writes down for others."""

import json
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from tests.races.racing import together
from tests.reciprocity.conftest import GIVEN_ON, PLACE
from tests.stores import beside, url_of
from wijkbudget.kit.actor import Role
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.models import Task, TimeEntry
from wijkbudget.reciprocity.rules import entries, limits
from wijkbudget.reciprocity.rules.entries import EntryKind, EntryState, Evidence
from wijkbudget.reciprocity.schemas import LogTime, LogTimeFor
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.models import Errand

EVENING = 19 * 60


def entries_of(tuin, who=None):
    who = who or tuin.giver
    return tuin.desk.by(who).ask(queries.entries_of, PLACE, who.id)


class TestTheSameHours:
    def test_count_once(self, tuin):
        first = tuin.log(minutes=120, start_minutes=EVENING)
        assert (first.start_minutes, first.kind, first.note, first.evidence) == (
            EVENING,
            EntryKind.DOING,
            None,
            Evidence.NONE,
        )
        with pytest.raises(limits.TimeOverlaps, match="from 19:00 to 21:00"):
            tuin.log(minutes=60, start_minutes=EVENING + 105)
        assert len(entries_of(tuin)) == 1
        tuin.log(minutes=60, start_minutes=EVENING + 120)
        tuin.log(minutes=60)
        assert tuin.log(minutes=60, start_minutes=EVENING, giver=tuin.stranger).minutes == 60

    def test_are_free_again_after_withdrawing(self, tuin):
        entry = tuin.log(minutes=120, start_minutes=EVENING)
        tuin.desk.by(tuin.giver).act(service.withdraw, PLACE, entry.id)
        assert tuin.log(minutes=120, start_minutes=EVENING).minutes == 120

    def test_are_guarded_by_the_database_itself(self, tuin):
        tuin.log(minutes=120, start_minutes=EVENING)
        other = tuin.log(minutes=60, start_minutes=EVENING + 120)
        again = insert(TimeEntry).values(
            id=uuid4(),
            place=PLACE,
            task_id=tuin.task_id,
            person_id=UUID(tuin.giver.id),
            given_on=GIVEN_ON,
            minutes=15,
            start_minutes=EVENING + 105,
            state=EntryState.LOGGED,
        )
        moved = update(TimeEntry).where(col(TimeEntry.id) == other.id).values(start_minutes=EVENING + 60)
        for change in (again, moved):
            with pytest.raises(IntegrityError), beside(url_of(tuin.desk)) as connection:
                connection.execute(change)
        assert {entry.start_minutes for entry in entries_of(tuin)} == {EVENING, EVENING + 120}

    def test_are_taken_by_one_of_eight_who_come_at_once(self, tuin):
        command = LogTime(given_on=GIVEN_ON, minutes=120, start_minutes=EVENING)
        at = tuin.desk.by(tuin.giver)
        came = together(
            *(lambda key=key: at.once(f"race {key}").act(service.log, PLACE, tuin.task_id, command) for key in range(8))
        )
        assert Counter(each if isinstance(each, str) else "logged" for each in came) == {
            "logged": 1,
            "TimeOverlaps": 7,
        }


class TestTheWeek:
    def test_is_not_filled_over_by_eight_at_once(self, tuin):
        days = [GIVEN_ON - timedelta(days=day) for day in range(4)]
        for day in days[:3]:
            tuin.log(minutes=600, given_on=day)
        command = LogTime(given_on=days[3], minutes=300)
        at = tuin.desk.by(tuin.giver)
        came = together(
            *(lambda key=key: at.once(f"race {key}").act(service.log, PLACE, tuin.task_id, command) for key in range(8))
        )
        assert Counter(each if isinstance(each, str) else "logged" for each in came) == {"logged": 2, "TooMuchTime": 6}
        assert sum(entry.minutes for entry in entries_of(tuin)) == 2400


class TestATaskThatSaysHowLong:
    @pytest.fixture
    def norm(self, tuin):
        with beside(url_of(tuin.desk)) as connection:
            connection.execute(update(Task).where(col(Task.id) == tuin.task_id).values(norm_minutes=90))

    @pytest.mark.usefixtures("norm")
    def test_gives_that_and_nothing_else(self, tuin):
        assert tuin.log(minutes=None).minutes == 90
        with pytest.raises(limits.FixedLength):
            tuin.log(minutes=105)
        assert len(entries_of(tuin)) == 1

    def test_is_asked_for_otherwise(self, tuin):
        with pytest.raises(limits.LengthMissing):
            tuin.log(minutes=None)
        assert entries_of(tuin) == []


class TestLoggingForAnother:
    def log_for(self, tuin, person, by=None, **more):
        tuin.keys += 1
        command = LogTimeFor(person_id=UUID(person.id), given_on=GIVEN_ON, minutes=60, **more)
        at = tuin.desk.by(by or tuin.staff[Role.GUIDE]).once(f"helper {tuin.keys}")
        return at.act(service.log_for, PLACE, tuin.task_id, command)

    def test_keeps_who_did_and_tells_the_giver_by_letter(self, tuin):
        entry = self.log_for(tuin, tuin.giver, kind=EntryKind.MEETING, note="Vergadering")
        assert (entry.is_by_helper, entry.note, entry.state) == (True, "Vergadering", EntryState.LOGGED)
        assert [each.id for each in entries_of(tuin)] == [entry.id]
        with tuin.desk.database.read() as session:
            row = session.get(TimeEntry, entry.id)
            assert (str(row.person_id), str(row.logged_by)) == (tuin.giver.id, tuin.staff[Role.GUIDE].id)
            letter = json.loads(session.exec(select(Errand).where(Errand.kind == "letter")).one().payload)
        assert letter["lines"][0] == (
            "Voor de klus “Buurtmoestuin” is opgeschreven dat er op 01-03-2026 tijd is gegeven: 01:00 uur."
        )

    def test_is_confirmed_by_somebody_else(self, tuin):
        entry = self.log_for(tuin, tuin.giver)
        assert "confirm" not in entry.actions
        with pytest.raises(entries.OwnHand):
            tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.confirm, PLACE, entry.id)
        assert tuin.desk.by(tuin.neighbour).act(service.confirm, PLACE, entry.id).state is EntryState.CONFIRMED

    def test_is_taken_back_by_the_giver_or_by_whoever_wrote_it_until_it_is_confirmed(self, tuin):
        guide = tuin.desk.by(tuin.staff[Role.GUIDE])
        assert guide.act(service.withdraw, PLACE, self.log_for(tuin, tuin.giver).id).state is EntryState.WITHDRAWN
        entry = self.log_for(tuin, tuin.giver)
        tuin.desk.by(tuin.neighbour).act(service.confirm, PLACE, entry.id)
        with pytest.raises(Exception, match="people it belongs to"):
            guide.act(service.withdraw, PLACE, entry.id)
        assert tuin.desk.by(tuin.giver).act(service.withdraw, PLACE, entry.id).state is EntryState.WITHDRAWN

    def test_is_for_residents_and_by_helpers(self, tuin):
        with pytest.raises(entries.PersonNotHere):
            self.log_for(tuin, tuin.staff[Role.CHAIR])
        with pytest.raises(entries.OwnLog):
            self.log_for(tuin, tuin.staff[Role.GUIDE])
        with pytest.raises(DoorClosed):
            self.log_for(tuin, tuin.giver, by=tuin.neighbour)
        assert entries_of(tuin) == []

    def test_fills_the_week_of_the_giver(self, tuin):
        tuin.log(minutes=720)
        with pytest.raises(limits.TooMuchTime):
            self.log_for(tuin, tuin.giver)
