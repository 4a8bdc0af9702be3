# SPDX-License-Identifier: EUPL-1.2
"""What every engine promises about acts side by side; the verbs know no difference."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from tests.stores import Store, opened
from wijkbudget.db import postgres
from wijkbudget.db.database import Database
from wijkbudget.kit.errors import Busy
from wijkbudget.trail.models import WrongTry

CALLERS = 16


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    store: Store = request.getfixturevalue(f"{request.param}_store")
    with opened(store, store.make()) as database:
        yield database


def add(peer: str, count: int = 1) -> Callable[[Session], None]:
    """Return a job that adds one row."""

    def job(session: Session) -> None:
        session.add(WrongTry(peer=peer, window_number=1, count=count))

    return job


def rows(database: Database) -> int:
    with database.read() as session:
        return session.connection().execute(select(func.count()).select_from(WrongTry)).scalar_one()


def counted(database: Database, peer: str) -> int:
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
    def test_lose_no_change_of_each_other(self, database: Database) -> None:
        database.submit(add("counter", 0)).result()

        def count_up(session: Session) -> None:
            row = session.get_one(WrongTry, "counter")
            row.count += 1

        together(6, lambda _number: [database.submit(count_up).result() for _time in range(50)] and None)
        assert counted(database, "counter") == 300

    def test_all_take_from_one_pot_and_none_is_given_up(
        self, database: Database, caplog: pytest.LogCaptureFixture
    ) -> None:
        database.submit(add("pot", 1_000)).result()
        together(CALLERS, lambda _number: [database.submit(take(3)).result() for _time in range(20)] and None)
        assert counted(database, "pot") == 1_000 - CALLERS * 20 * 3
        assert caplog.records == []

    def test_that_each_fit_but_not_together_do_not_both_happen(self, database: Database) -> None:
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
            pair = [database.submit(claim(f"{group} {side}", group)) for side in ("left", "right")]
            assert sorted(type(future.exception()).__name__ for future in pair) == ["Busy", "NoneType"]
        assert rows(database) == 20

    def test_that_add_the_same_row_are_told_so_in_words(self, database: Database) -> None:
        """A check before a UNIQUE constraint sees the row of whoever was first, however close they come."""

        def once(session: Session) -> None:
            if session.get(WrongTry, "same"):
                raise Busy
            session.add(WrongTry(peer="same", window_number=1, count=1))

        futures = [database.submit(once) for _caller in range(CALLERS)]
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

    def test_that_nobody_waits_for_any_more_are_passed_over(self, database: Database) -> None:
        gate = threading.Event()
        held = [database.submit(lambda _session: gate.wait(20)) for _thread in range(postgres.SIDE_BY_SIDE)]
        given_up, waiting = database.submit(add("given up")), database.submit(add("waiting"))
        assert given_up.cancel()
        gate.set()
        assert all(future.result() for future in held)
        assert waiting.result(20) is None
        assert rows(database) == 1

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
