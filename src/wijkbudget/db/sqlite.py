# SPDX-License-Identifier: EUPL-1.2
"""SQLite: many readers, one writer thread; waiting acts are committed together (group commit)."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.kit.errors import Busy

Answer = TypeVar("Answer")

WAITING_MAX = 1_000
"""How many acts may wait for the writer; more are told to try again."""

TOGETHER_MAX = 64
"""How many acts share one commit at most."""

CACHE_KIBIBYTES_MAX = 32 * 1024
"""How much of the file a connection may keep in memory; with 2 MB, as is usual, a register is read again and again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Waiting:
    """An act in the queue, and where its answer goes."""

    job: Callable[[Session], Any]
    future: "Future[Any]"


class Sqlite:
    """One file, WAL and synchronous=FULL: what was answered survives a power cut."""

    def __init__(self, url: str) -> None:
        """Open the file and start the writer."""
        self._reading = _engine(url, begin="BEGIN", query_only=True)
        self._writing = _engine(url, begin="BEGIN IMMEDIATE", query_only=False)
        changes.watch(self._writing)
        self._queue: queue.Queue[_Waiting | None] = queue.Queue(maxsize=WAITING_MAX)
        self._writer = threading.Thread(target=self._write, name="writer", daemon=True)
        self._writer.start()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that sees one moment and cannot change anything."""
        with Session(self._reading, autoflush=False) as session:
            yield session

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        """Run a job in its turn; the answer comes after its commit. Raises Busy when the queue is full."""
        future: Future[Answer] = Future()
        try:
            self._queue.put_nowait(_Waiting(job, future))
        except queue.Full:
            raise Busy from None
        return future

    def wipe(self) -> None:
        """Empty the write-ahead log, which still holds what was overwritten; `secure_delete` did the file itself."""
        with closing(self._reading.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Finish what waits, stop the writer and close the file."""
        self._queue.put(None)
        self._writer.join()
        self._writing.dispose()
        self._reading.dispose()

    def _write(self) -> None:
        """Take what waits, commit it together, and only then answer; for ever."""
        while (first := self._queue.get()) is not None:
            batch, stop = [first], False
            while len(batch) < TOGETHER_MAX and not stop:
                try:
                    waiting = self._queue.get_nowait()
                except queue.Empty:
                    break
                stop = waiting is None
                batch += [waiting] if waiting else []
            self._commit_together(batch)
            if stop:
                return

    def _commit_together(self, batch: list[_Waiting]) -> None:
        """Run each act whole or not at all, commit once, and answer everybody who still waits."""
        batch = [waiting for waiting in batch if waiting.future.set_running_or_notify_cancel()]
        try:
            try:
                answers = self._attempt(batch, _bare)
            except _HalfDone:
                # Seldom, so that the others need no savepoint; nobody was answered yet.
                answers = self._attempt(batch, _in_savepoint)
        except Exception as broken:  # noqa: BLE001 - everybody who waits must be told
            # A full disk may end the whole transaction inside one act: then nobody was answered, and all are told.
            _log.exception("the commit of %d acts failed", len(batch))
            answers = [(None, broken)] * len(batch)
        for waiting, (answer, refusal) in zip(batch, answers, strict=True):
            if refusal is None:
                waiting.future.set_result(answer)
            else:
                waiting.future.set_exception(refusal)

    def _attempt(self, batch: list[_Waiting], run: "_Run") -> list["_Told"]:
        """Run acts one after the other in one transaction, and return what each is told. Raises _HalfDone."""
        with (
            self._writing.begin() as connection,
            # One for all of them, for a new one costs as much as a small act; it is emptied after each.
            Session(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session,
        ):
            return [run(connection, session, waiting.job) for waiting in batch]


class _HalfDone(Exception):
    """An act was refused after it changed something."""


_Told = tuple[Any, BaseException | None]
"""The answer of an act, or why it was refused."""

_Run = Callable[[Connection, Session, Callable[[Session], Any]], _Told]


def _bare(connection: Connection, session: Session, job: Callable[[Session], Any]) -> _Told:
    """Run an act that is not expected to be refused halfway. Raises _HalfDone if it is."""
    changes.forget(connection)
    try:
        answer = job(session)
        session.flush()
    except Exception as refusal:
        if changes.has_changed(connection):
            raise _HalfDone from refusal
        session.close()
        return None, refusal
    if next(iter(session), None) is not None:
        session.expunge_all()
    return answer, None


def _in_savepoint(connection: Connection, session: Session, job: Callable[[Session], Any]) -> _Told:
    """Run an act so that nothing is left behind if it is refused."""
    savepoint = connection.begin_nested()
    try:
        told = _bare(connection, session, job)
        session.close()  # the next one joins the savepoint of the next act
    except _HalfDone as half:
        session.close()
        refusal = cast("Exception", half.__cause__)
        try:
            if savepoint.is_active:  # a flush that the database refused rolled it back already
                savepoint.rollback()
        except OperationalError:
            raise refusal from None  # a full disk ended the whole transaction
        return None, refusal
    savepoint.commit()
    return told


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
