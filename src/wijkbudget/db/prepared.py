# SPDX-License-Identifier: EUPL-1.2
"""Statements that are compiled once: for the few that every act runs, this costs a third of what Core does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import ClauseElement
from sqlmodel import Session

from wijkbudget.db import changes

Values = Mapping[str, object]
Convert = Callable[[Any], Any]
Made = TypeVar("Made")

_ROWS_MAX = 5_000
"""How many rows a statement that makes something of each keeps at most."""

OPENING = "opening"
"""Where an engine leaves what is said before the first statement of a transaction, on the same trip."""

CONNECTION = "connection"
"""Where the engines keep the connection of a session, for asking the session costs as much as a small statement."""


@dataclass(frozen=True, eq=False)
class _Compiled:
    """A statement in the words of one driver, with what its types do to values on the way in and out."""

    sql: str
    positions: Sequence[str] | None
    """The names of the values in order, for a driver that knows no names."""
    constants: Values
    ways_in: Mapping[str, Convert]
    ways_out: Sequence[tuple[int, Convert]]
    changes: bool

    def taken_in(self, values: Values) -> Any:
        """Return the values as the driver takes them."""
        driver_values = {**self.constants, **values}
        for name, convert in self.ways_in.items():
            driver_values[name] = convert(driver_values[name])
        return driver_values if self.positions is None else [driver_values[name] for name in self.positions]

    def given_out(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Return a row of the driver as we read it."""
        values = list(row)
        for index, convert in self.ways_out:
            values[index] = convert(values[index])
        return tuple(values)


class Prepared:
    """A statement of Core whose values all have a name; runs in the transaction of a session, past the ORM."""

    def __init__(self, statement: ClauseElement) -> None:
        """Keep the statement; it is compiled when it first runs, once for each kind of database."""
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}
        self._made = lru_cache(maxsize=_ROWS_MAX)(_made)

    def first(self, session: Session, **values: object) -> tuple[Any, ...] | None:
        """Return the first row, or None. Raises DBAPIError."""
        compiled, cursor = self._run(session, values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else compiled.given_out(row)

    def all(self, session: Session, **values: object) -> list[tuple[Any, ...]]:
        """Return all rows. Raises DBAPIError."""
        compiled, cursor = self._run(session, values)
        rows = cursor.fetchall()
        cursor.close()
        return [compiled.given_out(row) for row in rows]

    def each(self, session: Session, make: Callable[[tuple[Any, ...]], Made], **values: object) -> list[Made]:
        """Return what is made of each row; of a row that was read before it is the very same thing. Raises DBAPIError.

        It is for long lists that are read often and hold nothing personal, for rows are kept.
        """
        compiled, cursor = self._run(session, values)
        rows = cursor.fetchall()
        cursor.close()
        return [self._made(compiled, make, row) for row in rows]

    def change(self, session: Session, *rows: Values) -> int:
        """Run it for one or more rows of values, and return how many rows that changed. Raises DBAPIError."""
        _compiled, cursor = self._run(session, *rows)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _run(self, session: Session, *rows: Values) -> tuple[_Compiled, Any]:
        connection = connection_of(session)
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        cursor = connection.connection.cursor()
        with one_trip(connection) if OPENING in connection.info else _in_words_of_sqlalchemy(dialect, compiled.sql):
            begin(connection)
            if len(rows) == 1:
                cursor.execute(compiled.sql, compiled.taken_in(rows[0]))
            else:
                cursor.executemany(compiled.sql, [compiled.taken_in(row) for row in rows])
            if compiled.changes:
                changes.note(connection, cursor)
        return compiled, cursor


def connection_of(session: Session) -> Connection:
    """Return the connection of a session."""
    return session.info.get(CONNECTION) or session.connection()


def run_together(session: Session, *statements: tuple[Prepared, Sequence[Values]]) -> list[list[tuple[Any, ...]]]:
    """Run statements in one trip to a server, and return the rows of each that gives some. Raises DBAPIError.

    Changes come first, each for as many rows of values as there are, and then what gives rows, each for one. Nobody
    hears how many rows a change changed, so one that depends on a value does not belong here.
    """
    connection = connection_of(session)
    with one_trip(connection):
        begin(connection)
        ran = [prepared._run(session, *rows) for prepared, rows in statements if rows]  # noqa: SLF001 - of this very file
    answers = [[compiled.given_out(row) for row in cursor.fetchall()] for compiled, cursor in ran if cursor.description]
    for _compiled, cursor in ran:
        cursor.close()
    return answers


def begin(connection: Connection) -> None:
    """Say what the engine left to be said first, if nothing was said yet. Raises DBAPIError."""
    if opening := connection.info.pop(OPENING, None):
        # Past the events of the engine: it is no statement of the act.
        with _in_words_of_sqlalchemy(connection.dialect, opening):
            connection.connection.cursor().execute(opening)


@contextmanager
def one_trip(connection: Connection) -> Iterator[None]:
    """Send a server all that is said here at once, and wait for it at the end. Raises DBAPIError."""
    driver: Any = connection.connection.driver_connection
    trip = getattr(driver, "pipeline", nullcontext)
    with _in_words_of_sqlalchemy(connection.dialect, "together"), trip():
        yield


@contextmanager
def _in_words_of_sqlalchemy(dialect: Dialect, sql: str) -> Iterator[None]:
    """Raise what the driver raises as SQLAlchemy does, so that nobody above sees which way a statement went."""
    kind = dialect.loaded_dbapi.Error
    try:
        yield
    except kind as trouble:
        raise DBAPIError.instance(sql, None, trouble, kind, hide_parameters=True, dialect=dialect) from trouble


def _made(compiled: _Compiled, make: Callable[[tuple[Any, ...]], Any], row: tuple[Any, ...]) -> Any:
    return make(compiled.given_out(row))


def _compile(statement: ClauseElement, dialect: Dialect) -> _Compiled:
    made: Any = statement.compile(dialect=dialect)

    def ways(kinds: Mapping[Any, Any], of: str) -> dict[Any, Convert]:
        found = {
            key: getattr(kind.dialect_impl(dialect), of)(dialect, *([None] if of == "result_processor" else []))
            for key, kind in kinds.items()
        }
        return {key: convert for key, convert in found.items() if convert}

    columns = dict(enumerate(column.type for column in getattr(statement, "selected_columns", ())))
    return _Compiled(
        sql=str(made),
        positions=made.positiontup,
        constants={name: bind.effective_value for name, bind in made.binds.items() if not bind.required},
        ways_in=ways({name: bind.type for name, bind in made.binds.items()}, "bind_processor"),
        ways_out=tuple(ways(columns, "result_processor").items()),
        changes=changes.changes(str(made)),
    )
