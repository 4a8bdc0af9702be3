# SPDX-License-Identifier: EUPL-1.2
"""Brings a database to the newest shape, step by step."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from wijkbudget.kit.errors import Unreachable
from wijkbudget.kit.text import _

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Run every migration that this database has not had yet; a new database gets them all. Raises Unreachable."""
    try:
        command.upgrade(configuration(url), "head")
    except OperationalError as trouble:
        sentence = _("We cannot reach our records now. Nothing was changed. Try again in a moment.")
        raise Unreachable(sentence) from trouble


def configuration(url: str) -> Config:
    """Return how Alembic finds the migrations and the database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
