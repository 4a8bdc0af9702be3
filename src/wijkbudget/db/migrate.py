# SPDX-License-Identifier: EUPL-1.2
"""Brings a database to the newest shape, step by step."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import OperationalError

from wijkbudget.kit.errors import Unreachable

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Run every migration that this database has not had yet; a new database gets them all. Raises Unreachable."""
    try:
        if revision(url) != newest():
            _upgrade(url)
    except OperationalError as trouble:
        raise Unreachable from trouble


def newest() -> str:
    """Return the newest revision, as the name of its file begins."""
    return max(path.name for path in MIGRATIONS.glob("versions/*.py")).partition("_")[0]


def revision(url: str) -> str | None:
    """Return the revision that a database has; None for a new one. Raises OperationalError."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            is_new = not inspect(connection).has_table("alembic_version")
            return None if is_new else connection.scalar(text("SELECT version_num FROM alembic_version"))
    finally:
        engine.dispose()


def configuration(url: str) -> "Config":
    """Return how Alembic finds the migrations and the database."""
    # Here, for nearly every start finds the newest shape and does without Alembic.
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _upgrade(url: str) -> None:
    from alembic import command  # noqa: PLC0415 - as above

    command.upgrade(configuration(url), "head")
