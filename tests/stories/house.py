# SPDX-License-Identifier: EUPL-1.2
"""The house of a story: empty at first, served on a free loopback port, with a clock that the story sets."""

import re
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

import uvicorn
from litestar.types import ASGIApp

from tests.conftest import Clock
from tests.worlds import open_session
from wijkbudget.app import house
from wijkbudget.app.asgi import make_app
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.proof import first_fault
from wijkbudget.app.settings import Settings
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service
from wijkbudget.identity.logins.settings import ProviderSettings
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.faults import Fault
from wijkbudget.neighbourhoods import seed as municipality
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, question

PLACE = "west"
BEGINS_ON = date(2026, 1, 12)

_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


@dataclass(frozen=True)
class Letter:
    """What the post room found in the folder."""

    addressee: str
    title: str
    code: str


@dataclass
class House:
    """What happens outside the pages: the clock, the jobs, the post room and the desk of the municipality."""

    desk: Desk
    clock: Clock
    jobs: Jobs
    post: Path
    origin: str
    read: set[Path] = field(default_factory=set)

    def founds_the_municipality(self) -> None:
        """Found Meerwijk, as the command line does."""
        municipality.found(self.desk)

    def appoints_an_administrator(self, name: str) -> str:
        """Return the login code of the first administrator, of the whole municipality."""
        person = self.desk.act(service.appoint, AddPerson(name=name, role=Role.ADMINISTRATOR)).person
        return self.desk.act(service.prove_at_desk, PLACE, UUID(person.id)).code

    def lets_it_be(self, day: date) -> None:
        """Let it be noon on a day, and let the house do what is due."""
        self.clock.now = datetime.combine(day, time(12), UTC)
        self.jobs.run_once()

    def letters(self) -> list[Letter]:
        """Return the letters that came since the last time."""
        self.jobs.run_once()
        found = sorted(set(self.post.glob("*.txt")) - self.read)
        self.read.update(found)
        return [_letter(path.read_text()) for path in found]

    def mailed_code(self) -> str:
        """Return the code in the e-mail that came last."""
        self.jobs.run_once()
        newest = max((self.post.parent / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        found = _CODE.search(newest.read_text())
        assert found, "an e-mail without a code"
        return found[0]

    def hands_a_code_to(self, name: str) -> str:
        """Return a fresh login code for somebody who comes to the desk."""
        return self.desk.act(service.prove_at_desk, PLACE, self.desk.ask(person_called, PLACE, name)).code

    def visit_of(self, name: str) -> str:
        """Return the token of a visit of somebody, with the second step taken."""
        return self.desk.act(open_session, str(self.desk.ask(person_called, PLACE, name)))

    def fault(self) -> Fault | None:
        """Return the first thing that is not as it must be."""
        return self.desk.ask(first_fault)


@question(may(Role.SYSTEM))
def person_called(look: Look, place: str, name: str) -> UUID:
    """Return who has a name, among the residents of a place and those with a role in it."""
    residents = [one.person_id for one in identity.residents(look, place, look.today, 0)]
    names = identity.names(look, [*residents, *(grant.person.id for grant in identity.grants(look, place))])
    return next(UUID(person_id) for person_id, called in names.items() if called == name)


@contextmanager
def open_house(folder: Path, providers: Sequence[ProviderSettings] = ()) -> Iterator[House]:
    """Open an empty house in a folder of its own, and serve it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = Settings(folder=folder, database_url=f"sqlite:///{folder / 'story.db'}", origin=origin)
        with house.open_house(settings) as opened:
            clock = Clock(datetime.combine(BEGINS_ON, time(12), UTC))
            desk = replace(opened, clock=clock)
            with _served(make_app(desk, origin=origin, providers=providers), listening):
                yield House(desk, clock, house.jobs(desk, settings), settings.post, origin)


@contextmanager
def _served(app: ASGIApp, listening: socket.socket) -> Iterator[None]:
    """Serve the pages in a thread until the story is over."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _letter(text: str) -> Letter:
    address, title, *_lines = text.split("\n\n")
    code = _CODE.search(text)
    assert code, f"a letter without a code:\n{text}"
    return Letter(addressee=address.splitlines()[0], title=title, code=code[0])
