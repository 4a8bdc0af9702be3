# SPDX-License-Identifier: EUPL-1.2
"""Time from the giver's word to the books, and who stands between."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from tests.reciprocity.conftest import GIVEN_ON, PLACE, look
from wijkbudget.kit.actor import GUEST, SYSTEM, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.rules import limits
from wijkbudget.reciprocity.rules.entries import EntryState, Ruling, TaskState
from wijkbudget.reciprocity.schemas import DisputeTime, LogTime, OpenTask, RuleOnDispute
from wijkbudget.reciprocity.service import entries as settling
from wijkbudget.trail.desk import DoorClosed, KeyMissing
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import NotYours

REASON = DisputeTime(reason="Die dag was de tuin dicht.")


def kinds(desk):
    with desk.database.read() as session:
        return sorted(
            entry.kind for entry in session.exec(select(TrailEntry)).all() if entry.kind.startswith("reciprocity")
        )


def in_books(tuin, who):
    return look(tuin.desk, ledger.balance, chart.given_time(PLACE, who.id))


class TestOpenTask:
    def test_takes_people_who_live_or_serve_here(self, tuin):
        command = OpenTask(title="Soep", confirmers=[UUID(tuin.stranger.id), UUID(tuin.staff[Role.OFFICIAL].id)])
        task = tuin.desk.by(tuin.staff[Role.CHAIR]).act(service.open_task, PLACE, command)
        assert (task.title, task.state, task.settled_minutes) == ("Soep", TaskState.OPEN, 0)
        assert {who.id for who in task.confirmers} == {tuin.stranger.id, tuin.staff[Role.OFFICIAL].id}

    def test_is_refused_for_somebody_from_elsewhere(self, tuin):
        before = kinds(tuin.desk)
        with pytest.raises(rules.UnknownConfirmer):
            tuin.desk.by(tuin.staff[Role.GUIDE]).act(
                service.open_task, PLACE, OpenTask(title="Soep", confirmers=[uuid4()])
            )
        assert len(tuin.desk.ask(queries.tasks, PLACE)) == 1
        assert kinds(tuin.desk) == before

    def test_is_not_for_residents(self, tuin):
        with pytest.raises(DoorClosed):
            tuin.desk.by(tuin.giver).act(service.open_task, PLACE, OpenTask(title="Soep", confirmers=[uuid4()]))

    def test_is_not_for_another_neighbourhood(self, tuin):
        with pytest.raises(DoorClosed):
            tuin.desk.by(tuin.staff[Role.GUIDE]).act(
                service.open_task, "west", OpenTask(title="Soep", confirmers=[UUID(tuin.giver.id)])
            )


class TestEndTask:
    def test_stops_new_time_and_lets_the_rest_go_on(self, tuin):
        entry = tuin.log()
        assert tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.end_task, PLACE, tuin.task_id).state is TaskState.ENDED
        with pytest.raises(WrongState):
            tuin.log()
        assert tuin.desk.by(tuin.neighbour).act(service.confirm, PLACE, entry.id).state is EntryState.CONFIRMED

    def test_happens_once(self, tuin):
        guide = tuin.desk.by(tuin.staff[Role.GUIDE])
        guide.act(service.end_task, PLACE, tuin.task_id)
        with pytest.raises(WrongState):
            guide.act(service.end_task, PLACE, tuin.task_id)

    def test_comes_by_itself_when_its_day_is_too_long_ago_to_log(self, tuin, clock):
        guide, house = tuin.desk.by(tuin.staff[Role.GUIDE]), tuin.desk.by(SYSTEM)
        asked = OpenTask(title="Soep", confirmers=[UUID(tuin.neighbour.id)], on_day="2026-03-04")
        soup = guide.act(service.open_task, PLACE, asked)
        assert [line.is_past for line in guide.ask(queries.tasks, PLACE)] == [False, False]
        clock.forward(days=3)
        assert {line.title: line.is_past for line in guide.ask(queries.tasks, PLACE)}["Soep"] is True
        clock.forward(days=59)
        assert house.act(service.end_passed, PLACE) == 0
        clock.forward(days=1)
        assert (house.act(service.end_passed, PLACE), house.act(service.end_passed, PLACE)) == (1, 0)
        assert guide.ask(queries.task, PLACE, soup.id).state is TaskState.ENDED


class TestLog:
    def test_waits_for_somebody_to_confirm(self, tuin):
        entry = tuin.log(minutes=90)
        assert (entry.minutes, entry.given_on, entry.state) == (90, GIVEN_ON, EntryState.LOGGED)
        assert entry.actions == ["withdraw"]
        assert in_books(tuin, tuin.giver) == 0

    def test_takes_a_key_and_happens_once_with_it(self, tuin):
        command = LogTime(given_on=GIVEN_ON, minutes=60)
        at = tuin.desk.by(tuin.giver)
        with pytest.raises(KeyMissing):
            at.act(service.log, PLACE, tuin.task_id, command)
        first = at.once("same").act(service.log, PLACE, tuin.task_id, command)
        assert at.once("same").act(service.log, PLACE, tuin.task_id, command) == first
        assert len(at.ask(queries.entries_of, PLACE, tuin.giver.id)) == 1

    def test_counts_what_was_logged_that_day_and_week(self, tuin):
        for day in range(23, 27):
            tuin.log(minutes=600, given_on=date(2026, 2, day))
        with pytest.raises(limits.TooMuchTime, match="one week"):
            tuin.log(minutes=15, given_on=date(2026, 2, 27))
        tuin.log(minutes=600, given_on=GIVEN_ON - timedelta(days=7))
        with pytest.raises(limits.TooMuchTime, match="one day"):
            tuin.log(minutes=135, given_on=GIVEN_ON - timedelta(days=7))
        assert len(tuin.desk.by(tuin.giver).ask(queries.entries_of, PLACE, tuin.giver.id)) == 5

    def test_never_fills_a_day_over_by_logging_twice_at_the_same_moment(self, tuin):
        command = LogTime(given_on=GIVEN_ON, minutes=480)
        at = tuin.desk.by(tuin.giver)
        waiting = [at.once(key).submit(service.log, PLACE, tuin.task_id, command) for key in ("one", "two")]
        assert sorted(type(future.exception()).__name__ for future in waiting) == ["NoneType", "TooMuchTime"]

    def test_does_not_count_what_was_withdrawn(self, tuin):
        entry = tuin.log(minutes=720)
        tuin.desk.by(tuin.giver).act(service.withdraw, PLACE, entry.id)
        assert tuin.log(minutes=720).minutes == 720

    def test_is_refused_on_a_task_of_another_neighbourhood(self, tuin):
        with pytest.raises(DoorClosed):
            tuin.desk.by(tuin.giver).ask(queries.entry, "west", tuin.log().id)
        with pytest.raises(rules.TaskNotFound):
            tuin.log(task_id=uuid4())

    def test_is_not_for_guests(self, tuin):
        with pytest.raises(DoorClosed):
            tuin.log(giver=GUEST)


class TestConfirm:
    def test_opens_the_days_for_objections(self, tuin):
        entry = tuin.confirmed()
        assert (entry.state, entry.objections_until) == (EntryState.CONFIRMED, date(2026, 3, 16))
        assert kinds(tuin.desk) == ["reciprocity.TaskOpened", "reciprocity.TimeConfirmed", "reciprocity.TimeLogged"]

    @pytest.mark.parametrize(
        ("who", "refusal"),
        [("giver", rules.OwnTime), ("housemate", rules.SameHousehold), ("stranger", NotYours)],
    )
    def test_takes_somebody_else_on_the_list_at_another_address(self, tuin, who, refusal):
        entry = tuin.log()
        with pytest.raises(refusal):
            tuin.desk.by(getattr(tuin, who)).act(service.confirm, PLACE, entry.id)
        assert tuin.desk.by(tuin.giver).ask(queries.entry, PLACE, entry.id).state is EntryState.LOGGED

    def test_takes_nobody_in_office_who_is_not_on_the_list(self, tuin):
        with pytest.raises(NotYours):
            tuin.desk.by(tuin.staff[Role.OFFICIAL]).act(service.confirm, PLACE, tuin.log().id)

    def test_happens_once(self, tuin):
        entry = tuin.confirmed()
        with pytest.raises(WrongState, match="confirmed already"):
            tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.confirm, PLACE, entry.id)

    def test_is_not_for_what_was_withdrawn(self, tuin):
        entry = tuin.log()
        tuin.desk.by(tuin.giver).act(service.withdraw, PLACE, entry.id)
        with pytest.raises(WrongState, match="withdrawn"):
            tuin.desk.by(tuin.neighbour).act(service.confirm, PLACE, entry.id)

    def test_happens_once_when_two_confirm_at_the_same_moment(self, tuin):
        entry = tuin.log()
        both = [tuin.desk.by(who) for who in (tuin.neighbour, tuin.staff[Role.GUIDE])]
        waiting = [at.submit(service.confirm, PLACE, entry.id) for at in both]
        refused = [future.exception() for future in waiting]
        assert [type(refusal) for refusal in refused] == [type(None), WrongState]
        assert kinds(tuin.desk).count("reciprocity.TimeConfirmed") == 1


class TestWithdraw:
    def test_is_for_the_giver_until_it_counts(self, tuin, clock):
        entry = tuin.confirmed()
        with pytest.raises(NotYours):
            tuin.desk.by(tuin.neighbour).act(service.withdraw, PLACE, entry.id)
        assert tuin.desk.by(tuin.giver).act(service.withdraw, PLACE, entry.id).state is EntryState.WITHDRAWN
        clock.forward(days=30)
        assert tuin.desk.act(service.settle, PLACE).entry_count == 0

    def test_is_refused_once_it_counts(self, tuin, clock):
        entry = tuin.confirmed()
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        with pytest.raises(WrongState):
            tuin.desk.by(tuin.giver).act(service.withdraw, PLACE, entry.id)
        assert in_books(tuin, tuin.giver) == 60


class TestDispute:
    def test_stops_time_from_counting_until_there_is_a_ruling(self, tuin, clock):
        entry = tuin.confirmed()
        disputed = tuin.desk.by(tuin.stranger).act(service.dispute, PLACE, entry.id, REASON)
        assert (disputed.state, disputed.person_name) == (EntryState.DISPUTED, None)
        clock.forward(days=30)
        assert tuin.desk.act(service.settle, PLACE).entry_count == 0
        ruling = RuleOnDispute(ruling=Ruling.STANDS, reason="De beheerder was er.")
        stands = tuin.desk.by(tuin.staff[Role.CHAIR]).act(service.rule_on, PLACE, entry.id, ruling)
        assert (stands.state, stands.dispute.ruling_reason) == (EntryState.CONFIRMED, "De beheerder was er.")
        assert tuin.desk.act(service.settle, PLACE).amount_minutes == 60

    def test_can_end_in_time_that_does_not_count(self, tuin, clock):
        entry = tuin.confirmed()
        tuin.desk.by(tuin.stranger).act(service.dispute, PLACE, entry.id, REASON)
        ruling = RuleOnDispute(ruling=Ruling.FALLS, reason="De tuin was dicht.")
        fallen = tuin.desk.by(tuin.staff[Role.OFFICIAL]).act(service.rule_on, PLACE, entry.id, ruling)
        assert (fallen.state, fallen.actions) == (EntryState.REJECTED, [])
        clock.forward(days=30)
        assert tuin.desk.act(service.settle, PLACE).entry_count == 0

    def test_is_refused_to_the_giver(self, tuin):
        with pytest.raises(rules.OwnTime):
            tuin.desk.by(tuin.giver).act(service.dispute, PLACE, tuin.confirmed().id, REASON)

    def test_is_refused_when_the_days_are_over(self, tuin, clock):
        entry = tuin.confirmed()
        clock.forward(days=13)
        assert "dispute" in tuin.desk.by(tuin.stranger).ask(queries.entry, PLACE, entry.id).actions
        clock.forward(days=1)
        with pytest.raises(rules.ObjectionsOver):
            tuin.desk.by(tuin.stranger).act(service.dispute, PLACE, entry.id, REASON)
        assert tuin.desk.by(tuin.stranger).ask(queries.entry, PLACE, entry.id).actions == []

    def test_happens_once(self, tuin):
        entry = tuin.confirmed()
        tuin.desk.by(tuin.stranger).act(service.dispute, PLACE, entry.id, REASON)
        ruling = RuleOnDispute(ruling=Ruling.STANDS, reason="Het klopt.")
        tuin.desk.by(tuin.staff[Role.CHAIR]).act(service.rule_on, PLACE, entry.id, ruling)
        with pytest.raises(rules.RuledAlready):
            tuin.desk.by(tuin.stranger).act(service.dispute, PLACE, entry.id, REASON)

    def test_is_not_about_time_that_residents_cannot_see(self, tuin):
        entry = tuin.log()
        with pytest.raises(rules.EntryNotFound):
            tuin.desk.by(tuin.stranger).act(service.dispute, PLACE, entry.id, REASON)

    def test_is_ruled_on_by_somebody_without_a_part_in_it(self, tuin):
        entry = tuin.confirmed()
        chair = tuin.desk.by(tuin.staff[Role.CHAIR])
        chair.act(service.dispute, PLACE, entry.id, REASON)
        ruling = RuleOnDispute(ruling=Ruling.FALLS, reason="Dat zeg ik.")
        with pytest.raises(rules.OwnDispute):
            chair.act(service.rule_on, PLACE, entry.id, ruling)
        with pytest.raises(DoorClosed):
            tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.rule_on, PLACE, entry.id, ruling)
        assert tuin.desk.by(tuin.giver).ask(queries.entry, PLACE, entry.id).state is EntryState.DISPUTED

    def test_is_needed_before_a_ruling(self, tuin):
        ruling = RuleOnDispute(ruling=Ruling.STANDS, reason="Het klopt.")
        with pytest.raises(WrongState):
            tuin.desk.by(tuin.staff[Role.CHAIR]).act(service.rule_on, PLACE, tuin.confirmed().id, ruling)


class TestSettle:
    def test_moves_minutes_on_the_day_that_objections_are_over(self, tuin, clock):
        tuin.confirmed(minutes=90)
        clock.forward(days=13)
        assert tuin.desk.act(service.settle, PLACE).entry_count == 0
        clock.forward(days=1)
        settled = tuin.desk.act(service.settle, PLACE)
        assert (settled.entry_count, settled.amount_minutes) == (1, 90)
        assert in_books(tuin, tuin.giver) == 90
        entry = tuin.desk.by(tuin.giver).ask(queries.entries_of, PLACE, tuin.giver.id)[0]
        assert (entry.state, entry.settled_on, entry.actions) == (EntryState.SETTLED, date(2026, 3, 16), [])

    def test_does_nothing_the_second_time(self, tuin, clock):
        tuin.confirmed()
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        before = kinds(tuin.desk)
        assert tuin.desk.act(service.settle, PLACE).entry_count == 0
        assert (in_books(tuin, tuin.giver), kinds(tuin.desk)) == (60, before)

    def test_leaves_other_neighbourhoods_alone(self, tuin, clock):
        tuin.confirmed()
        clock.forward(days=14)
        assert tuin.desk.act(service.settle, "west").entry_count == 0
        assert in_books(tuin, tuin.giver) == 0

    def test_goes_on_where_one_act_ended(self, tuin, clock, monkeypatch):
        monkeypatch.setattr(settling, "SETTLED_TOGETHER_MAX", 2)
        for _time in range(3):
            tuin.confirmed()
        clock.forward(days=14)
        assert [tuin.desk.act(service.settle, PLACE).entry_count for _time in range(3)] == [2, 1, 0]
        assert in_books(tuin, tuin.giver) == 180

    def test_is_nobodys_choice(self, tuin):
        with pytest.raises(DoorClosed):
            tuin.desk.by(tuin.staff[Role.OFFICIAL]).act(service.settle, PLACE)
