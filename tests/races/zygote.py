# SPDX-License-Identifier: EUPL-1.2
"""Starts servers in no time: imports the house and makes the application once, and forks a server whenever asked.

Run as a program: it writes a line when it is ready, and for each line that it reads it forks a server and writes its
process id. Only the database, the keys and the files are opened after the fork, as threads would not survive it.
"""

import gc
import os
import signal
import sys
from urllib.parse import urlsplit

import uvicorn

from tests.conftest import Lent
from wijkbudget.app import house
from wijkbudget.app.asgi import make_app
from wijkbudget.app.settings import from_environment
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail.desk import Desk


def main() -> None:
    """Fork a server for each line that is read."""
    settings = from_environment()
    parts = {name: Lent() for name in ("database", "keys", "files", "clock", "entropy")}
    desk = Desk(actor=SYSTEM, **parts)
    app = make_app(desk, origin=settings.origin, jobs=house.jobs(desk, settings))
    with house.open_house(settings):
        pass  # what opening imports and compiles is then there for each server
    gc.freeze()
    # Nobody waits for a server that was killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _say("ready")
    for _line in sys.stdin:
        child = os.fork()
        if child:
            _say(str(child))
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # Whoever started us waits for the end of what we write; a server that still runs must not hold that up.
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, sys.stdin.fileno())
        os.dup2(null, sys.stdout.fileno())
        with house.open_house(settings) as opened:
            for name, part in parts.items():
                part.of = getattr(opened, name)
            port = urlsplit(settings.origin).port
            uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
        os._exit(0)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
