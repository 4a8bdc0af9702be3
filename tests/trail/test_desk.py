# SPDX-License-Identifier: EUPL-1.2
"""The one door: whole or not at all, said in the trail, once, and only for who may."""

import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from wijkbudget.kit.actor import GUEST, SYSTEM, Actor, Role, may
from wijkbudget.kit.errors import Busy
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart, service
from wijkbudget.ledger.rules import Transfer
from wijkbudget.trail.desk import Desk, DoorClosed, KeyMissing, KeyReused, UnrecordedChange
from wijkbudget.trail.work import Draft, Look, NotYours, Work, question, verb

_HOUSE = may(Role.SYSTEM)


@question(_HOUSE, municipal=True)
def counted(look: Look, table: str) -> int:
    count: int = look.session.connection().execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    return count


@verb(_HOUSE, once=True)
def deposit(work: Work, place: str, amount: int) -> UUID:
    reference = work.new_id()
    target = chart.pot(place, 2026)
    service.post(
        work, place, Transfer(source=chart.MUNICIPALITY, target=target, amount=amount, reference=str(reference))
    )
    return reference


@verb(_HOUSE)
def write_sql(work: Work, place: str) -> None:
    work.session.connection().exec_driver_sql("INSERT INTO wrong_try (peer, window_number, count) VALUES ('x', 1, 1)")


@verb(_HOUSE)
def write_with(work: Work, place: str) -> None:
    work.session.connection().exec_driver_sql(
        "WITH one AS (SELECT 'x' AS peer) INSERT INTO wrong_try (peer, window_number, count) SELECT peer, 1, 1 FROM one"
    )


@verb(_HOUSE)
def write_and_break(work: Work, place: str) -> None:
    write_sql(work, place)
    raise ZeroDivisionError


@verb(_HOUSE)
def only_read(work: Work, place: str) -> int:
    return counted(work, "trail_entry")


@verb(may(Role.OFFICIAL, own=(Role.RESIDENT,)))
def open_own(work: Work, place: str, owner: str) -> str:
    work.demand_own({owner})
    return owner


class TestAct:
    @pytest.mark.parametrize("unsaid", [write_sql, write_with])
    def test_refuses_a_change_that_no_event_says(self, desk: Desk, unsaid: object) -> None:
        with pytest.raises(UnrecordedChange):
            desk.act(unsaid, "oost")  # type: ignore[arg-type] # pytest hands it over as an object
        assert desk.ask(counted, "wrong_try") == 0

    def test_leaves_no_trace_of_a_verb_that_breaks(self, desk: Desk) -> None:
        with pytest.raises(ZeroDivisionError):
            desk.act(write_and_break, "oost")
        assert desk.ask(counted, "wrong_try") == 0

    def test_lets_a_verb_read_without_an_event(self, desk: Desk) -> None:
        assert desk.act(only_read, "oost") == 0

    def test_keeps_one_broken_act_out_of_the_way_of_the_others(self, desk: Desk) -> None:
        gate = threading.Event()
        first = desk.database.submit(lambda _session: gate.wait(10))
        good = [desk.once(f"key {n}").submit(deposit, "oost", 1) for n in range(5)]
        bad = [desk.submit(write_and_break, "oost") for _n in range(5)]
        gate.set()
        assert first.result()
        assert len({future.result() for future in good}) == 5
        assert all(isinstance(future.exception(), ZeroDivisionError) for future in bad)
        assert desk.ask(counted, "ledger_transfer") == 5
        assert desk.ask(counted, "wrong_try") == 0


class TestIdempotency:
    def test_answers_the_same_to_the_same_command(self, desk: Desk) -> None:
        first = desk.once("a").act(deposit, "oost", 500)
        assert desk.once("a").act(deposit, "oost", 500) == first
        assert desk.ask(counted, "ledger_transfer") == 1

    def test_refuses_the_same_key_for_another_command(self, desk: Desk) -> None:
        desk.once("a").act(deposit, "oost", 500)
        with pytest.raises(KeyReused):
            desk.once("a").act(deposit, "oost", 501)
        assert desk.ask(counted, "ledger_transfer") == 1

    def test_keeps_the_keys_of_two_people_apart(self, desk: Desk) -> None:
        other = Actor(id="other", roles=SYSTEM.roles)
        assert desk.once("a").act(deposit, "oost", 5) != desk.by(other).once("a").act(deposit, "oost", 5)
        assert desk.ask(counted, "ledger_transfer") == 2

    def test_demands_a_key_where_money_moves(self, desk: Desk) -> None:
        with pytest.raises(KeyMissing):
            desk.act(deposit, "oost", 500)
        assert desk.ask(counted, "ledger_transfer") == 0

    @pytest.mark.parametrize("key", ["", "x" * 101, "smörgås", "a\nb"])
    def test_refuses_a_key_that_is_none(self, desk: Desk, key: str) -> None:
        with pytest.raises(KeyMissing):
            desk.once(key)


class TestPrepare:
    def test_happens_while_somebody_else_holds_the_writer(self, desk: Desk) -> None:
        drawn = threading.Event()

        def draw(draft: Draft, place: str) -> str:
            drawn.set()
            return f"{place} {draft.random(2).hex()}"

        @verb(_HOUSE)
        def hold(work: Work, place: str) -> bool:
            return drawn.wait(10)

        @verb(_HOUSE, prepare=draw)
        def tell(work: Work, place: str) -> str:
            return work.prepared(draw)

        held = desk.submit(hold, "oost")
        assert desk.act(tell, "oost").startswith("oost ")
        assert held.result()

    def test_is_not_done_again_for_a_command_that_was_answered(self, desk: Desk) -> None:
        answered = []

        def refuse_twice(draft: Draft, place: str) -> None:
            answered.append(place)
            if len(answered) > 1:
                raise NotYours(_("Once is enough."))

        @verb(_HOUSE, prepare=refuse_twice)
        def tell(work: Work, place: str) -> str:
            return place

        assert [desk.once("one").act(tell, "oost") for _again in range(2)] == ["oost", "oost"]
        with pytest.raises(NotYours):
            desk.once("two").act(tell, "oost")

    def test_changes_nothing(self, desk: Desk) -> None:
        def write(draft: Draft, place: str) -> None:
            write_sql(cast("Work", draft), place)

        @verb(_HOUSE, prepare=write)
        def tell(work: Work, place: str) -> None:
            work.prepared(write)

        with suppress(DBAPIError):
            desk.act(tell, "oost")
        assert desk.ask(counted, "wrong_try") == 0

    def test_is_only_for_who_may_enter(self, desk: Desk) -> None:
        @verb(_HOUSE, prepare=lambda _draft, _place: pytest.fail("a guest set it going"))
        def tell(work: Work, place: str) -> None:
            """Do nothing."""

        with pytest.raises(DoorClosed):
            desk.by(GUEST).act(tell, "oost")


class TestDoor:
    def test_is_closed_to_a_guest(self, desk: Desk) -> None:
        with pytest.raises(DoorClosed):
            desk.by(GUEST).act(write_sql, "oost")

    @pytest.mark.parametrize(("place", "role"), [("west", Role.OFFICIAL), ("oost", Role.COUNCIL)])
    def test_is_closed_to_another_place_or_role(self, desk: Desk, place: str, role: Role) -> None:
        actor = Actor(id="1", roles=frozenset({(role, place)}))
        with pytest.raises(DoorClosed):
            desk.by(actor).act(open_own, "oost", "1")

    def test_opens_for_ones_own_only(self, desk: Desk) -> None:
        resident = Actor(id="1", roles=frozenset({(Role.RESIDENT, "oost")}))
        assert desk.by(resident).act(open_own, "oost", "1") == "1"
        with pytest.raises(NotYours):
            desk.by(resident).act(open_own, "oost", "2")

    def test_opens_for_everything_to_a_role_that_may(self, desk: Desk) -> None:
        official = Actor(id="3", roles=frozenset({(Role.OFFICIAL, None)}))
        assert desk.by(official).act(open_own, "oost", "2") == "2"


def _fill(desk: Desk, accepted: "list[Future[int]]") -> None:
    """Hand in acts until one is refused."""
    while True:
        accepted.append(desk.submit(only_read, "oost"))


class TestBusyWriter:
    def test_says_so_when_its_queue_is_full(self, desk: Desk) -> None:
        gate = threading.Event()
        held = [desk.database.submit(lambda _session: gate.wait(10)) for _n in range(16)]
        accepted = [desk.submit(only_read, "oost") for _n in range(984)]
        with pytest.raises(Busy):
            _fill(desk, accepted)
        gate.set()
        assert all(future.result() for future in held)
        assert len(accepted) <= 1_000 + 64, "what waits, and what the writer has in hand"
        assert {future.result() for future in accepted} == {0}
