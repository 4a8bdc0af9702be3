# SPDX-License-Identifier: EUPL-1.2
"""Notices below the ORM whether a statement changes anything, so that plain SQL counts too."""

import re
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

_READS = re.compile(r"\s*(SELECT|PRAGMA|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|VALUES)\b", re.IGNORECASE)
_WITH = re.compile(r"\s*WITH\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b", re.IGNORECASE)


@lru_cache(maxsize=1_000)
def changes(statement: str) -> bool:
    """Return whether a statement may change rows; when in doubt it does."""
    if _WITH.match(statement):
        return bool(_WRITES.search(statement))
    return not _READS.match(statement)


def watch(engine: Engine) -> None:
    """Note every statement of this engine that may have changed rows."""

    @event.listens_for(engine, "after_cursor_execute")
    def look(connection: Connection, cursor: Any, statement: str, *_rest: object) -> None:
        if changes(statement):
            note(connection, cursor)


def note(connection: Connection, cursor: Any) -> None:
    """Note that a statement may have changed rows, unless the driver knows of none: a condition did not hold.

    What gives rows back is counted only once they are read.
    """
    if cursor.rowcount != 0 or cursor.description:
        connection.info["changed"] = True


def has_changed(connection: Connection) -> bool:
    """Return whether anything was changed since `forget`."""
    return bool(connection.info.get("changed"))


def forget(connection: Connection) -> None:
    """Begin to watch anew."""
    connection.info["changed"] = False


def record(connection: Connection) -> None:
    """Note that the trail grows with this transaction."""
    connection.info["recorded"] = True


def take_recorded(connection: Connection) -> bool:
    """Return whether the trail grew since this was last asked."""
    return bool(connection.info.pop("recorded", False))
