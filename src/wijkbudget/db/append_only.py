# SPDX-License-Identifier: EUPL-1.2
"""Keeps a table append-only: the database itself refuses to change or delete its rows."""

from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.schema import Table as SchemaTable

from wijkbudget.db.types import Table

_REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_EACH = {"UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"}


def append_only(model: type[Table]) -> None:
    """Refuse UPDATE and DELETE on a table from the moment it is made; and TRUNCATE, where that exists."""
    table = model.metadata.tables[str(model.__tablename__)]

    @event.listens_for(table, "after_create")
    def guard(_table: SchemaTable, connection: Connection, **_more: object) -> None:
        for statement in statements(table.name, connection.dialect.name):
            connection.execute(text(statement))


def statements(name: str, dialect: str) -> list[str]:
    """Return the triggers that keep a table append-only, for a migration."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {name}_no_{what.lower()} BEFORE {what} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            for what in ("UPDATE", "DELETE")
        ]
    return [
        _REFUSE,
        *(
            f"CREATE TRIGGER {name}_no_{what.lower()} BEFORE {what} ON {name} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            for what, each in _EACH.items()
        ),
    ]
