# SPDX-License-Identifier: EUPL-1.2
"""Histories that chance writes: every bid goes only where the table lets it, by whom it lets, and its proof holds.

`make proof-challenges` walks 200 of them and races 5,000 pairs of decisions, on either database.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.challenges.conftest import Hood, Ready
from tests.challenges.histories import DRIVERS, Case, brought
from tests.challenges.histories_decisions import PARTLY, YES
from tests.conftest import Clock, desk_of
from tests.kit.slow_terms import DAY, walked
from tests.races.ground import houses
from tests.races.racing import race
from tests.stores import Store, beside, opened, url_of
from wijkbudget.app.proof import first_fault
from wijkbudget.app.tables import METADATA
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.decisions import service as deciding
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.rules.clock import DECISION, PauseKind
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.challenges.rules.table import TABLE, demand_step, side_of
from wijkbudget.kit.actor import SYSTEM, Role, may
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.terms import Still
from wijkbudget.trail.work import Look, question

HISTORIES = int(os.environ.get("WIJKBUDGET_PROOF_HISTORIES", "4"))
PAIRS = int(os.environ.get("WIJKBUDGET_PROOF_DECISIONS", "12"))
STEPS = 30
TO_READY = (Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE, Move.MAKE_READY)
TO_REFUSED = (Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL, Move.REFUSE)
TO_WORK = (*TO_READY, Move.AWARD, Move.DRAFT, Move.SIGN, Move.ENTER_INTO)
ENDING = {State.WITHDRAWN, State.CLOSED, State.EXPIRED}


def _legal(now: State) -> list[Move]:
    """Return the moves that the table knows from a state, in its order; those that end a bid seldom."""
    steps = [step for step in TABLE if step.now is now]
    return [step.move for step in steps for _often in range(1 if step.then in ENDING else 4)]


@question(may(Role.SYSTEM), municipal=True)
def timing(look: Look, case: Case) -> Any:
    """Return what happened to the time of a bid, as its rows say."""
    return clocks.timing_of(look, look.session.get_one(Challenge, case.id))


class History(RuleBasedStateMachine):
    """One bid, from its first word to wherever chance leads it."""

    store: ClassVar[Store]
    ready: ClassVar[Ready]
    folder: ClassVar[Path]

    @initialize(far=st.sampled_from([None, (), TO_READY, TO_REFUSED, TO_WORK]))
    def begins(self, far: tuple[Move, ...] | None) -> None:
        self._open = ExitStack()
        database = self._open.enter_context(opened(self.store, self.store.copy(self.ready.url)))
        clock, ready = Clock(), self.ready
        people = (ready.residents, ready.staff, ready.other_official, ready.decider, ready.other_decider)
        hood = Hood(desk_of(database, self.folder, clock, ready.drawn), clock, *people, ready.task_id)
        self.case = Case(hood, hood.concept()) if far is None else brought(hood, *far)
        self.seen = hood.view(self.case.id)

    def teardown(self) -> None:
        with self._open:
            assert self.case.hood.desk.by(SYSTEM).ask(first_fault) is None

    @precondition(lambda self: _legal(self.seen.state))
    @rule(data=st.data())
    def moves_as_the_table_lets_it(self, data: st.DataObject) -> None:
        before = self.seen
        move = data.draw(st.sampled_from(_legal(before.state)))
        try:
            DRIVERS[move](self.case)
        except Refusal:
            made = []
        else:
            made = [move]
        self.seen = self.case.hood.view(self.case.id)
        assert [step.move for step in self.seen.moves[len(before.moves) :]] == made
        assert self.seen.state is (demand_step(before.state, move).then if made else before.state)

    @rule(data=st.data())
    def refuses_what_is_not_in_the_table(self, data: st.DataObject) -> None:
        others = [move for move in DRIVERS if move not in _legal(self.seen.state)]
        move = data.draw(st.sampled_from(others))
        self._refuses(move, self.case)

    @precondition(lambda self: _legal(self.seen.state))
    @rule(data=st.data())
    def refuses_whoever_is_of_another_side(self, data: st.DataObject) -> None:
        move = data.draw(st.sampled_from(_legal(self.seen.state)))
        if side_of(move) in {Side.INTERESTED, Side.HOUSE}:
            return
        hood = self.case.hood
        wrong = hood.carla if side_of(move) is not Side.GROUP else hood.decider
        self._refuses(move, Case(hood, self.case.id, wrong))

    @invariant()
    def has_the_clock_of_a_slow_walk(self) -> None:
        found = self.seen.clock
        if found is None:
            return
        happened = self.case.hood.desk.by(SYSTEM).ask(timing, self.case)
        put_off = happened.adjournment
        pauses = list(self._stood_still(happened.pauses))
        if put_off is None:
            stills = [still for _asked_on, still in pauses]
            assert found.decide_on == walked(found.received_on, 7 * DECISION.count, stills, rolls=True)
        else:
            stills = [still for asked_on, still in pauses if asked_on >= put_off.adjourned_on]
            days = (put_off.decide_on - put_off.adjourned_on).days
            assert found.decide_on == walked(put_off.adjourned_on, days, stills, rolls=False)

    def _stood_still(self, pauses: Iterable[Any]) -> Iterator[Any]:
        """Yield when each pause was asked for and its days: to its last day, or the move that ended it before."""
        ends = {PauseKind.COMPLETION: State.INCOMPLETE, PauseKind.ELABORATION: State.ELABORATION}
        at = {State.INCOMPLETE: Move.ASK_TO_COMPLETE, State.ELABORATION: Move.ELABORATE}
        begun = [step for step in enumerate(self.seen.moves) if step[1].move in {*at.values(), Move.PAUSE}]
        assert len(begun) == len(pauses)
        for (number, step), pause in zip(begun, sorted(pauses, key=lambda each: each.asked_on), strict=True):
            state, later = ends.get(pause.kind), self.seen.moves[number + 1 :]
            over = (each.moved_on for each in later if (each.then is not state if state else each.move is Move.UNPAUSE))
            assert step.moved_on == pause.asked_on
            yield pause.asked_on, Still(pause.asked_on + DAY, min(next(over, pause.last_on + DAY), pause.last_on + DAY))

    def _refuses(self, move: Move, case: Case) -> None:
        with pytest.raises(Refusal):
            DRIVERS[move](case)
        after = case.hood.view(case.id)
        assert (after.state, after.moves) == (self.seen.state, self.seen.moves)


def test_every_move_has_a_driver():
    assert set(Move) - set(DRIVERS) == {Move.START}


def test_only_what_the_table_lets_happens(store, ready, tmp_path):
    machine = type("History", (History,), {"store": store, "ready": ready, "folder": tmp_path})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=HISTORIES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def copies(case: Case, count: int) -> list[Case]:
    """Return as many bids that are just like one: rows beside the house, because each takes a dozen acts otherwise."""
    made = []
    with beside(url_of(case.hood.desk)) as connection:
        rows = {}
        for table in METADATA.sorted_tables:
            key = table.c.id if table.name == "challenge" else table.c.get("challenge_id")
            if key is not None:
                rows[table] = connection.execute(table.select().where(key == case.id)).mappings().all()
        for _copy in range(count):
            copy = uuid4()
            made.append(Case(case.hood, copy))
            for table, found in rows.items():
                own = {"id": copy} if table.name == "challenge" else {"challenge_id": copy}
                for row in found:
                    fresh = {"id": uuid4()} if "id" in row else {}
                    connection.execute(table.insert().values({**row, **fresh, **own}))
    return made


def test_of_two_decisions_at_the_same_moment_one_wins_and_the_other_is_told(hood):
    cases = copies(brought(hood, *TO_READY), PAIRS)
    acts = [(hood.decider, deciding.award, YES), (hood.other_decider, deciding.award_partly, PARTLY)]
    with houses(hood.desk) as desks:

        def act(heat: int, racer: int) -> str:
            actor, verb, command = acts[racer]
            desks[racer % len(desks)].by(actor).act(verb, "oost", cases[heat].id, command)
            return "decided"

        came = Counter(tuple(sorted(heat)) for heat in race(PAIRS, 2, act, tracks=4))
    assert set(came) <= {("WrongState", "decided"), ("ChangedMeanwhile", "decided")}
    assert came.total() == PAIRS
    assert Counter(len(hood.view(case.id).moves) for case in cases) == {len(TO_READY) + 3: PAIRS}
    # The advice of a copy is about the bid that it was copied from.
    assert [fault for fault in hood.faults() if "got advice" not in fault] == []
