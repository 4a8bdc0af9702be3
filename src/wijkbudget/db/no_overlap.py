# SPDX-License-Identifier: EUPL-1.2
"""Keeps stretches of one day apart: the database itself refuses a row that overlaps another of the same owner."""

from dataclasses import dataclass

from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.schema import Table as SchemaTable

from wijkbudget.db.types import Table


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Which columns say whose a stretch is, on which day, when it starts and how long it lasts; and which rows count.

    A stretch without a start overlaps nothing. Both acts of a race are seen, because acts run one after another as far
    as the database can tell (SERIALIZABLE, or one writer).
    """

    owner: str
    day: str
    start: str
    length: str
    states: tuple[str, ...]


def no_overlap(model: type[Table], stretch: Stretch) -> None:
    """Refuse rows that overlap, from the moment a table is made."""
    table = model.metadata.tables[str(model.__tablename__)]

    @event.listens_for(table, "after_create")
    def guard(_table: SchemaTable, connection: Connection, **_more: object) -> None:
        for statement in statements(table.name, stretch, connection.dialect.name):
            connection.execute(text(statement))


def statements(name: str, stretch: Stretch, dialect: str) -> list[str]:
    """Return the triggers that keep the stretches of a table apart, for a migration."""
    states = ", ".join(f"'{state}'" for state in stretch.states)
    counts = f"NEW.{stretch.start} IS NOT NULL AND NEW.state IN ({states})"
    other = (
        f"EXISTS (SELECT 1 FROM {name} AS other WHERE other.{stretch.owner} = NEW.{stretch.owner} "  # noqa: S608 - our own names
        f"AND other.{stretch.day} = NEW.{stretch.day} AND other.id <> NEW.id AND other.state IN ({states}) "
        f"AND other.{stretch.start} < NEW.{stretch.start} + NEW.{stretch.length} "
        f"AND NEW.{stretch.start} < other.{stretch.start} + other.{stretch.length})"
    )
    refused = f"{name} overlaps"
    if dialect == "sqlite":
        then = f"WHEN {counts} AND {other} BEGIN SELECT RAISE(ABORT, '{refused}'); END"
        return [
            f"CREATE TRIGGER {name}_no_overlap_{what.lower()} BEFORE {what} ON {name} {then}"
            for what in ("INSERT", "UPDATE")
        ]
    function, raised = f"{name}_refuse_overlap()", "ERRCODE = 'integrity_constraint_violation'"
    body = f"BEGIN IF {counts} AND {other} THEN RAISE EXCEPTION '{refused}' USING {raised}; END IF; RETURN NEW; END"
    when = f"BEFORE INSERT OR UPDATE ON {name} FOR EACH ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name}_no_overlap {when} EXECUTE FUNCTION {function}",
    ]
