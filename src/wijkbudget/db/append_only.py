"""Keeps a table append-only: the database itself refuses to change or delete its rows."""

from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.schema import Table as SchemaTable

from wijkbudget.db.types import Table


def append_only(model: type[Table]) -> None:
    """Refuse UPDATE and DELETE on a table from the moment it is made."""
    table = model.metadata.tables[str(model.__tablename__)]

    @event.listens_for(table, "after_create")
    def guard(_table: SchemaTable, connection: Connection, **_more: object) -> None:
        for statement in statements(table.name):
            connection.execute(text(statement))


def statements(name: str) -> list[str]:
    """Return the SQLite triggers that keep a table append-only, for a migration."""
    return [
        f"CREATE TRIGGER {name}_no_{what.lower()} BEFORE {what} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        for what in ("UPDATE", "DELETE")
    ]
