# SPDX-License-Identifier: EUPL-1.2
"""The writer: acts wait for it in turn, and those that wait together are committed together (group commit)."""

import logging
import queue
import random  # noqa: TID251 - spreads tries in time, and decides nothing
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.db.prepared import CONNECTION
from wijkbudget.kit.errors import Busy, Unreachable

Answer = TypeVar("Answer")

WAITING_MAX = 1_000
"""How many acts may wait; more are told to try again."""

TOGETHER_MAX = 64
"""How many acts share one commit at most."""

TRIES_MAX = 10
"""How often an act is tried before its caller is told to come back; only other processes can make it fail twice."""

PAUSE_SECONDS, PAUSE_SECONDS_MAX = 0.005, 0.1
"""About how long the second try waits, and each later one twice as long; and the longest."""

_log = logging.getLogger(__name__)


Told = tuple[Any, Exception | None]
"""The answer of an act, or why it was refused."""

Shared = Callable[[Session, Sequence[Any]], Sequence[Told]]
"""What runs the calls of one kind that wait together, and says what each is told."""


@dataclass(frozen=True, eq=False)
class _Waiting:
    """A call in the queue, and where its answer goes."""

    job: Shared
    call: Any
    future: "Future[Any]"
    kind: object
    """Calls of one kind run as one act; a call without company is its own kind."""


class _Undone(Exception):
    """An act was refused after it changed something, so its whole transaction is undone."""


class Writer:
    """One thread of this process that runs every act, so that no two of them meet."""

    def __init__(
        self,
        transaction: Callable[[], AbstractContextManager[Connection]],
        may_end_otherwise: Callable[[Exception, int], bool],
    ) -> None:
        """Start it; a transaction is committed at its end, and `may_end_otherwise` says whether to try an act again."""
        self._transaction = transaction
        self._may_end_otherwise = may_end_otherwise
        # The simple one, which is written in C: the other takes as long as a small act.
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        """Run a job in its turn; the answer comes after its commit. Raises Busy when the queue is full."""
        return self._enqueue(lambda session, _call: [(job(session), None)], None, object())

    def submit_together(self, kind: object, job: Shared, call: object) -> "Future[Any]":
        """Run a call as one act with all others of its kind that wait. Raises Busy when the queue is full."""
        return self._enqueue(job, call, kind)

    def close(self) -> None:
        """Finish what waits, and stop."""
        self._queue.put(None)
        self._thread.join()

    def _enqueue(self, job: Shared, call: object, kind: object) -> "Future[Any]":
        if self._queue.qsize() >= WAITING_MAX:
            raise Busy
        future: Future[Any] = Future()
        self._queue.put(_Waiting(job, call, future, kind))
        return future

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
            self._answer(batch)
            if stop:
                return

    def _answer(self, batch: list[_Waiting]) -> None:
        """Run each act whole or not at all, and tell everybody who still waits."""
        batch = [waiting for waiting in batch if waiting.future.set_running_or_notify_cancel()]
        for waiting, (answer, refusal) in zip(batch, self._told(batch), strict=True):
            if refusal is None:
                waiting.future.set_result(answer)
            else:
                waiting.future.set_exception(refusal)

    def _told(self, batch: list[_Waiting]) -> list[Told]:
        """Commit acts together, or each alone if one of them undid the others: seldom, and nobody was answered yet."""
        if len(batch) > 1:
            try:
                return self._attempt(batch)
            except Unreachable as away:
                return [(None, away)] * len(batch)
            except Exception as trouble:  # noqa: BLE001 - what it is shows when each act runs alone
                _log.info("%d acts run again, each alone: %s", len(batch), type(trouble).__name__)
        return [self._alone(waiting) for waiting in batch]

    def _alone(self, waiting: _Waiting) -> Told:
        """Run an act in a transaction of its own, again while it may end otherwise."""
        for tried in range(TRIES_MAX):
            try:
                return self._attempt([waiting])[0]
            except Exception as trouble:  # noqa: BLE001 - whoever waits must be told
                refusal = trouble.__cause__ if isinstance(trouble, _Undone) else trouble
                assert isinstance(refusal, Exception)
                if not self._may_end_otherwise(refusal, tried):
                    return None, refusal
            pause = min(PAUSE_SECONDS * 2**tried, PAUSE_SECONDS_MAX)
            time.sleep(pause * (0.5 + random.random()))  # noqa: S311 - no secret
        _log.warning("an act was given up after %d tries", TRIES_MAX)
        return None, Busy()

    def _attempt(self, batch: list[_Waiting]) -> list[Told]:
        """Run acts one after the other in one transaction, and return what each call is told once it is committed.

        Raises _Undone, DBAPIError, Unreachable and Busy.
        """
        with (
            self._transaction() as connection,
            # One for all of them, for a new one costs as much as a small act; it is emptied after each.
            Session(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session,
        ):
            session.info[CONNECTION] = connection
            acts: dict[object, list[_Waiting]] = {}
            for waiting in batch:
                acts.setdefault(waiting.kind, []).append(waiting)
            told: dict[_Waiting, Told] = {}
            for calls in acts.values():
                told.update(zip(calls, _run(connection, session, calls), strict=True))
            return [told[waiting] for waiting in batch]


def _run(connection: Connection, session: Session, calls: list[_Waiting]) -> Sequence[Told]:
    """Run an act that is not expected to be refused halfway. Raises _Undone if it is, and DBAPIError."""
    changes.forget(connection)
    try:
        told = calls[0].job(session, [waiting.call for waiting in calls])
        session.flush()
    except DBAPIError:
        raise
    except Exception as refusal:
        if changes.has_changed(connection):
            raise _Undone from refusal
        session.close()
        return [(None, refusal)] * len(calls)
    if next(iter(session), None) is not None:
        session.expunge_all()
    return told
