# SPDX-License-Identifier: EUPL-1.2
"""The house after the demo's year, made once for all tests of the whole house."""

import fcntl
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.app.house import House, fill, looking, note_changes
from tests.app.knocking import Knocker
from tests.conftest import Clock, Front, desk_of
from tests.stores import Store, opened
from wijkbudget.app import demo
from wijkbudget.db.database import open_database
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.payments.providers import provider_of
from wijkbudget.payments.providers.settings import PaymentSettings

PROVIDER = provider_of(
    PaymentSettings(provider="stripe", key="sk_test_wijk", webhook_secrets=["whsec_wijk"], address="http://127.0.0.1:9")
)
"""Who takes gifts here; nobody answers, for asking is an errand, and errands are not run."""


@dataclass
class Built:
    """The house, closed: where its database and files are, and who is who in it."""

    url: str
    folder: Path
    actors: dict[tuple[Role, str], Actor]
    codes: list[str]
    drawn: int
    """How much chance it took, so that a copy goes on from there."""


@pytest.fixture(scope="session")
def built_house(
    request: pytest.FixtureRequest, store: Store, tmp_path_factory: pytest.TempPathFactory, front: Front
) -> Built:
    """Build the house once; nobody opens it again, so that it can be copied, also by the other workers."""
    if not (store.is_shared and hasattr(request.config, "workerinput")):
        return _build(store, tmp_path_factory.mktemp("house"), front)
    shared = tmp_path_factory.getbasetemp().parent / "built-house"
    with _alone(shared.with_suffix(".lock")):
        if not shared.exists():
            built = _build(store, tmp_path_factory.mktemp("house"), front)
            shared.write_bytes(pickle.dumps(built))
        made: Built = pickle.loads(shared.read_bytes())
        return made


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Wait until no other worker is here."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(store: Store, folder: Path, front: Front) -> Built:
    url = store.make()
    database = open_database(url)
    desk = desk_of(database, folder, Clock())
    knocker = Knocker(front.before(desk, payments=PROVIDER), desk)
    with looking(url) as beside:
        house = fill(desk, knocker, demo.play(desk), beside)
        note_changes(beside)
    knocker.close()
    database.close()
    return Built(url, folder, house.actors, house.codes, desk.entropy.drawn)


def _moved_in(built: Built, store: Store, folder: Path, front: Front) -> Iterator[House]:
    """Open a copy of the house, with a clock of its own."""
    shutil.copytree(built.folder, folder, dirs_exist_ok=True)
    url = store.copy(built.url)
    with opened(store, url) as database, looking(url) as beside:
        desk = desk_of(database, folder, Clock(), built.drawn)
        knocker = Knocker(front.before(desk, payments=PROVIDER), desk)
        yield House(desk, knocker, list(built.codes), beside, dict(built.actors))
        knocker.close()


@pytest.fixture(scope="session")
def house(built_house: Built, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return the house that every test of a session shares, with an application of its own."""
    yield from _moved_in(built_house, store, tmp_path_factory.mktemp("shared-house"), Front())


@pytest.fixture
def copy(built_house: Built, store: Store, tmp_path: Path, front: Front) -> Iterator[House]:
    """Return a copy of the house, with a clock of its own, that may be changed."""
    yield from _moved_in(built_house, store, tmp_path, front)
