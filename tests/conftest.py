# SPDX-License-Identifier: EUPL-1.2
"""What tests stand on: a database of their own, a desk, a clock that can be set, and a browser without a browser."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import pytest
from litestar.testing import TestClient
from litestar.types import ASGIApp

from tests import servers
from tests.stores import CHOSEN, PostgresStore, SqliteStore, Store, opened
from tests.worlds import open_session
from wijkbudget.app.asgi import make_app
from wijkbudget.app.compiled import keep_compiled
from wijkbudget.db.database import Database, open_database
from wijkbudget.db.files import Files
from wijkbudget.identity.logins.providers import Providers
from wijkbudget.identity.logins.settings import ProviderSettings
from wijkbudget.kit.actor import SYSTEM, Actor
from wijkbudget.payments.providers.port import Provider
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.keyring import Keyring

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ORIGIN = "http://testserver.local"
PURE = (
    "test_rules",
    "test_chart",
    "test_ballots",
    "test_tallies",
    "test_pabulib",
    "test_rulebook",
    "test_merkle",
    "test_codes",
    "test_by_law",
)
keep_compiled(Path("var"))
"""So that loops are compiled once, and not in each worker."""

MEMORY, ROOM_BYTES = Path("/dev/shm"), 4 * 2**30
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
    # Each act waits for the disk, and that is a third of the time that tests take; those of races do wait.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

Built = TypeVar("Built")

DRAWN = 1_000_000
"""How much chance what was built took at most, so that a copy goes on from there."""

LONG = ("stories", "races", "ledger")
"""Folders with tests that take long: they begin first, so that the workers end together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that touch no database, clock, network or file, and let the long ones begin."""
    for item in items:
        if item.path.stem in PURE:
            item.add_marker("pure")
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: int) -> None:
        """Move on by days, hours or minutes."""
        self.now += timedelta(**span)


@dataclass
class Entropy:
    """Random bytes that are the same in every run."""

    drawn: int = field(default=0)

    def __call__(self, count: int) -> bytes:
        self.drawn += 1
        return sha256(str(self.drawn).encode()).digest()[:count]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the URL of a PostgreSQL server; where there is none these tests are skipped, but in CI they fail."""
    if named := servers.named():
        yield named
        return
    with servers.throwaway() as cluster:
        if cluster is None:
            do_without("no PostgreSQL here; install it, or name one in WIJKBUDGET_TEST_POSTGRES")
        yield cluster.url


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    return SqliteStore(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_store(postgres: str) -> Iterator[PostgresStore]:
    store = PostgresStore(postgres)
    yield store
    store.close()


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest) -> Store:
    """Return where databases are made, of the engine that this run was started for."""
    made: Store = request.getfixturevalue(f"{CHOSEN}_store")
    return made


def do_without(missing: str) -> NoReturn:
    """Skip a test for what is missing on this machine; in CI nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder with real elections; without it these tests are skipped, but in CI they fail."""
    folder = Path(os.environ.get("WIJKBUDGET_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not (folder / "pabulib").is_dir():
        do_without("no real elections here; name their folder in WIJKBUDGET_DATA")
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


def desk_of(database: Database, folder: Path, clock: Clock, drawn: int = 0) -> Desk:
    """Return the desk of a house with this database, with the house itself standing at it."""
    return Desk(
        database=database,
        keys=Keyring(b"k" * 32),
        files=Files(folder / "files"),
        actor=SYSTEM,
        clock=clock,
        entropy=Entropy(drawn),
    )


def built_once(store: Store, folder: Path, build: Callable[[Desk], Built]) -> tuple[str, Built]:
    """Return a database to be copied, in which something that takes time was built once, and what it was."""
    url = store.make()
    with closing(open_database(url)) as database:
        return url, build(desk_of(database, folder, Clock()))


@pytest.fixture(scope="session")
def built() -> tuple[str, Any] | None:
    """Build nothing; tests that begin with the same people have one of their own, with `built_once`."""
    return None


@pytest.fixture
def desk(built: tuple[str, Any] | None, store: Store, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Return the desk of an empty house, or of a copy of what was built, with the house itself standing at it."""
    with opened(store, store.copy(built[0])) if built else store.empty() as database:
        yield desk_of(database, tmp_path, clock, drawn=DRAWN if built else 0)


class Browser:
    """Asks pages and the API as one person; knows the token and reference that forms carry."""

    def __init__(self, client: TestClient[Any], desk: Desk) -> None:
        self.client = client
        self.desk = desk
        self.keys = 0

    def log_in(self, actor: Actor) -> None:
        """Come in as somebody, through a session of their own."""
        token = self.desk.act(open_session, actor.id)
        self.client.cookies.set("session", token)

    def log_out(self) -> None:
        """Go on as a guest."""
        self.client.cookies.clear()

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, follow_redirects=False, **more)

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> Any:
        """Send a form as the pages of this session would."""
        self.keys += 1
        token = self.client.cookies.get("session")
        carried = {"reference": f"form-{self.keys}"}
        if token:
            carried["csrf_token"] = self.desk.keys.keyed_hash("csrf", token)
        return self.client.post(
            path,
            data={**carried, **(fields or {})},
            headers={"Origin": ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}
            if "files" not in more
            else {"Origin": ORIGIN},
            follow_redirects=False,
            **more,
        )

    def send(self, path: str, body: Any = None, *, method: str = "POST", key: str | None = None) -> Any:
        """Send JSON to the API, with an idempotency key of its own."""
        self.keys += 1
        headers = {"Origin": ORIGIN, "Idempotency-Key": key or f"json-{self.keys}"}
        return self.client.request(method, path, json=body, headers=headers)


class Lent:
    """Stands in for one part of a desk, and passes everything on to that of the test that runs."""

    def __init__(self) -> None:
        self.of: Any = None

    def __getattr__(self, name: str) -> Any:  # noqa: D105 - the docstring of the class says it
        return getattr(self.of, name)

    def __call__(self, *given: Any) -> Any:
        return self.of(*given)


class Front:
    """One application for all tests, as making it takes a second; each test puts its own desk behind it."""

    def __init__(self) -> None:
        self.parts: dict[str, Any] = {name: Lent() for name in ("database", "keys", "files", "clock", "entropy")}
        self.app = make_app(Desk(actor=SYSTEM, **self.parts), origin=ORIGIN)

    def before(
        self, desk: Desk, *, providers: Sequence[ProviderSettings] = (), payments: Provider | None = None
    ) -> ASGIApp:
        """Return the application, with this desk behind it, and those who vouch for people and take gifts."""
        for name, part in self.parts.items():
            part.of = getattr(desk, name)
        inside = self.app.app.app
        inside.state.providers = Providers(providers, ORIGIN, desk)
        inside.state.payments = payments
        inside.state.kept.forget()
        self.app.tones.forget()
        return self.app


@pytest.fixture(scope="session")
def front() -> Front:
    return Front()


@pytest.fixture
def client(desk: Desk, front: Front) -> Iterator[Browser]:
    with TestClient(front.before(desk), base_url=ORIGIN) as client:
        yield Browser(client, desk)
