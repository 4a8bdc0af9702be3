"""The house after the demo's year, made once for all tests of the whole house."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.app.house import House, fill
from tests.app.knocking import Knocker
from tests.conftest import ORIGIN, Clock, Entropy
from wijkbudget.app import demo
from wijkbudget.app.asgi import make_app
from wijkbudget.db.database import open_database
from wijkbudget.db.files import Files
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.keyring import Keyring


@pytest.fixture(scope="session")
def house(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return the house that every test of a session shares."""
    folder = tmp_path_factory.mktemp("house")
    path = Path(shutil.copy(empty_database, folder / "house.db"))
    database = open_database(f"sqlite:///{path}")
    desk = Desk(
        database=database,
        keys=Keyring(b"k" * 32),
        files=Files(folder / "files"),
        actor=SYSTEM,
        clock=Clock(),
        entropy=Entropy(),
    )
    codes = demo.play(desk)
    knocker = Knocker(make_app(desk, origin=ORIGIN), desk)
    house = fill(desk, knocker, codes, path)
    yield house
    house.file.close()
    knocker.close()
    database.close()


@pytest.fixture
def copy(house: House, tmp_path: Path) -> Iterator[House]:
    """Return a copy of the house, with a clock of its own, that may be changed."""
    path = tmp_path / "house.db"
    file = sqlite3.connect(path, check_same_thread=False)
    house.file.backup(file)
    database = open_database(f"sqlite:///{path}")
    shutil.copytree(house.desk.files.folder, tmp_path / "files")
    files = replace(house.desk.files, folder=tmp_path / "files")
    desk = replace(house.desk, database=database, files=files, clock=Clock())
    knocker = Knocker(make_app(desk, origin=ORIGIN), desk)
    yield replace(house, desk=desk, knocker=knocker, file=file, tokens=dict(house.tokens))
    file.close()
    knocker.close()
    database.close()
