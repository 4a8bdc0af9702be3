# SPDX-License-Identifier: EUPL-1.2
"""Runs migrations for Alembic, in one transaction each."""

from typing import Literal

from alembic import context
from sqlalchemy import create_engine

_config = context.config


def _plain(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write column types in a migration as SQLAlchemy's own, so that old migrations need no code of ours."""
    if kind == "type" and type(item).__module__.startswith(("wijkbudget", "sqlmodel")):
        return {"Utc": "sa.DateTime(timezone=True)"}.get(type(item).__name__, "sa.String()")
    return False


_engine = create_engine(_config.get_main_option("sqlalchemy.url", ""))

with _engine.connect() as _connection:
    if _connection.dialect.name == "postgresql":
        # Processes that start together wait for each other; the lock goes with the connection.
        _connection.exec_driver_sql("SELECT pg_advisory_lock(hashtext('wijkbudget migrations'))")
        _connection.commit()
    context.configure(
        connection=_connection,
        target_metadata=_config.attributes.get("metadata"),
        render_as_batch=True,
        render_item=_plain,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()

_engine.dispose()
