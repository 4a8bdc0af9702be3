# SPDX-License-Identifier: EUPL-1.2
"""Pledged time: a task starts when enough is pledged, a pledge is kept or not, and a person can lift what follows."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from tests.races.racing import together
from tests.reciprocity.conftest import PLACE, look
from wijkbudget.kit.actor import GUEST, Role, may
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.models import Task
from wijkbudget.reciprocity.pledges import queries, rules, service
from wijkbudget.reciprocity.pledges.models import TimePledge
from wijkbudget.reciprocity.pledges.rules import Need, PledgeState, Progress
from wijkbudget.reciprocity.pledges.schemas import PledgeTime
from wijkbudget.reciprocity.queries.voices import givers_on
from wijkbudget.reciprocity.rules.entries import TaskNotFound
from wijkbudget.reciprocity.rules.limits import NotInQuarters
from wijkbudget.reciprocity.rules.voices import Pledged
from wijkbudget.reciprocity.schemas import OpenTask
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, NotYours, question

TODAY = date(2026, 3, 2)
BY = date(2026, 3, 9)
HOUR = 60


@question(may(Role.SYSTEM), municipal=True)
def faults(look_: Look) -> list[Fault]:
    """Return what the proof of pledges finds."""
    return list(queries.check(look_))


def pledge(tuin, task_id, minutes, by=None):
    at = tuin.desk.by(by or tuin.giver).once(str(uuid4()))
    return at.act(service.pledge_time, PLACE, task_id, PledgeTime(minutes=minutes))


def started(tuin, task_id):
    """Let the giver pledge three hours and the stranger the last one."""
    pledge(tuin, task_id, 3 * HOUR)
    return pledge(tuin, task_id, HOUR, by=tuin.stranger)


def own(tuin, who=None):
    who = who or tuin.giver
    return tuin.desk.by(who).ask(queries.pledges_of, PLACE, who.id)[0]


def judge(tuin, clock, on):
    """Let it be a day, settle what settles, and judge; again and again changes nothing."""
    clock.forward(days=(on - clock.now.date()).days)
    while tuin.desk.act(tasks.settle, PLACE).entry_count:
        pass
    found = tuin.desk.act(service.judge_pledges, PLACE).pledge_count
    assert tuin.desk.act(service.judge_pledges, PLACE).pledge_count == 0
    return found


def counted(tuin, on):
    return look(tuin.desk, queries.pledged, PLACE, on)


def kept(tuin):
    """Return all that is kept of pledges, and how much the trail says."""
    with tuin.desk.database.read() as session:
        pledges = {(row.id, row.state, row.minutes) for row in session.exec(select(TimePledge)).all()}
        needs = {(row.id, row.pledged_minutes, row.started_on) for row in session.exec(select(Task)).all()}
        return pledges, needs, len(session.exec(select(TrailEntry)).all())


def refused(tuin, refusal, act):
    before = kept(tuin)
    with pytest.raises(refusal):
        act()
    assert kept(tuin) == before


class TestJudgement:
    def progress(self, **changed):
        known = {"state": PledgeState.OPEN, "minutes": 180, "needed_by": BY, "has_started": True, "has_ended": False}
        return Progress(**{**known, **changed})

    def test_waits_two_weeks_for_what_somebody_writes_down(self):
        last = BY + timedelta(days=rules.WRITING_DAYS)
        assert rules.judged(self.progress(), last) is PledgeState.OPEN
        assert rules.judged(self.progress(), last + timedelta(days=1)) is PledgeState.UNKEPT
        assert rules.judged(self.progress(waits=True), last + timedelta(days=1)) is PledgeState.OPEN

    def test_binds_nobody_where_the_work_never_starts_or_ends_before_its_day(self):
        after = BY + timedelta(days=1)
        assert rules.judged(self.progress(has_started=False), after) is PledgeState.LAPSED
        assert rules.judged(self.progress(has_ended=True), BY) is PledgeState.LAPSED
        assert rules.judged(self.progress(has_ended=True), after) is PledgeState.OPEN

    @given(
        state=st.sampled_from([PledgeState.OPEN, PledgeState.UNKEPT]),
        settled=st.integers(0, 400),
        more=st.integers(0, 400),
        waits=st.booleans(),
        days=st.integers(-5, 200),
    )
    def test_is_never_worse_for_more_time_given(self, state, settled, more, waits, days):
        def found(minutes):
            progress = self.progress(state=state, settled_minutes=minutes, waits=waits)
            return rules.judged(progress, BY + timedelta(days=days))

        order = [PledgeState.UNKEPT, PledgeState.OPEN, PledgeState.KEPT]
        assert order.index(found(settled)) <= order.index(found(settled + more))

    @given(missing=st.integers(0, 40), asked=st.integers(-5, 60), promised=st.integers(0, 170))
    def test_a_task_is_never_promised_more_than_it_needs(self, missing, asked, promised):
        need = Need(needed_minutes=4_000, needed_by=BY, pledged_minutes=4_000 - 15 * missing)
        fits = 0 < asked <= missing and 15 * (promised + asked) <= rules.PLEDGED_MINUTES_MAX
        try:
            rules.demand_pledgeable(need, 15 * asked, 15 * promised, TODAY)
        except (rules.TooMuchPledged, rules.PledgedEnough, NotInQuarters):
            assert not fits
        else:
            assert fits


class TestPledge:
    def test_starts_the_task_with_the_last_of_what_it_needs(self, tuin, task_id):
        first = pledge(tuin, task_id, 3 * HOUR)
        assert (first.pledged_minutes, first.missing_minutes, first.started_on) == (180, 60, None)
        assert first.own.may_withdraw
        last = pledge(tuin, task_id, HOUR, by=tuin.stranger)
        assert (last.pledged_minutes, last.giver_count, last.started_on) == (240, 2, TODAY)
        assert not own(tuin).may_withdraw
        with tuin.desk.database.read() as session:
            said = [row.kind for row in session.exec(select(TrailEntry)).all()]
        assert said.count("reciprocity.TaskStarted") == 1
        assert tuin.desk.ask(faults) == []

    @pytest.mark.parametrize(
        ("minutes", "refusal"),
        [(20, NotInQuarters), (255, rules.TooMuchPledged), (2_400, rules.TooMuchPledged)],
    )
    def test_is_refused_where_it_is_no_quarters_or_too_much(self, tuin, task_id, minutes, refusal):
        refused(tuin, refusal, lambda: pledge(tuin, task_id, minutes))

    def test_is_refused_twice_too_late_and_where_nothing_is_asked(self, tuin, task_id, clock):
        refused(tuin, rules.NoPledgesAsked, lambda: pledge(tuin, tuin.task_id, HOUR))
        refused(tuin, TaskNotFound, lambda: pledge(tuin, uuid4(), HOUR))
        pledge(tuin, task_id, HOUR)
        refused(tuin, rules.PledgedBefore, lambda: pledge(tuin, task_id, HOUR))
        pledge(tuin, task_id, 3 * HOUR, by=tuin.stranger)
        refused(tuin, rules.PledgedEnough, lambda: pledge(tuin, task_id, HOUR, by=tuin.neighbour))
        for stranger in (GUEST, tuin.staff[Role.OFFICIAL]):
            refused(tuin, DoorClosed, lambda stranger=stranger: pledge(tuin, task_id, HOUR, by=stranger))

    def test_is_refused_after_the_last_day_and_to_a_task_that_ended(self, tuin, task_id, clock):
        clock.forward(days=8)
        refused(tuin, rules.PledgingOver, lambda: pledge(tuin, task_id, HOUR))
        tuin.desk.by(tuin.staff[Role.GUIDE]).act(tasks.end_task, PLACE, task_id)
        refused(tuin, rules.NoPledgesAsked, lambda: pledge(tuin, task_id, HOUR))

    def test_lets_one_of_two_in_that_do_not_fit_together(self, tuin, task_id):
        who = (tuin.giver, tuin.stranger, tuin.neighbour)
        made = together(*(lambda one=one: pledge(tuin, task_id, 3 * HOUR, by=one) for one in who))
        assert sorted(each if isinstance(each, str) else "pledged" for each in made) == [
            "TooMuchPledged",
            "TooMuchPledged",
            "pledged",
        ]
        with tuin.desk.database.read() as session:
            assert session.get(Task, task_id).pledged_minutes == 3 * HOUR
        assert tuin.desk.ask(faults) == []

    def test_is_taken_back_by_its_giver_until_the_task_starts(self, tuin, task_id):
        pledge(tuin, task_id, 3 * HOUR)
        pledge_id = own(tuin).id
        for stranger in (tuin.neighbour, tuin.housemate):
            refused(
                tuin,
                NotYours,
                lambda who=stranger: tuin.desk.by(who).act(service.withdraw_pledge, PLACE, pledge_id),
            )
        tuin.desk.by(tuin.giver).act(service.withdraw_pledge, PLACE, pledge_id)
        refused(tuin, WrongState, lambda: tuin.desk.by(tuin.giver).act(service.withdraw_pledge, PLACE, pledge_id))
        again = started(tuin, task_id)
        assert again.pledged_minutes == 240
        binding = tuin.desk.by(tuin.stranger).ask(queries.pledges_of, PLACE, tuin.stranger.id)[0].id
        refused(
            tuin,
            rules.PledgeBinds,
            lambda: tuin.desk.by(tuin.stranger).act(service.withdraw_pledge, PLACE, binding),
        )
        assert tuin.desk.ask(faults) == []


class TestAPledge:
    def test_is_kept_when_the_time_is_settled(self, tuin, task_id, clock):
        started(tuin, task_id)
        clock.forward(days=7)
        tuin.confirmed(minutes=3 * HOUR, given_on=BY, task_id=task_id)
        assert counted(tuin, BY) == {
            tuin.giver.id: Pledged(open_minutes=180),
            tuin.stranger.id: Pledged(open_minutes=60),
        }
        assert judge(tuin, clock, BY + timedelta(days=14)) == 1
        assert own(tuin).state is PledgeState.KEPT
        assert own(tuin, tuin.stranger).state is PledgeState.OPEN
        assert tuin.desk.ask(faults) == []

    def test_counts_only_what_is_not_given_yet(self, tuin, task_id, clock):
        asked = OpenTask(
            title="Lang", confirmers=[UUID(tuin.neighbour.id)], needed_minutes=180, needed_by=date(2026, 6, 1)
        )
        long = tuin.desk.by(tuin.staff[Role.GUIDE]).act(tasks.open_task, PLACE, asked).id
        pledge(tuin, task_id, HOUR)
        pledge(tuin, long, 180)
        tuin.confirmed(minutes=HOUR, given_on=TODAY, task_id=long)
        assert counted(tuin, TODAY)[tuin.giver.id].open_minutes == 180
        judge(tuin, clock, date(2026, 4, 1))
        assert counted(tuin, date(2026, 4, 1)) == {tuin.giver.id: Pledged(open_minutes=120)}
        # What was so on an earlier day, or is on a later one, is known too.
        assert counted(tuin, TODAY)[tuin.giver.id].open_minutes == 180
        assert counted(tuin, date(2026, 6, 2)) == {}

    def test_reaches_the_voice_where_the_rule_counts_it(self, tuin, task_id):
        started(tuin, task_id)
        policy = read_policy(demo_toml(PLACE)).reciprocity
        for rule, minutes in (("pledge", 180), ("bonus", 0)):
            chosen = replace(policy, rule=rule)
            found = look(tuin.desk, givers_on, PLACE, [tuin.giver.id], TODAY, chosen)
            assert found[0].given.pledged.open_minutes == minutes

    def test_that_is_not_kept_bars_for_six_months_and_until_it_is_lifted(self, tuin, task_id, clock):
        started(tuin, task_id)
        found_on = BY + timedelta(days=rules.WRITING_DAYS + 1)
        assert judge(tuin, clock, found_on) == 2
        barred = Pledged(open_minutes=0, is_barred=True)
        assert counted(tuin, found_on) == {tuin.giver.id: barred, tuin.stranger.id: barred}
        assert counted(tuin, date(2026, 9, 23))[tuin.giver.id].is_barred
        assert not counted(tuin, date(2026, 9, 24))[tuin.giver.id].is_barred
        assert counted(tuin, BY)[tuin.giver.id] == Pledged(open_minutes=180)
        pledge_id = own(tuin).id
        for who in (tuin.housemate, tuin.neighbour, tuin.staff[Role.COUNCIL]):
            refused(tuin, DoorClosed, lambda who=who: tuin.desk.by(who).act(service.lift_pledge, PLACE, pledge_id))
        lifted = tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.lift_pledge, PLACE, pledge_id)
        assert lifted.state is PledgeState.LIFTED
        assert counted(tuin, found_on) == {tuin.stranger.id: barred}
        refused(
            tuin,
            WrongState,
            lambda: tuin.desk.by(tuin.staff[Role.CHAIR]).act(service.lift_pledge, PLACE, pledge_id),
        )
        assert tuin.desk.ask(faults) == []

    def test_that_was_not_kept_is_kept_once_late_time_is_settled(self, tuin, task_id, clock):
        started(tuin, task_id)
        assert judge(tuin, clock, BY + timedelta(days=15)) == 2
        tuin.confirmed(minutes=3 * HOUR, given_on=BY, task_id=task_id)
        assert judge(tuin, clock, BY + timedelta(days=29)) == 1
        assert own(tuin).state is PledgeState.KEPT
        assert not counted(tuin, BY + timedelta(days=29)).get(tuin.giver.id, Pledged()).is_barred

    def test_waits_for_time_that_nobody_confirmed_and_not_for_ever(self, tuin, task_id, clock):
        started(tuin, task_id)
        clock.forward(days=7)
        tuin.log(minutes=3 * HOUR, given_on=BY, task_id=task_id)
        assert judge(tuin, clock, BY + timedelta(days=15)) == 1
        assert own(tuin).state is PledgeState.OPEN
        assert judge(tuin, clock, BY + timedelta(days=61)) == 1
        assert own(tuin).state is PledgeState.UNKEPT

    def test_lapses_where_the_task_never_started_or_was_ended(self, tuin, task_id, clock):
        pledge(tuin, task_id, HOUR)
        assert judge(tuin, clock, BY + timedelta(days=1)) == 1
        assert own(tuin).state is PledgeState.LAPSED
        assert counted(tuin, BY + timedelta(days=1)) == {}

    def test_is_lifted_by_nobody_of_the_own_household(self, tuin, task_id):
        started(tuin, task_id)
        at_home = look(tuin.desk, _with_role, tuin.housemate, Role.GUIDE)
        pledge_id = own(tuin).id
        refused(tuin, rules.OwnPledge, lambda: tuin.desk.by(at_home).act(service.lift_pledge, PLACE, pledge_id))
        # Who cannot come says so before the last day, and that is lifted too.
        tuin.desk.by(tuin.staff[Role.OFFICIAL]).act(service.lift_pledge, PLACE, pledge_id)
        assert own(tuin).state is PledgeState.LIFTED


def _with_role(_look, actor, role):
    """Return a resident who serves too."""
    return type(actor)(id=actor.id, roles=actor.roles | {(role, PLACE)})
