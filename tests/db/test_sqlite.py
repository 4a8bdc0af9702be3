"""The engine of SQLite: what it promises about disks, waiting and what was overwritten."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import WrongTry


def add(peer: str) -> object:
    """Return a job that adds one row."""

    def job(session: Session) -> None:
        session.add(WrongTry(peer=peer, window_number=1, count=1))

    return job


def rows(desk: Desk) -> int:
    with desk.database.read() as session:
        count: int = session.connection().execute(text("SELECT count(*) FROM wrong_try")).scalar_one()
        return count


class TestReading:
    def test_cannot_change_anything(self, desk: Desk) -> None:
        with desk.database.read() as session, pytest.raises(OperationalError, match="readonly"):
            session.connection().execute(text("DELETE FROM wrong_try"))

    def test_sees_one_moment(self, desk: Desk) -> None:
        with desk.database.read() as session:
            count = session.connection().execute(text("SELECT count(*) FROM wrong_try"))
            assert count.scalar_one() == 0
            desk.database.submit(add("late")).result()
            assert session.connection().execute(text("SELECT count(*) FROM wrong_try")).scalar_one() == 0
        assert rows(desk) == 1

    @pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
    def test_is_set_up_so_that_what_was_answered_survives(self, desk: Desk, pragma: str, value: object) -> None:
        with desk.database.read() as session:
            assert session.connection().execute(text(f"PRAGMA {pragma}")).scalar_one() == value


class TestWriting:
    def test_goes_on_after_a_flush_that_the_database_refused(self, desk: Desk) -> None:
        gate = threading.Event()
        held = desk.database.submit(lambda _session: gate.wait(10))
        waiting = [desk.database.submit(add(peer)) for peer in ("one", "one", "two")]
        gate.set()
        assert held.result()
        assert isinstance(waiting[1].exception(), IntegrityError)
        assert (waiting[0].exception(), waiting[2].exception()) == (None, None)
        assert rows(desk) == 2

    def test_tells_everybody_when_the_commit_fails(self, desk: Desk) -> None:
        def lose_the_transaction(session: Session) -> None:
            session.connection().exec_driver_sql("INSERT INTO wrong_try VALUES ('lost', 1, 1)")
            session.connection().exec_driver_sql("ROLLBACK")

        with pytest.raises(OperationalError):
            desk.database.submit(lose_the_transaction).result()
        desk.database.submit(add("after")).result()
        assert rows(desk) == 1

    def test_passes_over_who_gave_up_waiting(self, desk: Desk) -> None:
        gate = threading.Event()
        held = desk.database.submit(lambda _session: gate.wait(10))
        given_up, waiting = desk.database.submit(add("given up")), desk.database.submit(add("waiting"))
        assert given_up.cancel()
        gate.set()
        assert held.result()
        assert waiting.result(10) is None
        assert rows(desk) == 1

    def test_finishes_what_waits_before_it_closes(self, desk: Desk) -> None:
        gate = threading.Event()
        held = desk.database.submit(lambda _session: gate.wait(10))
        waiting = [desk.database.submit(add(str(number))) for number in range(100)]
        closing = threading.Thread(target=desk.database.close)
        closing.start()
        gate.set()
        closing.join()
        assert held.result()
        assert [future.exception() for future in waiting] == [None] * 100


class TestWipe:
    def test_leaves_nothing_of_what_was_overwritten(self, desk: Desk, tmp_path: Path) -> None:
        desk.database.submit(add("a-peer-that-must-go")).result()
        desk.database.submit(
            lambda session: session.connection().exec_driver_sql("DELETE FROM wrong_try").close()
        ).result()
        assert b"a-peer-that-must-go" in (tmp_path / "test.db-wal").read_bytes()
        desk.database.wipe()
        assert (tmp_path / "test.db-wal").read_bytes() == b""
        assert b"a-peer-that-must-go" not in (tmp_path / "test.db").read_bytes()


class TestChanges:
    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO a VALUES (1)",
            " update a set b = 1",
            "DELETE FROM a",
            "DROP TABLE a",
            "WITH one AS (SELECT 1) INSERT INTO a SELECT * FROM one",
            "REPLACE INTO a VALUES (1)",
            "/* a */ DELETE FROM a",
        ],
    )
    def test_are_seen(self, statement: str) -> None:
        assert changes.changes(statement)

    @pytest.mark.parametrize(
        "statement", ["SELECT 1", "\n select 1", "PRAGMA x", "WITH a AS (SELECT 1) SELECT * FROM a"]
    )
    def test_are_not_seen_where_there_are_none(self, statement: str) -> None:
        assert not changes.changes(statement)
