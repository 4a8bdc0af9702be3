# SPDX-License-Identifier: EUPL-1.2
"""Serves the real application in a process of its own, with two routes more that do nothing."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from litestar import Controller, get, post
from litestar.params import JSONBody

from wijkbudget.app import house
from wijkbudget.app.asgi import make_app
from wijkbudget.app.handlers import HANDLERS
from wijkbudget.app.settings import Settings, from_environment
from wijkbudget.http.desk import does
from wijkbudget.kit.fields import Command, View

NOTHING = "/api/v1/nothing"
PORT = 8765
_START_SECONDS_MAX = 60


class Small(Command):
    """A small body."""

    text: str


class Nothing(View):
    """A small answer."""

    text: str


class DoNothing(Controller):
    """What the server costs when the house does nothing."""

    path = NOTHING

    @post("/", status_code=200, opt=does(anonymous=True))
    async def post_nothing(self, data: JSONBody[Small]) -> Nothing:
        """Read a small body and answer it."""
        return Nothing(text=data.text)

    @get("/", opt=does(anonymous=True))
    async def get_nothing(self) -> Nothing:
        """Answer."""
        return Nothing(text="nothing")


@contextmanager
def serving(settings: Settings, *command: str) -> Iterator[float]:
    """Start a server, wait for its first page and give the seconds that took; stop it afterwards."""
    environment = {
        **os.environ,
        "WIJKBUDGET_FOLDER": str(settings.folder),
        "WIJKBUDGET_DATABASE_URL": settings.database_url,
        "WIJKBUDGET_ORIGIN": settings.origin,
    }
    began = time.perf_counter()
    log = (settings.folder / "server.log").open("ab")
    server = subprocess.Popen([sys.executable, "-m", *command], env=environment, stdout=log, stderr=log)  # noqa: S603 - our own program
    try:
        while not _answers(settings.origin):
            assert server.poll() is None, "the server stopped"
            assert time.perf_counter() - began < _START_SECONDS_MAX, "the server does not start"
        yield time.perf_counter() - began
    finally:
        server.terminate()
        server.wait()
        log.close()


def _answers(origin: str) -> bool:
    try:
        with urllib.request.urlopen(f"{origin}/", timeout=_START_SECONDS_MAX):  # noqa: S310 - our own address
            return True
    except OSError:
        time.sleep(0.02)
        return False


def main() -> None:
    """Serve until stopped, as `wijkbudget serve` does but for the jobs."""
    settings = from_environment(PORT)
    with house.open_house(settings) as desk:
        app = make_app(desk, origin=settings.origin, handlers=[*HANDLERS, DoNothing])
        uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    main()
