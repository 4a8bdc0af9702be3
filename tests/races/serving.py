# SPDX-License-Identifier: EUPL-1.2
"""Serves a house for a crowd: as its keeper starts it, or forked in no time by a zygote."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.races.crowd import ANSWERS_SECONDS, Crowd

CHECKOUT = Path(__file__).parents[2]


def environment(crowd: Crowd) -> dict[str, str]:
    """Return the settings of the house of a crowd, for a program."""
    return {
        **os.environ,
        "PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}",
        "WIJKBUDGET_FOLDER": str(crowd.settings.folder),
        "WIJKBUDGET_DATABASE_URL": crowd.settings.database_url,
        "WIJKBUDGET_ORIGIN": crowd.settings.origin,
    }


@contextmanager
def served(crowd: Crowd) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the server as its keeper does, wait until it answers, and kill it at the end if it still runs."""
    port = str(urlsplit(crowd.settings.origin).port)
    command = [sys.executable, "-m", "wijkbudget.app.cli", "serve", "--port", port]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment(crowd), stdout=quiet, stderr=quiet) as server:
        try:
            crowd.wait_until_answered()
            yield server
        finally:
            server.kill()


@dataclass
class Zygote:
    """A program that has imported the house, and forks a server of it whenever asked."""

    program: "subprocess.Popen[str]"
    crowd: Crowd

    @contextmanager
    def served(self) -> Iterator[int]:
        """Fork a server, wait until it answers, give its process id, and kill it at the end if it still runs."""
        assert self.program.stdin is not None
        print(file=self.program.stdin, flush=True)
        server = int(self.line())
        try:
            self.crowd.wait_until_answered()
            yield server
        finally:
            kill(server)

    def line(self) -> str:
        """Return the next line that it writes."""
        assert self.program.stdout is not None
        return self.program.stdout.readline()


@contextmanager
def zygote(crowd: Crowd, log: Path) -> Iterator[Zygote]:
    """Start the program that forks servers for the house of a crowd; what they log is kept."""
    command = [sys.executable, "-m", "tests.races.zygote"]
    pipe = subprocess.PIPE
    with (
        log.open("w") as kept,
        subprocess.Popen(
            command, env=environment(crowd), cwd=CHECKOUT, stdin=pipe, stdout=pipe, stderr=kept, text=True
        ) as program,
    ):
        made = Zygote(program, crowd)
        try:
            assert made.line() == "ready\n", log.read_text()
            yield made
        finally:
            program.kill()


def kill(process: int) -> None:
    """Kill a process that is no child of ours, and wait until it is gone."""
    deadline = time.monotonic() + ANSWERS_SECONDS
    with suppress(ProcessLookupError):
        while True:
            os.kill(process, signal.SIGKILL)
            assert time.monotonic() < deadline, "the process does not die"
            time.sleep(0.002)
