"""What tests stand on: a database of their own, a desk, a clock that can be set, and a browser without a browser."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import create_engine

from tests.worlds import open_session
from wijkbudget.app.asgi import make_app
from wijkbudget.app.tables import METADATA
from wijkbudget.db.database import open_database
from wijkbudget.db.files import Files
from wijkbudget.kit.actor import SYSTEM, Actor
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
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that touch no database, clock, network or file."""
    for item in items:
        if item.path.stem in PURE:
            item.add_marker("pure")


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
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with every table and no row, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = create_engine(f"sqlite:///{path}")
    METADATA.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder with real elections; without it these tests are skipped, but in CI they fail."""
    folder = Path(os.environ.get("WIJKBUDGET_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not (folder / "pabulib").is_dir():
        missing = "no real elections here; name their folder in WIJKBUDGET_DATA"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(empty_database: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Return the desk with the house itself standing at it."""
    path = shutil.copy(empty_database, tmp_path / "test.db")
    database = open_database(f"sqlite:///{path}")
    yield Desk(
        database=database,
        keys=Keyring(b"k" * 32),
        files=Files(tmp_path / "files"),
        actor=SYSTEM,
        clock=clock,
        entropy=Entropy(),
    )
    database.close()


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


@pytest.fixture
def client(desk: Desk) -> Iterator[Browser]:
    with TestClient(make_app(desk, origin=ORIGIN), base_url=ORIGIN) as client:
        yield Browser(client, desk)
