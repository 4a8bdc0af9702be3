# SPDX-License-Identifier: EUPL-1.2
"""Mounts a folder on a disk that keeps a log of what it was told, and reads that log."""

import importlib
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

MOUNTS_SECONDS = 60
ACKS = "/acks"
"""A file that no crash reaches: what is written to it was confirmed to somebody, at that moment of the log."""


def is_here() -> bool:
    """Return whether folders can be mounted here."""
    try:
        importlib.import_module("mfusepy")  # looks for libfuse
    except (ImportError, OSError, AttributeError):
        return False
    return os.access("/dev/fuse", os.R_OK | os.W_OK) and os.geteuid() == 0


@contextmanager
def mounted(folder: Path, at: Path, log: Path) -> Iterator[None]:
    """Mount a folder at another place, with a log of all that is done there."""
    command = [sys.executable, "-m", "tests.races.passing", str(folder), str(at), str(log)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as program:
        try:
            deadline = time.monotonic() + MOUNTS_SECONDS
            while not at.is_mount():
                assert program.poll() is None, "the disk was not mounted"
                assert time.monotonic() < deadline, "the disk is not mounted"
                time.sleep(0.01)
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(at)], check=True)
            try:
                program.wait(MOUNTS_SECONDS)
            except subprocess.TimeoutExpired:
                # Somebody still holds a file there, because a test broke; it must not wait for ever.
                program.kill()
                raise


def read_log(log: Path) -> Iterator[tuple[Any, ...]]:
    """Yield what a disk was told, in order."""
    with log.open("rb") as file, suppress(EOFError):
        while True:
            yield pickle.load(file)
