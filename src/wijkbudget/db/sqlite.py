"""SQLite: many readers, one writer thread; waiting acts are committed together (group commit)."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.kit.errors import Busy

Answer = TypeVar("Answer")

WAITING_MAX = 1_000
"""How many acts may wait for the writer; more are told to try again."""

TOGETHER_MAX = 64
"""How many acts share one commit at most."""

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
        """Run each act in a savepoint of its own, commit once, and answer everybody who still waits."""
        batch = [waiting for waiting in batch if waiting.future.set_running_or_notify_cancel()]
        answers: list[tuple[_Waiting, Any, BaseException | None]] = []
        try:
            with self._writing.begin() as connection:
                answers = [(waiting, *_attempt(connection, waiting.job)) for waiting in batch]
        except Exception as broken:  # noqa: BLE001 - everybody who waits must be told
            # A full disk may end the whole transaction inside one act: then nobody was answered, and all are told.
            _log.exception("the commit of %d acts failed", len(batch))
            answers = [(waiting, None, broken) for waiting in batch]
        for waiting, answer, refusal in answers:
            if refusal is None:
                waiting.future.set_result(answer)
            else:
                waiting.future.set_exception(refusal)


def _attempt(connection: Connection, job: Callable[[Session], Any]) -> tuple[Any, BaseException | None]:
    """Run one act in a savepoint; return its answer or why it was refused, with nothing left behind."""
    savepoint = connection.begin_nested()
    changes.forget(connection)
    with Session(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
        try:
            answer = job(session)
            session.flush()
        except Exception as refusal:  # noqa: BLE001 - whatever it is, the caller gets it and the savepoint goes
            session.expunge_all()
            if savepoint.is_active:  # a flush that the database refused rolled it back already
                savepoint.rollback()
            return None, refusal
        session.expunge_all()
    savepoint.commit()
    return answer, None


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
        ):
            connection.execute(f"PRAGMA {pragma}")
        if query_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def begin_now(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
