"""Brings a database to the newest shape, step by step."""

from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Run every migration that this database has not had yet; a new database gets them all."""
    command.upgrade(configuration(url), "head")


def configuration(url: str) -> Config:
    """Return how Alembic finds the migrations and the database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
