"""Migrations make exactly the tables that the code declares."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text

from wijkbudget.app.tables import METADATA
from wijkbudget.db.migrate import migrate


def triggers(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
        return [(row.name, row.sql) for row in found]


def checks(engine: Engine) -> list[tuple[str, int, bool]]:
    """Return how many CHECKs each table has, and whether its rows have no number of their own."""
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        return [(row.name, row.sql.count("CHECK"), "WITHOUT ROWID" in row.sql) for row in found]


class TestMigrate:
    def test_makes_what_the_code_declares(self, tmp_path: Path, empty_database: Path) -> None:
        url = f"sqlite:///{tmp_path / 'migrated.db'}"
        migrate(url)
        made, declared = create_engine(url), create_engine(f"sqlite:///{empty_database}")
        with made.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert triggers(made) == triggers(declared)
        assert [row for row in checks(made) if row[0] != "alembic_version"] == checks(declared)
        made.dispose()
        declared.dispose()

    def test_does_nothing_the_second_time(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path / 'migrated.db'}"
        migrate(url)
        migrate(url)
        engine = create_engine(url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["0001"]
        engine.dispose()
