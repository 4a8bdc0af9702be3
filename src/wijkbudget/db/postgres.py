# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL: the writer of each process, at SERIALIZABLE; an act that met one of another process runs again, alone."""

import logging
import select
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, OperationalError
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.db.prepared import CONNECTION, OPENING, begin
from wijkbudget.db.types import Table
from wijkbudget.db.writer import Call, Writer
from wijkbudget.kit.errors import Busy, Unreachable
from wijkbudget.kit.text import _

Answer = TypeVar("Answer")

READERS_MAX = 32
"""How many questions are asked at the same time, each with a connection."""

WRITERS_MAX = 2
"""The writer, and `wipe` beside it."""

_MET_ANOTHER = frozenset({"40001", "40P01"})
"""Source: PostgreSQL, appendix A: serialization_failure and deadlock_detected."""

_HELD_UP = frozenset({"55P03", "53100", "53200"})
"""Source: the same: a lock held too long (lock_not_available), disk_full, out_of_memory."""

_GONE = ("08", "57P", "53300")
"""Source: the same: connection exceptions, a server that stops or starts, too_many_connections."""

_SETTINGS = "-c lock_timeout=5s -c timezone=UTC -c jit=off"
"""What we ask is short: compiling it would take a hundred times as long as answering it."""

_BESIDE_OTHERS = "LOCK TABLE alembic_version IN ROW SHARE MODE"
_ALONE = "LOCK TABLE alembic_version IN EXCLUSIVE MODE"
"""What every act says before its first question: who runs again waits until no other house is busy, and they for him.

Every house on a database has this small table, and touches it only when it starts. An advisory lock would not do: to
ask for one is a question already, so an act would see what was there before it waited, and fail on what came meanwhile.
"""

_log = logging.getLogger(__name__)


class Postgres:
    """A server, perhaps shared with other processes: a change is whole or not at all, whoever is first."""

    def __init__(self, url: str) -> None:
        """Prepare to connect; the first question or act does it."""
        self._reading = _engine(url, "REPEATABLE READ", _SETTINGS, READERS_MAX, read_only=True)
        # A scan of a whole small table would make every two acts that touch it meet; an index makes them pass.
        self._writing = _engine(url, "SERIALIZABLE", f"{_SETTINGS} -c enable_seqscan=off", WRITERS_MAX, read_only=False)
        changes.watch(self._writing)
        event.listen(self._writing, "before_cursor_execute", lambda connection, *_statement: begin(connection))
        self._writer = Writer(self._transaction, _may_end_otherwise)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that sees one moment and cannot change anything. Raises Unreachable."""
        with (
            _sentences(),
            self._reading.connect() as connection,
            Session(connection, autoflush=False) as session,
        ):
            session.info[CONNECTION] = connection
            yield session

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        """Run a job in its turn; the answer comes after its commit. Raises Busy when too many wait."""
        return self._writer.submit(job)

    def queue(self, call: Call) -> None:
        """Run a call in its turn, as one act with all others of its kind that wait. Raises Busy when too many wait."""
        self._writer.queue(call)

    def recorded(self) -> object:
        """Return what is another value once this process recorded an act; of other processes it says nothing."""
        return self._writer.recorded

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
        self._writer.close()
        self._writing.dispose()
        self._reading.dispose()

    @contextmanager
    def _transaction(self, *, is_alone: bool) -> Iterator[Connection]:
        """Give a transaction and commit it. Raises Unreachable if nobody knows whether it was committed, and Busy."""
        with _sentences(), self._writing.connect() as connection:
            transaction = connection.begin()
            # On the trip of the first statement, so that beginning takes none of its own.
            info = connection.info
            info[OPENING] = _ALONE if is_alone else _BESIDE_OTHERS
            try:
                yield connection
            finally:
                info.pop(OPENING, None)
            try:
                transaction.commit()
            except DBAPIError as trouble:
                if _is_gone(trouble):
                    raise Unreachable(
                        _("The connection broke while this was saved. Look whether it was done before you try again.")
                    ) from trouble
                raise


def _may_end_otherwise(refusal: Exception, tried: int) -> bool:
    """Return whether the same act may go well, or be refused in words, when it is run again."""
    if isinstance(refusal, IntegrityError):
        # A check may miss a row that another process adds at the same moment; later it sees it, and refuses in words.
        return tried == 0
    return isinstance(refusal, DBAPIError) and _state(refusal) in _MET_ANOTHER


@contextmanager
def _sentences() -> Iterator[None]:
    """Say in words that the server is away or held up."""
    try:
        yield
    except DBAPIError as trouble:
        if _is_gone(trouble):
            _log.error("PostgreSQL does not answer: %s", _state(trouble) or type(trouble.orig).__name__)
            raise Unreachable from trouble
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


def _engine(
    url: str, level: Literal["REPEATABLE READ", "SERIALIZABLE"], settings: str, connections: int, *, read_only: bool
) -> Engine:
    """Return an engine whose every transaction has this level."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        isolation_level=level,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
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
