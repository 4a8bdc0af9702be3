# SPDX-License-Identifier: EUPL-1.2
"""The engine of SQLite: what it promises about disks, waiting and what was overwritten."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from tests.db.test_both import add, rows
from tests.stores import SqliteStore, opened
from wijkbudget.db import changes
from wijkbudget.db.database import Database


@pytest.fixture
def url(sqlite_store: SqliteStore) -> str:
    return sqlite_store.make()


@pytest.fixture
def database(sqlite_store: SqliteStore, url: str) -> Iterator[Database]:
    with opened(sqlite_store, url) as database:
        yield database


class TestReading:
    def test_cannot_change_anything(self, database: Database) -> None:
        with database.read() as session, pytest.raises(OperationalError, match="readonly"):
            session.connection().execute(text("DELETE FROM wrong_try"))

    @pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
    def test_is_set_up_so_that_what_was_answered_survives(self, database: Database, pragma: str, value: object) -> None:
        with database.read() as session:
            assert session.connection().execute(text(f"PRAGMA {pragma}")).scalar_one() == value


class TestWriting:
    def test_says_that_the_disk_is_full_and_goes_on_when_there_is_room(self, database: Database) -> None:
        def let_pages_be(count: int) -> None:
            database.submit(
                lambda session: session.connection().exec_driver_sql(f"PRAGMA max_page_count = {count}").close()
            ).result()

        let_pages_be(1)
        with pytest.raises(OperationalError):
            database.submit(add("x" * 1_000_000)).result()
        assert rows(database) == 0
        let_pages_be(1_000_000)
        database.submit(add("after")).result()
        assert rows(database) == 1

    def test_leaves_nothing_of_an_act_that_is_refused_halfway_beside_others(self, database: Database) -> None:
        def half(session: Session) -> None:
            session.connection().exec_driver_sql("INSERT INTO wrong_try VALUES ('half', 1, 1)")
            raise ZeroDivisionError

        gate = threading.Event()
        held = database.submit(lambda _session: gate.wait(10))
        waiting = [database.submit(job) for job in (add("one"), half, add("two"), half, add("three"))]
        gate.set()
        assert held.result()
        refusals = [type(each.exception()).__name__ for each in waiting]
        assert refusals == ["NoneType", "ZeroDivisionError", "NoneType", "ZeroDivisionError", "NoneType"]
        assert rows(database) == 3


class TestWipe:
    def test_leaves_nothing_of_what_was_overwritten(self, database: Database, url: str) -> None:
        file = Path(str(make_url(url).database))
        log = file.with_name(f"{file.name}-wal")
        database.submit(add("a-peer-that-must-go")).result()
        database.submit(lambda session: session.connection().exec_driver_sql("DELETE FROM wrong_try").close()).result()
        assert b"a-peer-that-must-go" in log.read_bytes()
        database.wipe()
        assert log.read_bytes() == b""
        assert b"a-peer-that-must-go" not in file.read_bytes()


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
