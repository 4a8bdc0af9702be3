# SPDX-License-Identifier: EUPL-1.2
"""What every engine promises about acts side by side; the verbs know no difference."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from itertools import cycle
from typing import TypeVar

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from tests.stores import Store, opened
from wijkbudget.db.database import Database, open_database
from wijkbudget.db.writer import Call, Shared, Told
from wijkbudget.kit.errors import Busy
from wijkbudget.trail.models import WrongTry

CALLERS = 16
Answer = TypeVar("Answer")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    store: Store = request.getfixturevalue(f"{request.param}_store")
    with opened(store, store.make()) as database:
        yield database


class TwoHouses:
    """Two processes on one server, as far as it can tell: every other act is asked in the other one."""

    def __init__(self, first: Database, second: Database) -> None:
        self._turns = cycle((first, second))
        self.read = first.read

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        return next(self._turns).submit(job)


@pytest.fixture(params=["sqlite", "postgres", "two houses on postgres"])
def acts(request: pytest.FixtureRequest) -> Iterator[Database | TwoHouses]:
    """Where acts meet: beside each other in one process, or those of two."""
    where = request.param.split()[-1]
    store: Store = request.getfixturevalue(f"{where}_store")
    url = store.make()
    with opened(store, url) as first:
        if where == request.param:
            yield first
            return
        with closing(open_database(url)) as second:
            yield TwoHouses(first, second)


def add(peer: str, count: int = 1) -> Callable[[Session], None]:
    """Return a job that adds one row."""

    def job(session: Session) -> None:
        session.add(WrongTry(peer=peer, window_number=1, count=count))

    return job


def rows(database: Database | TwoHouses) -> int:
    with database.read() as session:
        return session.connection().execute(select(func.count()).select_from(WrongTry)).scalar_one()


def counted(database: Database | TwoHouses, peer: str) -> int:
    with database.read() as session:
        return session.get_one(WrongTry, peer).count


def together(callers: int, work: Callable[[int], None]) -> None:
    """Let so many threads do this at the same time. Raises what any of them raised."""
    futures: list[Future[None]] = [Future() for _caller in range(callers)]
    start = threading.Barrier(callers)

    def run(number: int) -> None:
        start.wait()
        try:
            futures[number].set_result(work(number))
        except BaseException as failure:  # noqa: BLE001 - raised in the thread that waits
            futures[number].set_exception(failure)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for future in futures:
        future.result()


def of_one_kind(database: Database, job: Shared, peer: str) -> "Future[str]":
    """Ask for what all that wait share."""
    promise: Future[str] = Future()
    database.queue(Call("one kind", job, peer, promise))
    return promise


def take(amount: int) -> Callable[[Session], int]:
    """Return a job that takes from the shared pot by a conditional change, as the ledger does."""

    def job(session: Session) -> int:
        pot = WrongTry.__table__  # type: ignore[attr-defined] # SQLModel does not say that tables have one
        left = session.get_one(WrongTry, "pot").count
        enough = update(pot).where(pot.c.peer == "pot", pot.c.count >= amount).values(count=pot.c.count - amount)
        session.connection().execute(enough)
        return left

    return job


class TestReading:
    def test_sees_one_moment(self, database: Database) -> None:
        with database.read() as session:
            count = select(func.count()).select_from(WrongTry)
            assert session.connection().execute(count).scalar_one() == 0
            database.submit(add("late")).result()
            assert session.connection().execute(count).scalar_one() == 0
        assert rows(database) == 1


class TestActs:
    def test_lose_no_change_of_each_other(self, acts: Database | TwoHouses) -> None:
        acts.submit(add("counter", 0)).result()

        def count_up(session: Session) -> None:
            row = session.get_one(WrongTry, "counter")
            row.count += 1

        together(6, lambda _number: [acts.submit(count_up).result() for _time in range(50)] and None)
        assert counted(acts, "counter") == 300

    def test_all_take_from_one_pot_and_none_is_given_up(
        self, acts: Database | TwoHouses, caplog: pytest.LogCaptureFixture
    ) -> None:
        acts.submit(add("pot", 1_000)).result()
        together(CALLERS, lambda _number: [acts.submit(take(3)).result() for _time in range(20)] and None)
        assert counted(acts, "pot") == 1_000 - CALLERS * 20 * 3
        assert caplog.records == []

    def test_that_each_fit_but_not_together_do_not_both_happen(self, acts: Database | TwoHouses) -> None:
        """Each reads what the other writes and writes elsewhere: no row is shared, so only isolation can refuse."""

        def claim(peer: str, group: int) -> Callable[[Session], None]:
            def job(session: Session) -> None:
                of_group = col(WrongTry.window_number) == group
                claimed = session.scalar(select(func.coalesce(func.sum(WrongTry.count), 0)).where(of_group))
                if claimed + 60 > 100:
                    raise Busy
                session.add(WrongTry(peer=peer, window_number=group, count=60))

            return job

        for group in range(20):
            pair = [acts.submit(claim(f"{group} {side}", group)) for side in ("left", "right")]
            assert sorted(type(future.exception()).__name__ for future in pair) == ["Busy", "NoneType"]
        assert rows(acts) == 20

    def test_that_add_the_same_row_are_told_so_in_words(self, acts: Database | TwoHouses) -> None:
        """A check before a UNIQUE constraint sees the row of whoever was first, however close they come."""

        def once(session: Session) -> None:
            if session.get(WrongTry, "same"):
                raise Busy
            session.add(WrongTry(peer="same", window_number=1, count=1))

        futures = [acts.submit(once) for _caller in range(CALLERS)]
        refusals = [type(future.exception()).__name__ for future in futures]
        assert sorted(refusals) == ["Busy"] * (CALLERS - 1) + ["NoneType"]

    def test_go_on_after_one_that_the_database_refused(self, database: Database) -> None:
        database.submit(add("one")).result()
        futures = [database.submit(add(peer)) for peer in ("one", "two")]
        assert isinstance(futures[0].exception(), IntegrityError)
        assert futures[1].exception() is None
        assert rows(database) == 2

    def test_leave_nothing_when_they_break(self, database: Database) -> None:
        def break_down(session: Session) -> None:
            add("half")(session)
            session.flush()
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            database.submit(break_down).result()
        assert rows(database) == 0

    def test_of_one_kind_that_wait_run_as_one_and_are_each_told_their_own(self, database: Database) -> None:
        gate, runs = threading.Event(), []

        def add_all(session: Session, peers: Sequence[str]) -> list[Told]:
            runs.append(list(peers))
            session.add_all([WrongTry(peer=peer, window_number=1, count=1) for peer in peers if peer != "no"])
            return [(None, Busy()) if peer == "no" else (peer, None) for peer in peers]

        held = database.submit(lambda _session: gate.wait(20))
        futures = [of_one_kind(database, add_all, peer) for peer in ("one", "no", "two")]
        other = database.submit(add("three"))
        gate.set()
        assert held.result()
        assert [type(future.exception()).__name__ for future in futures] == ["NoneType", "Busy", "NoneType"]
        assert [futures[0].result(), futures[2].result(), other.result()] == ["one", "two", None]
        assert runs == [["one", "no", "two"]]
        assert rows(database) == 3

    def test_of_one_kind_run_alone_when_another_act_undid_them(self, database: Database) -> None:
        gate, runs = threading.Event(), []

        def add_all(session: Session, peers: Sequence[str]) -> list[Told]:
            runs.append(list(peers))
            session.add_all([WrongTry(peer=peer, window_number=1, count=1) for peer in peers])
            return [(peer, None) for peer in peers]

        def break_down(session: Session) -> None:
            add("half")(session)
            session.flush()
            raise ZeroDivisionError

        held = database.submit(lambda _session: gate.wait(20))
        futures = [of_one_kind(database, add_all, peer) for peer in ("one", "two")]
        broken = database.submit(break_down)
        gate.set()
        assert held.result()
        assert isinstance(broken.exception(), ZeroDivisionError)
        assert [future.result() for future in futures] == ["one", "two"]
        assert runs == [["one", "two"], ["one"], ["two"]]
        assert rows(database) == 2

    def test_are_not_undone_by_one_that_is_refused_because_it_found_nothing_to_change(self, database: Database) -> None:
        gate, runs = threading.Event(), []

        def run_once(session: Session) -> None:
            runs.append("run")
            add("one")(session)

        def find_nothing(session: Session) -> None:
            gone = update(WrongTry).where(col(WrongTry.peer) == "nobody").values(count=2)
            assert session.connection().execute(gone).rowcount == 0
            raise Busy

        held = database.submit(lambda _session: gate.wait(20))
        kept, refused = database.submit(run_once), database.submit(find_nothing)
        gate.set()
        assert held.result()
        assert isinstance(refused.exception(), Busy)
        assert kept.result() is None
        assert runs == ["run"]
        assert counted(database, "one") == 1

    def test_that_nobody_waits_for_any_more_are_passed_over(self, database: Database) -> None:
        gate = threading.Event()
        held = database.submit(lambda _session: gate.wait(20))
        given_up, waiting = database.submit(add("given up")), database.submit(add("waiting"))
        assert given_up.cancel()
        gate.set()
        assert held.result()
        assert waiting.result(20) is None
        assert rows(database) == 1

    def test_are_answered_in_the_loop_that_asked_unless_it_gave_up(self, database: Database) -> None:
        threads: list[str] = []

        async def ask() -> tuple[object, str]:
            loop, gate = asyncio.get_running_loop(), threading.Event()
            held = database.submit(lambda _session: gate.wait(20))
            asked = [loop.create_future() for _each in range(3)]
            for peer, promise in zip(("one", "no", "given up"), asked, strict=True):
                promise.add_done_callback(lambda _done: threads.append(threading.current_thread().name))
                database.queue(Call("one kind", add_all, peer, promise))
            assert asked[2].cancel()
            gate.set()
            assert held.result()
            told = await asyncio.wait_for(asyncio.gather(*asked[:2], return_exceptions=True), 20)
            return told[0], type(told[1]).__name__

        def add_all(session: Session, peers: Sequence[str]) -> list[Told]:
            session.add_all([WrongTry(peer=peer, window_number=1, count=1) for peer in peers if peer != "no"])
            return [(None, Busy()) if peer == "no" else (peer, None) for peer in peers]

        assert asyncio.run(ask()) == ("one", "Busy")
        assert rows(database) == 1
        assert set(threads) == {threading.current_thread().name}

    def test_are_finished_before_it_closes(self, database: Database) -> None:
        gate = threading.Event()
        held = database.submit(lambda _session: gate.wait(20))
        waiting = [database.submit(add(str(number))) for number in range(100)]
        closing = threading.Thread(target=database.close)
        closing.start()
        gate.set()
        closing.join()
        assert held.result()
        assert [future.exception() for future in waiting] == [None] * 100
