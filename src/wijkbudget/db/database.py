# SPDX-License-Identifier: EUPL-1.2
"""What a database must be able to do, whichever it is; one file an engine beside this one."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from sqlmodel import Session

from wijkbudget.db.postgres import Postgres
from wijkbudget.db.sqlite import Sqlite
from wijkbudget.db.writer import Call

Answer = TypeVar("Answer")


class Database(Protocol):
    """Reads side by side, and runs each change whole or not at all."""

    def read(self) -> AbstractContextManager[Session]:
        """Open a session that sees one moment and cannot change anything."""
        ...

    def submit(self, job: Callable[[Session], Answer]) -> "Future[Answer]":
        """Run a job in a transaction of its own; the answer comes after its commit. Raises Busy when full."""
        ...

    def queue(self, call: Call) -> None:
        """Run a call in its turn, as one act with all others of its kind that wait. Raises Busy when full."""
        ...

    def recorded(self) -> object:
        """Return what is another value once an act was recorded in the trail, without keeping anybody waiting."""
        ...

    def wipe(self) -> None:
        """Let nothing remain of rows that were overwritten or deleted, such as the order in which votes came."""
        ...

    def close(self) -> None:
        """Finish what was accepted and let go of the database."""
        ...


class UnknownDatabase(Exception):
    """No engine file knows this kind of address."""


def open_database(url: str) -> Database:
    """Open the database at an address such as `sqlite:///var/wijkbudget.db` or `postgresql://name@host/wijkbudget`.

    Raises UnknownDatabase.
    """
    engines: dict[str, Callable[[str], Database]] = {
        "sqlite": Sqlite,
        "postgresql": Postgres,
        "postgresql+psycopg": Postgres,
    }
    kind = url.partition(":")[0]
    if kind not in engines:
        raise UnknownDatabase(kind)
    return engines[kind](url)
