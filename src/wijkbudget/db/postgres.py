# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL: acts side by side at SERIALIZABLE; one that met another runs again, alone in this process."""

import logging
import random  # noqa: TID251 - spreads tries in time, and decides nothing
import select
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, Literal, TypeVar

from sqlalchemy import Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, OperationalError
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.db.crossing import Crossing
from wijkbudget.db.types import Table
from wijkbudget.kit.errors import Busy, Unreachable
from wijkbudget.kit.text import _

Answer = TypeVar("Answer")

WAITING_MAX = 1_000
"""How many acts may wait for a thread; more are told to try again."""

SIDE_BY_SIDE = 16
"""How many acts run at the same time, each with a connection; fewer while they often meet."""

TRIES_MAX = 10
"""How often an act is tried before its caller is told to come back; only other processes can make it fail twice."""

PAUSE_SECONDS, PAUSE_SECONDS_MAX = 0.005, 0.1
"""About how long the third try waits, and each later one twice as long; and the longest."""

_MET_ANOTHER = frozenset({"40001", "40P01"})
"""Source: PostgreSQL, appendix A: serialization_failure and deadlock_detected."""

_HELD_UP = frozenset({"55P03", "53100", "53200"})
"""Source: the same: a lock held too long (lock_not_available), disk_full, out_of_memory."""

_GONE = ("08", "57P", "53300")
"""Source: the same: connection exceptions, a server that stops or starts, too_many_connections."""

_SETTINGS = "-c lock_timeout=5s -c timezone=UTC"
_log = logging.getLogger(__name__)


class Postgres:
    """A server, perhaps shared with other processes: a change is whole or not at all, whoever is first."""

    def __init__(self, url: str) -> None:
        """Prepare to connect; the first question or act does it."""
        self._reading = _engine(url, "REPEATABLE READ", _SETTINGS, read_only=True)
        # A scan of a whole small table would make every two acts that touch it meet; an index makes them pass.
        self._writing = _engine(url, "SERIALIZABLE", f"{_SETTINGS} -c enable_seqscan=off", read_only=False)
        changes.watch(self._writing)
        self._threads = ThreadPoolExecutor(SIDE_BY_SIDE, "act")
        self._places = BoundedSemaphore(WAITING_MAX + SIDE_BY_SIDE)
        self._crossing = Crossing(SIDE_BY_SIDE)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that sees one moment and cannot change anything. Raises Unreachable."""
        with _sentences(), Session(self._reading, autoflush=False) as session:
            yield session

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        """Run a job beside others; the answer comes after its commit. Raises Busy when too many wait."""
        if not self._places.acquire(blocking=False):
            raise Busy
        future = self._threads.submit(self._run, job)
        future.add_done_callback(lambda _done: self._places.release())
        return future

    def wipe(self) -> None:
        """Write the tables anew whose rows keep no order, so that neither order nor old rows lie in their files.

        Raises Unreachable, or Busy if they are read for too long.
        """
        # SQLite keeps these tables without row ids; here rows lie as they came, until the table is written anew.
        orderless = [
            table.name
            for table in Table.metadata.sorted_tables
            if table.dialect_options["sqlite"]["with_rowid"] is False
        ]
        with _sentences(), self._writing.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            for name in orderless:
                connection.exec_driver_sql(f"VACUUM FULL {name}")

    def close(self) -> None:
        """Finish what was accepted and let go of the connections."""
        self._threads.shutdown()
        self._writing.dispose()
        self._reading.dispose()

    def _run(self, job: Callable[[Session], Answer]) -> Answer:
        """Try a job beside others; if it met one, again with this process to itself, until it is done."""
        for tried in range(TRIES_MAX):
            try:
                with _sentences(), self._crossing.alone() if tried else self._crossing.beside_others():
                    answer = self._attempt(job)
            except DBAPIError as trouble:
                if not _may_end_otherwise(trouble, tried):
                    raise
            else:
                self._crossing.met_nobody()
                return answer
            self._crossing.met_another()
            if tried:
                pause = min(PAUSE_SECONDS * 2 ** (tried - 1), PAUSE_SECONDS_MAX)
                time.sleep(pause * (0.5 + random.random()))  # noqa: S311 - no secret
        _log.warning("an act was given up after %d tries", TRIES_MAX)
        raise Busy

    def _attempt(self, job: Callable[[Session], Answer]) -> Answer:
        """Run a job in a transaction of its own. Raises Unreachable if nobody knows whether it was committed."""
        with self._writing.connect() as connection:
            transaction = connection.begin()
            changes.forget(connection)
            with Session(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False) as session:
                answer = job(session)
                session.flush()
                session.expunge_all()
            try:
                transaction.commit()
            except DBAPIError as trouble:
                if _is_gone(trouble):
                    raise Unreachable(
                        _("The connection broke while this was saved. Look whether it was done before you try again.")
                    ) from trouble
                raise
            return answer


def _may_end_otherwise(trouble: DBAPIError, tried: int) -> bool:
    """Return whether the same act may go well, or be refused in words, when it is run again."""
    if isinstance(trouble, IntegrityError):
        # Beside others a check may miss a row that comes at the same moment; alone it sees it, and refuses in words.
        return tried == 0
    return _state(trouble) in _MET_ANOTHER


@contextmanager
def _sentences() -> Iterator[None]:
    """Say in words that the server is away or held up."""
    try:
        yield
    except DBAPIError as trouble:
        if _is_gone(trouble):
            _log.error("PostgreSQL does not answer: %s", _state(trouble) or type(trouble.orig).__name__)
            sentence = _("We cannot reach our records now. Nothing was changed. Try again in a moment.")
            raise Unreachable(sentence) from trouble
        if _state(trouble) in _HELD_UP:
            _log.error("PostgreSQL is held up: %s", _state(trouble))
            raise Busy from trouble
        raise


def _is_gone(trouble: DBAPIError) -> bool:
    """Return whether it is the connection that failed; without a code, the server never answered."""
    state = _state(trouble)
    if state is None:
        return trouble.connection_invalidated or isinstance(trouble, OperationalError)
    return state.startswith(_GONE)


def _state(trouble: DBAPIError) -> str | None:
    state: str | None = getattr(trouble.orig, "sqlstate", None)
    return state


def _engine(url: str, level: Literal["REPEATABLE READ", "SERIALIZABLE"], settings: str, *, read_only: bool) -> Engine:
    """Return an engine whose every transaction has this level."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        isolation_level=level,
        hide_parameters=True,
        pool_size=SIDE_BY_SIDE,
        max_overflow=SIDE_BY_SIDE if read_only else 0,
        pool_use_lifo=True,
        use_native_hstore=False,
        connect_args={"connect_timeout": 5, "tcp_user_timeout": 10_000, "options": settings},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.read_only = read_only

    @event.listens_for(engine, "handle_error")
    def say_no_values(context: ExceptionContext) -> None:
        # The server shows the whole row that it refuses; names and bank accounts must not come into a log.
        said = str(context.original_exception).partition("\n")[0]
        for error in (context.original_exception, context.sqlalchemy_exception):
            if error:
                error.args = (said,)

    @event.listens_for(engine, "checkout")
    def be_alive(connection: Any, _record: object, _proxy: object) -> None:
        # A server has nothing to say to an idle connection but that it ends.
        if select.select([connection.fileno()], [], [], 0)[0]:
            raise DisconnectionError

    return engine
