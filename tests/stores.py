# SPDX-License-Identifier: EUPL-1.2
"""Where the databases of tests are, on either engine: each test has one that nobody else sees."""

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlmodel import Session

from wijkbudget.app.tables import METADATA
from wijkbudget.db.database import Database, open_database
from wijkbudget.db.prepared import Prepared
from wijkbudget.trail.desk import Desk

CHOSEN = os.environ.get("WIJKBUDGET_TEST_DATABASE", "sqlite")
"""The setting with the engine on which the tests run: `sqlite` or `postgres`."""

_URLS: WeakKeyDictionary[Database, str] = WeakKeyDictionary()


class Store(Protocol):
    """Makes databases and lets them go."""

    is_shared: bool
    """Whether a database that one worker made can be copied by another."""

    def empty(self) -> AbstractContextManager[Database]:
        """Open a database with every table and no row, for one test."""
        ...

    def make(self, *, tables: bool = True) -> str:
        """Make a database of its own, and return its URL."""
        ...

    def copy(self, url: str) -> str:
        """Copy a database that is not open, and return the URL of the copy."""
        ...

    def drop(self, url: str) -> None:
        """Let go of a database that is not open."""
        ...


@contextmanager
def opened(store: Store, url: str) -> Iterator[Database]:
    """Open a database, and let go of it at the end."""
    database = open_database(url)
    _URLS[database] = url
    try:
        yield database
    finally:
        database.close()
        store.drop(url)


def url_of(desk: Desk) -> str:
    """Return where the database of a test's desk is."""
    return _URLS[desk.database]


@contextmanager
def beside(url: str, *, is_tampering: bool = False) -> Iterator[Connection]:
    """Come to a database beside the house, to look; or to change what triggers and foreign keys would refuse."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            if is_tampering and engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            elif is_tampering:
                triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
                for name in triggers.scalars().all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            yield connection
    finally:
        engine.dispose()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note every statement that a database gets, also those that go past the events of SQLAlchemy."""
    noted: list[str] = []
    run = Prepared._run  # noqa: SLF001 - nobody else knows what it says

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            noted.append(statement)

    def counted(prepared: Prepared, session: Session, *rows: Any) -> Any:
        compiled, cursor = run(prepared, session, *rows)
        noted.append(compiled.sql)
        return compiled, cursor

    event.listen(Engine, "before_cursor_execute", note)
    Prepared._run = counted  # type: ignore[method-assign] # noqa: SLF001 - the same
    try:
        yield noted
    finally:
        Prepared._run = run  # type: ignore[method-assign] # noqa: SLF001 - the same
        event.remove(Engine, "before_cursor_execute", note)


class SqliteStore:
    """Files in a folder; a new one is a copy of one with every table."""

    is_shared = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._with_tables = self.make(tables=False)
        make_tables(self._with_tables)

    @contextmanager
    def empty(self) -> Iterator[Database]:
        with opened(self, self.make()) as database:
            yield database

    def make(self, *, tables: bool = True) -> str:
        if tables:
            return self.copy(self._with_tables)
        return f"sqlite:///{self._folder / f'test-{next(self._numbers)}.db'}"

    def copy(self, url: str) -> str:
        made = self.make(tables=False)
        shutil.copy(_path(url), _path(made))
        return made

    def drop(self, url: str) -> None:
        path = _path(url)
        for part in path.parent.glob(f"{path.name}*"):
            part.unlink()


class PostgresStore:
    """Databases on a server; tests that begin empty share one, which is emptied between them."""

    is_shared = False
    """Each worker has a server of its own, or drops what it made on a server that was named."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server)
        self._numbers = count()
        self._ours = f"wijkbudget_{os.getpid()}"
        self._engine = create_engine(server, isolation_level="AUTOCOMMIT")
        self._with_tables = self.make(tables=False)
        make_tables(self._with_tables)
        self._open_shared()
        self._sweep = ";".join(
            ("SET session_replication_role = replica", *(f"DELETE FROM {name}" for name in METADATA.tables))
        )

    def _open_shared(self) -> None:
        url = self.make()
        self._shared = open_database(url)
        _URLS[self._shared] = url
        self._broom = create_engine(url, isolation_level="AUTOCOMMIT")
        self._parts = self._count_parts()

    def _count_parts(self) -> int:
        """Return how many tables and indexes there are; a test that tampered may have left fewer."""
        with self._broom.connect() as connection:
            return connection.execute(text("SELECT count(*) FROM pg_class")).scalar_one()

    def close(self) -> None:
        """Let go of every database."""
        self._shared.close()
        self._broom.dispose()
        for number in range(next(self._numbers)):
            self.drop(self._url(f"{self._ours}_{number}"))
        self._engine.dispose()

    @contextmanager
    def empty(self) -> Iterator[Database]:
        if self._count_parts() != self._parts:
            self._shared.close()
            self._broom.dispose()
            self._open_shared()
        # Emptying takes a tenth of the time of making one from the template.
        with self._broom.connect() as connection:
            connection.exec_driver_sql(self._sweep)
        yield self._shared

    def make(self, *, tables: bool = True) -> str:
        if tables:
            return self.copy(self._with_tables)
        return self._create("")

    def copy(self, url: str) -> str:
        return self._create(f"TEMPLATE {make_url(url).database}")

    def drop(self, url: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _create(self, how: str) -> str:
        name = f"{self._ours}_{next(self._numbers)}"
        with self._engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} {how}")
        return self._url(name)

    def _url(self, name: str) -> str:
        url: URL = self._server.set(database=name)
        return url.render_as_string(hide_password=False)


def make_tables(url: str) -> None:
    """Make every table in an empty database, as the migrations do."""
    engine = create_engine(url)
    with engine.begin() as connection:
        METADATA.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    engine.dispose()


def _path(url: str) -> Path:
    return Path(str(make_url(url).database))
