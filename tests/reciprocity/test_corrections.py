# SPDX-License-Identifier: EUPL-1.2
"""Time that was found not right later: out of the books by a counter-entry, with a giver who is heard."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select, text

from tests.reciprocity.conftest import GIVEN_ON, PLACE, look
from tests.stores import beside, url_of
from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.rules import corrections, entries, limits
from wijkbudget.reciprocity.rules.entries import EntryState, Ruling
from wijkbudget.reciprocity.schemas import CorrectTime, ObjectToCorrection, RuleOnCorrection
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.models import Errand
from wijkbudget.trail.work import NotYours

POLICY = read_policy(demo_toml(PLACE)).reciprocity
WRONG = CorrectTime(reason="De tuin was die dag dicht.")
RIGHT = ObjectToCorrection(objection="Ik was er met de sleutel.")


def before(day):
    return day - timedelta(days=1)


def in_books(tuin):
    return look(tuin.desk, ledger.balance, chart.given_time(PLACE, tuin.giver.id))


def seen(tuin, entry, by=None):
    return tuin.desk.by(by or tuin.giver).ask(queries.entry, PLACE, entry.id)


@pytest.fixture
def settled(tuin, clock):
    """Return ten hours of the giver that count."""
    entry = tuin.confirmed(minutes=600, start_minutes=600)
    clock.forward(days=14)
    tuin.desk.act(service.settle, PLACE)
    return entry


@pytest.fixture
def official(tuin):
    return tuin.desk.by(tuin.staff[Role.OFFICIAL])


@pytest.fixture
def chair(tuin):
    return tuin.desk.by(tuin.staff[Role.CHAIR])


class TestCorrect:
    def test_takes_the_time_out_of_the_books_and_tells_the_giver(self, tuin, settled, official):
        assert "correct" in seen(tuin, settled, tuin.staff[Role.OFFICIAL]).actions
        entry = official.act(service.correct, PLACE, settled.id, WRONG)
        assert (entry.state, entry.correction.reason, in_books(tuin)) == (EntryState.REVERSED, WRONG.reason, 0)
        assert seen(tuin, settled).actions == ["object_to_correction"]
        with tuin.desk.database.read() as session:
            letter = json.loads(session.exec(select(Errand).where(Errand.kind == "letter")).one().payload)
        assert (letter["title"], letter["lines"][1]) == ("Tijd telt niet meer mee", WRONG.reason)
        assert look(tuin.desk, lambda at: list(queries.check(at))) == []

    def test_leaves_the_hours_free_for_what_was_right(self, tuin, settled, official):
        official.act(service.correct, PLACE, settled.id, WRONG)
        assert tuin.log(minutes=60, start_minutes=600).minutes == 60

    def test_counts_from_that_day_on_and_changes_no_voice_of_before(self, tuin, settled, official, clock):
        clock.forward(days=1)
        official.act(service.correct, PLACE, settled.id, WRONG)
        today, ids = look(tuin.desk, lambda at: at.today), [tuin.giver.id, tuin.stranger.id]
        on = {day: look(tuin.desk, queries.voices, PLACE, ids, day, POLICY).weights for day in (today, before(today))}
        assert on[before(today)][tuin.giver.id] > on[today][tuin.giver.id] == 100

    def test_takes_somebody_in_office_without_a_part_in_it(self, tuin, settled):
        for who in (tuin.giver, tuin.neighbour, tuin.staff[Role.GUIDE]):
            with pytest.raises(DoorClosed):
                tuin.desk.by(who).act(service.correct, PLACE, settled.id, WRONG)
        assert (seen(tuin, settled).state, in_books(tuin)) == (EntryState.SETTLED, 600)

    def test_is_for_time_that_counts(self, tuin, official):
        entry = tuin.confirmed()
        with pytest.raises(WrongState):
            official.act(service.correct, PLACE, entry.id, WRONG)
        assert seen(tuin, entry).state is EntryState.CONFIRMED

    def test_shows_nobody_else_why(self, tuin, settled, official):
        official.act(service.correct, PLACE, settled.id, WRONG)
        entry = seen(tuin, settled, tuin.stranger)
        assert (entry.state, entry.person_name, entry.correction) == (EntryState.REVERSED, None, None)


class TestTampering:
    def test_shows_where_a_correction_and_its_time_disagree(self, tuin, settled, official):
        official.act(service.correct, PLACE, settled.id, WRONG)
        with beside(url_of(tuin.desk), is_tampering=True) as connection:
            connection.execute(text("UPDATE time_entry SET state = 'settled', reversed_on = NULL"))
        faults = [str(fault) for fault in look(tuin.desk, lambda at: list(queries.check(at)))]
        assert any("its correction says otherwise" in fault for fault in faults)


class TestObjecting:
    def test_is_for_the_giver_once(self, tuin, settled, official):
        with pytest.raises(WrongState):
            tuin.desk.by(tuin.giver).act(service.object_to_correction, PLACE, settled.id, RIGHT)
        official.act(service.correct, PLACE, settled.id, WRONG)
        with pytest.raises(NotYours):
            tuin.desk.by(tuin.neighbour).act(service.object_to_correction, PLACE, settled.id, RIGHT)
        at = tuin.desk.by(tuin.giver)
        assert at.act(service.object_to_correction, PLACE, settled.id, RIGHT).correction.objection == RIGHT.objection
        with pytest.raises(corrections.ObjectedBefore):
            at.act(service.object_to_correction, PLACE, settled.id, RIGHT)

    def test_ends_after_fourteen_days(self, tuin, settled, official, clock):
        official.act(service.correct, PLACE, settled.id, WRONG)
        clock.forward(days=14)
        with pytest.raises(entries.ObjectionsOver):
            tuin.desk.by(tuin.giver).act(service.object_to_correction, PLACE, settled.id, RIGHT)
        assert seen(tuin, settled).actions == []


class TestRulingOnACorrection:
    @pytest.fixture
    def objected(self, tuin, settled, official):
        official.act(service.correct, PLACE, settled.id, WRONG)
        tuin.desk.by(tuin.giver).act(service.object_to_correction, PLACE, settled.id, RIGHT)
        return settled

    def test_lets_the_time_count_again(self, tuin, objected, chair):
        assert "rule_on_correction" in seen(tuin, objected, tuin.staff[Role.CHAIR]).actions
        falls = RuleOnCorrection(ruling=Ruling.FALLS, reason="De sleutel is uitgegeven.")
        entry = chair.act(service.rule_on_correction, PLACE, objected.id, falls)
        assert (entry.state, entry.correction.ruling, in_books(tuin)) == (EntryState.SETTLED, Ruling.FALLS, 600)
        assert look(tuin.desk, lambda at: list(queries.check(at))) == []
        with pytest.raises(corrections.CorrectedBefore):
            chair.act(service.correct, PLACE, objected.id, WRONG)

    def test_lets_it_stay_out(self, tuin, objected, chair, official):
        stands = RuleOnCorrection(ruling=Ruling.STANDS, reason="De tuin was dicht.")
        with pytest.raises(entries.OwnDispute):
            official.act(service.rule_on_correction, PLACE, objected.id, stands)
        assert chair.act(service.rule_on_correction, PLACE, objected.id, stands).state is EntryState.REVERSED
        assert in_books(tuin) == 0
        with pytest.raises(WrongState):
            chair.act(service.rule_on_correction, PLACE, objected.id, stands)
        assert look(tuin.desk, lambda at: list(queries.check(at))) == []

    def test_never_counts_the_same_hours_twice(self, tuin, objected, chair):
        tuin.log(minutes=60, start_minutes=660, given_on=GIVEN_ON)
        falls = RuleOnCorrection(ruling=Ruling.FALLS, reason="De sleutel is uitgegeven.")
        with pytest.raises(limits.TimeOverlaps):
            chair.act(service.rule_on_correction, PLACE, objected.id, falls)
        assert (seen(tuin, objected).state, in_books(tuin)) == (EntryState.REVERSED, 0)
