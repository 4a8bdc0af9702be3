# SPDX-License-Identifier: EUPL-1.2
"""Statements that are compiled once: for the few that every act runs, this costs a third of what Core does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import ClauseElement
from sqlmodel import Session

from wijkbudget.db import changes

Values = Mapping[str, object]
Convert = Callable[[Any], Any]


@dataclass(frozen=True)
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

    def change(self, session: Session, *rows: Values) -> int:
        """Run it for one or more rows of values, and return how many rows that changed. Raises DBAPIError."""
        _compiled, cursor = self._run(session, *rows)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _run(self, session: Session, *rows: Values) -> tuple[_Compiled, Any]:
        connection = session.connection()
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        if compiled.changes:
            changes.note(connection)
        cursor = connection.connection.cursor()
        try:
            if len(rows) == 1:
                cursor.execute(compiled.sql, compiled.taken_in(rows[0]))
            else:
                cursor.executemany(compiled.sql, [compiled.taken_in(row) for row in rows])
        except dialect.loaded_dbapi.Error as trouble:
            # As SQLAlchemy raises it, so that nobody above sees which way a statement went.
            kind = dialect.loaded_dbapi.Error
            raise DBAPIError.instance(
                compiled.sql, None, trouble, kind, hide_parameters=True, dialect=dialect
            ) from trouble
        return compiled, cursor


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
