# SPDX-License-Identifier: EUPL-1.2
"""The house after the demo's year, made once for all tests of the whole house."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.app.house import House, fill, looking, note_changes
from tests.app.knocking import Knocker
from tests.conftest import ORIGIN, Clock, desk_of
from tests.stores import Store, opened
from wijkbudget.app import demo
from wijkbudget.app.asgi import make_app
from wijkbudget.db.database import open_database


@dataclass
class Built:
    """The house, closed: where its database and files are, and who is who in it."""

    url: str
    folder: Path
    house: House


@pytest.fixture(scope="session")
def built(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the house once; nobody opens it again, so that it can be copied."""
    folder, url = tmp_path_factory.mktemp("house"), store.make()
    database = open_database(url)
    desk = desk_of(database, folder, Clock())
    knocker = Knocker(make_app(desk, origin=ORIGIN), desk)
    with looking(url) as beside:
        house = fill(desk, knocker, demo.play(desk), beside)
        note_changes(beside)
    knocker.close()
    database.close()
    return Built(url, folder, house)


def _moved_in(built: Built, store: Store, folder: Path) -> Iterator[House]:
    """Open a copy of the house, with a clock of its own."""
    shutil.copytree(built.folder, folder, dirs_exist_ok=True)
    url = store.copy(built.url)
    with opened(store, url) as database, looking(url) as beside:
        desk = replace(desk_of(database, folder, Clock()), entropy=built.house.desk.entropy)
        knocker = Knocker(make_app(desk, origin=ORIGIN), desk)
        yield replace(built.house, desk=desk, knocker=knocker, beside=beside, tokens={})
        knocker.close()


@pytest.fixture(scope="session")
def house(built: Built, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return the house that every test of a session shares."""
    yield from _moved_in(built, store, tmp_path_factory.mktemp("shared-house"))


@pytest.fixture
def copy(built: Built, store: Store, tmp_path: Path) -> Iterator[House]:
    """Return a copy of the house, with a clock of its own, that may be changed."""
    yield from _moved_in(built, store, tmp_path)
