# SPDX-License-Identifier: EUPL-1.2
"""Carries a whole administration from one database to another, of the same kind or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, func, insert, select
from sqlmodel import Session

from wijkbudget.app.tables import METADATA
from wijkbudget.db.database import Database
from wijkbudget.kit.errors import Conflict
from wijkbudget.kit.text import _

ROWS_TOGETHER = 1_000


class NotEmpty(Conflict):
    """There is an administration in the database already."""


class NotTheSame(Exception):
    """What arrived is not what left. A bug, or something wrote there at the same time."""


@dataclass(frozen=True)
class Carried:
    """How much was carried, and the state of the trail that both sides have."""

    rows: int
    trail_size: int
    trail_root: str


def copy(source: Database, target: Database) -> Carried:
    """Copy every row as it was at one moment into an empty database. Raises NotEmpty or NotTheSame.

    The source may be in use: what is written there meanwhile stays behind. The target gets everything or nothing.
    """
    with source.read() as reading:

        def carry(writing: Session) -> None:
            demand_empty(writing)
            for table in METADATA.sorted_tables:
                for rows in _parts(reading, table):
                    writing.connection().execute(insert(table), rows)

        target.submit(carry).result()
        left = _state(reading)
    with target.read() as arriving:
        if _state(arriving) != left:
            raise NotTheSame
    return left


def demand_empty(session: Session) -> None:
    """Do nothing, or raise NotEmpty if there is any row in any table."""
    if any(
        session.connection().execute(select(1).select_from(table).limit(1)).first()
        for table in METADATA.tables.values()
    ):
        raise NotEmpty(_("There is an administration there already. Choose an empty database."))


def _parts(session: Session, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a table in the order of their keys, so that nothing remains of the order in which they came.

    A row that names another of its own table comes after all that name none.
    """
    naming = [key.parent.is_not(None) for key in table.foreign_keys if key.column.table is table]
    asked = select(table).order_by(*naming, *table.primary_key.columns)
    with session.connection().execution_options(stream_results=True).execute(asked) as answer:
        for rows in answer.partitions(ROWS_TOGETHER):
            yield [_values(row) for row in rows]


def _values(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - the public name of this view in SQLAlchemy


def _state(session: Session) -> Carried:
    """Return how many rows there are, and how far the trail is sealed."""
    connection = session.connection()
    rows = sum(
        connection.execute(select(func.count()).select_from(table)).scalar_one() for table in METADATA.tables.values()
    )
    checkpoint = METADATA.tables["trail_checkpoint"].columns
    newest = connection.execute(select(checkpoint.size, checkpoint.root).order_by(checkpoint.size.desc())).first()
    return Carried(rows, newest.size if newest else 0, newest.root.hex() if newest else "")
