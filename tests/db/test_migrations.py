# SPDX-License-Identifier: EUPL-1.2
"""Migrations make exactly the tables that the code declares, on either engine."""

from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from tests.stores import Store, beside
from wijkbudget.app.tables import METADATA
from wijkbudget.db.migrate import configuration, migrate, newest, revision

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid), pg_get_functiondef(tgfoid) FROM pg_trigger"
    " WHERE NOT tgisinternal ORDER BY tgname",
}
CHECKS = {
    "sqlite": "SELECT name, (length(sql) - length(replace(sql, 'CHECK', ''))) / 5, sql LIKE '%WITHOUT ROWID%'"
    " FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version' ORDER BY name",
    "postgresql": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%' ORDER BY conname",
}


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Store:
    made: Store = request.getfixturevalue(f"{request.param}_store")
    return made


@pytest.fixture
def url(engine: Store) -> Iterator[str]:
    """Return an empty database without a table."""
    made = engine.make(tables=False)
    yield made
    engine.drop(made)


def found(connection: Connection, statements: dict[str, str]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(statements[connection.dialect.name]))]


class TestMigrate:
    def test_makes_what_the_code_declares(self, engine: Store, url: str) -> None:
        migrate(url)
        declared_url = engine.make()
        with beside(url) as made, beside(declared_url) as declared:
            assert compare_metadata(MigrationContext.configure(made), METADATA) == []
            assert found(made, TRIGGERS) == found(declared, TRIGGERS) != []
            assert found(made, CHECKS) == found(declared, CHECKS) != []
        engine.drop(declared_url)

    def test_does_nothing_the_second_time(self, url: str) -> None:
        migrate(url)
        migrate(url)
        with beside(url) as made:
            assert len(made.execute(text("SELECT version_num FROM alembic_version")).all()) == 1

    def test_knows_the_newest_and_that_of_a_database(self, url: str) -> None:
        assert newest() == ScriptDirectory.from_config(configuration(url)).get_current_head()
        assert revision(url) is None
        command.upgrade(configuration(url), "0001")
        assert revision(url) == "0001"
        migrate(url)
        assert revision(url) == newest()

    def test_keeps_the_people_and_the_codes_that_are_in_the_post(self, url: str) -> None:
        command.upgrade(configuration(url), "0001")
        somebody, now = "00000000000000000000000000000001", "2026-03-02 12:00:00"
        with beside(url) as before:
            before.execute(text(f"INSERT INTO person (id, name) VALUES ('{somebody}', 'Anna')"))
            values = f"'{somebody}', '{now}', '{now}'"
            columns = "hash, person_id, made_at, ends_at"
            before.execute(text(f"INSERT INTO login_code ({columns}, way) VALUES ('code', {values}, 'letter')"))
            before.execute(text(f"INSERT INTO login_session ({columns}) VALUES ('visit', {values})"))
            before.commit()
        migrate(url)
        with beside(url) as after:
            assert after.execute(text("SELECT name FROM person")).scalars().all() == ["Anna"]
            assert after.execute(text("SELECT hash, way FROM login_code")).all() == [("code", "letter")]
            assert after.execute(text("SELECT hash FROM login_session")).all() == []
