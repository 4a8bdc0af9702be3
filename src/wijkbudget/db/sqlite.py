# SPDX-License-Identifier: EUPL-1.2
"""SQLite: many readers, and the writer; a commit is on the disk before anybody is answered."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from functools import cached_property
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.db.prepared import CONNECTION
from wijkbudget.db.writer import Call, Writer

Answer = TypeVar("Answer")

_NEWEST = "SELECT max(rowid) FROM trail_entry"
"""The trail only grows, and what is added to a table gets a higher number than all before it."""

CACHE_KIBIBYTES_MAX = 32 * 1024
"""How much of the file a connection may keep in memory; with 2 MB, as is usual, a register is read again and again."""


class Sqlite:
    """One file, WAL and synchronous=FULL: what was answered survives a power cut."""

    def __init__(self, url: str) -> None:
        """Open the file and start the writer."""
        self._reading = _engine(url, begin="BEGIN", query_only=True)
        self._writing = _engine(url, begin="BEGIN IMMEDIATE", query_only=False)
        changes.watch(self._writing)
        # Nobody else writes the file, so every act is alone, and what it is told stays so.
        self._writer = Writer(self._transaction, lambda _refusal, _tried: False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that sees one moment and cannot change anything."""
        with self._reading.connect() as connection, Session(connection, autoflush=False) as session:
            session.info[CONNECTION] = connection
            yield session

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        """Run a job in its turn; the answer comes after its commit. Raises Busy when too many wait."""
        return self._writer.submit(job)

    def queue(self, call: Call) -> None:
        """Run a call in its turn, as one act with all others of its kind that wait. Raises Busy when too many wait."""
        self._writer.queue(call)

    def recorded(self) -> object:
        """Return what is another value once an act was recorded, in whatever process. Raises sqlite3.Error."""
        return self._watching.execute(_NEWEST).fetchone()

    def wipe(self) -> None:
        """Empty the write-ahead log, which still holds what was overwritten; `secure_delete` did the file itself."""
        with closing(self._reading.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Finish what waits, stop the writer and close the file."""
        self._writer.close()
        if "_connection" in self.__dict__:
            self._connection.close()
        if "_watching" in self.__dict__:
            self._watching.close()
        self._writing.dispose()
        self._reading.dispose()

    @contextmanager
    def _transaction(self, *, is_alone: bool) -> Iterator[Connection]:  # noqa: ARG002 - nobody else writes the file
        """Begin on the connection of the writer, and commit."""
        with self._connection.begin():
            yield self._connection

    @cached_property
    def _connection(self) -> Connection:
        """Open the connection of the writer, once: taking it and giving it back costs as much as a small act."""
        return self._writing.connect()

    @cached_property
    def _watching(self) -> sqlite3.Connection:
        """Open a connection of its own that waits for nobody: it is asked in the loop that serves everybody."""
        connection = self._reading.raw_connection()
        driver = cast("sqlite3.Connection", connection.driver_connection)
        connection.detach()
        driver.execute("PRAGMA busy_timeout=0")
        return driver


def _engine(url: str, *, begin: str, query_only: bool) -> Engine:
    """Return an engine that says BEGIN itself; SQLite's driver would begin too late and lose updates."""
    engine = create_engine(
        url, hide_parameters=True, connect_args={"check_same_thread": False}, pool_size=16, max_overflow=16
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "secure_delete=ON",
            f"cache_size=-{CACHE_KIBIBYTES_MAX}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def begin_now(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
