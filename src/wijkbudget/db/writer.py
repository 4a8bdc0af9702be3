# SPDX-License-Identifier: EUPL-1.2
"""The writer: acts wait for it in turn, and those that wait together are committed together (group commit)."""

import asyncio
import logging
import queue
import random  # noqa: TID251 - spreads tries in time, and decides nothing
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

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

MOMENT_SECONDS, MOMENTS_MAX = 0.0003, 10
"""How long the writer lets more acts come, and how often: a commit costs the same for one and for many.

Choice: as measured with sixteen callers; it holds up nobody for longer than a commit takes.
"""

TRIES_MAX = 10
"""How often acts are tried before their callers are told to come back; from the second on no house comes between."""

PAUSE_SECONDS, PAUSE_SECONDS_MAX = 0.005, 0.1
"""About how long the second try waits, and each later one twice as long; and the longest."""

_log = logging.getLogger(__name__)


Told = tuple[Any, Exception | None]
"""The answer of an act, or why it was refused."""

Shared = Callable[[Session, Sequence[Any]], Sequence[Told]]
"""What runs the calls of one kind that wait together, and says what each is told."""


Promise: TypeAlias = "Future[Any] | asyncio.Future[Any]"
"""Where an answer goes: to a thread that waits for it, or to a loop that goes on meanwhile."""


class Transaction(Protocol):
    """How an engine begins a transaction that is committed at its end."""

    def __call__(self, *, is_alone: bool) -> AbstractContextManager[Connection]:
        """Begin; alone, no other process changes anything meanwhile."""
        ...


@dataclass(eq=False, slots=True)
class Call:
    """A call in the queue, and where its answer goes."""

    kind: object
    """Calls of one kind run as one act; a call without company is its own kind."""
    job: Shared
    asked: Any
    promise: Promise


class _Undone(Exception):
    """An act was refused after it changed something, so its whole transaction is undone."""


class Writer:
    """One thread of this process that runs every act, so that no two of them meet."""

    def __init__(
        self,
        transaction: Transaction,
        may_end_otherwise: Callable[[Exception, int], bool],
    ) -> None:
        """Start it; `may_end_otherwise` says whether to try acts again."""
        self.recorded = 0
        self._transaction = transaction
        self._may_end_otherwise = may_end_otherwise
        # The simple one, which is written in C: the other takes as long as a small act.
        self._queue: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        """Run a job in its turn; the answer comes after its commit. Raises Busy when the queue is full."""
        promise: Future[Answer] = Future()
        self.queue(Call(object(), lambda session, _calls: [(job(session), None)], None, promise))
        return promise

    def queue(self, call: Call) -> None:
        """Run a call in its turn, as one act with all others of its kind that wait. Raises Busy when too many wait."""
        if self._queue.qsize() >= WAITING_MAX:
            raise Busy
        self._queue.put(call)

    def close(self) -> None:
        """Finish what waits, and stop."""
        self._queue.put(None)
        self._thread.join()

    def _write(self) -> None:
        """Take what waits, commit it together, and only then answer; for ever."""
        batch: list[Call] = []
        while (first := self._queue.get()) is not None:
            if len(batch) > 1:
                self._let_more_come()
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

    def _let_more_come(self) -> None:
        """Wait for as long as more acts come, where they came together the last time; nobody alone waits for this."""
        waiting = -1
        for _moment in range(MOMENTS_MAX):
            before, waiting = waiting, self._queue.qsize()
            if not before < waiting < TOGETHER_MAX:
                return
            time.sleep(MOMENT_SECONDS)

    def _answer(self, batch: list[Call]) -> None:
        """Run each act whole or not at all, and tell everybody who still waits."""
        batch = [call for call in batch if _is_awaited(call.promise)]
        in_loops: dict[asyncio.AbstractEventLoop, list[tuple[Promise, Told]]] = {}
        for call, told in zip(batch, self._told(batch), strict=True):
            if isinstance(call.promise, Future):
                _keep([(call.promise, told)])
            else:
                in_loops.setdefault(call.promise.get_loop(), []).append((call.promise, told))
        for loop, answers in in_loops.items():
            # A loop that is closed has nobody left who waits.
            with suppress(RuntimeError):
                # All at once, for waking a loop takes as long as a small act.
                loop.call_soon_threadsafe(_keep, answers)

    def _told(self, batch: list[Call]) -> list[Told]:
        """Commit acts together, or each by itself if one undid the others: seldom, and nobody was answered yet."""
        try:
            return self._again(batch)
        except Unreachable as away:
            return [(None, away)] * len(batch)
        except Exception as trouble:  # noqa: BLE001 - whoever waits must be told
            refusal = trouble.__cause__ if isinstance(trouble, _Undone) else trouble
            assert isinstance(refusal, Exception)
            if len(batch) == 1:
                return [(None, refusal)]
            # Whose it is shows when each runs by itself.
            _log.info("%d acts run again, each by itself: %s", len(batch), type(refusal).__name__)
        return [told for call in batch for told in self._told([call])]

    def _again(self, batch: list[Call]) -> list[Told]:
        """Run acts in one transaction; again while they may end otherwise, and then alone on this database.

        Raises as an attempt does.
        """
        for tried in range(TRIES_MAX):
            try:
                return self._attempt(batch, is_alone=tried > 0)
            except Exception as trouble:
                if not self._may_end_otherwise(trouble, tried):
                    raise
            pause = min(PAUSE_SECONDS * 2**tried, PAUSE_SECONDS_MAX)
            time.sleep(pause * (0.5 + random.random()))  # noqa: S311 - no secret
        _log.warning("%d acts were given up after %d tries", len(batch), TRIES_MAX)
        raise Busy

    def _attempt(self, batch: list[Call], *, is_alone: bool) -> list[Told]:
        """Run acts one after the other in one transaction, and return what each call is told once it is committed.

        Raises _Undone, DBAPIError, Unreachable and Busy.
        """
        with (
            self._transaction(is_alone=is_alone) as connection,
            # One for all of them, for a new one costs as much as a small act; it is emptied after each.
            Session(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session,
        ):
            session.info[CONNECTION] = connection
            acts: dict[object, list[Call]] = {}
            for call in batch:
                acts.setdefault(call.kind, []).append(call)
            told: dict[Call, Told] = {}
            for calls in acts.values():
                told.update(zip(calls, _run(connection, session, calls), strict=True))
            is_recorded = changes.take_recorded(connection)
        # Counted once everybody can read it, and before anybody is answered.
        self.recorded += is_recorded
        return [told[call] for call in batch]


def _is_awaited(promise: Promise) -> bool:
    """Return whether somebody still waits; from now on a thread can no longer give up."""
    return promise.set_running_or_notify_cancel() if isinstance(promise, Future) else not promise.cancelled()


def _keep(answers: Sequence[tuple[Promise, Told]]) -> None:
    """Give everybody their answer; in the thread of the loop, for those who wait there."""
    for promise, (answer, refusal) in answers:
        if promise.cancelled():
            continue
        if refusal is None:
            promise.set_result(answer)
        else:
            promise.set_exception(refusal)


def _run(connection: Connection, session: Session, calls: list[Call]) -> Sequence[Told]:
    """Run an act that is not expected to be refused halfway. Raises _Undone if it is, and DBAPIError."""
    changes.forget(connection)
    try:
        told = calls[0].job(session, [call.asked for call in calls])
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
