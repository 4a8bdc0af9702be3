# SPDX-License-Identifier: EUPL-1.2
"""Files kept by their own hash, outside the database: the same bytes are the same file."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Files:
    """A folder of files; each is named after the SHA-256 of what is in it."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep the bytes so that they survive a power cut, and return their SHA-256 in hexadecimal. Raises OSError."""
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if path.exists():
            return name
        # Two houses may put the same bytes at the same moment, so each writes its own half.
        write_whole(path, content, half=f".{os.getpid()}")
        # The folders may be as new as the file, and what is in a folder is lost with it.
        for folder in (self.folder, self.folder.parent):
            _sync(folder)
        return name

    def read(self, name: str) -> bytes | None:
        """Return the bytes with this SHA-256, or None if they are not here."""
        path = self.path(name)
        return path.read_bytes() if path.exists() else None

    def names(self) -> Iterator[str]:
        """Yield the SHA-256 of every file that is here."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.suffix:
                yield path.name

    def path(self, name: str) -> Path:
        """Return where the bytes with this SHA-256 stand, if they are here."""
        assert name.isalnum()
        return self.folder / name[:2] / name

    def drawer(self, name: str) -> "Drawer":
        """Return a folder beside this one, for files that do not stay; no backup holds them."""
        assert name.isalnum()
        return Drawer(self.folder.parent / name)


@dataclass(frozen=True)
class Drawer:
    """A folder of files under names of our choice, each whole or not there, that are thrown away again."""

    folder: Path

    def put(self, name: str, content: bytes) -> None:
        """Keep a file, readable by its owner only, instead of an earlier one with this name. Raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.path(name), content)

    def read(self, name: str) -> bytes | None:
        """Return a file, or None if it is not here."""
        path = self.path(name)
        return path.read_bytes() if path.exists() else None

    def names(self) -> Iterator[str]:
        """Yield the name of every file that is here, also of one that was left half written."""
        for path in sorted(self.folder.glob("*")):
            yield path.name

    def remove(self, name: str) -> None:
        """Throw a file away; does nothing if it is not here."""
        self.path(name).unlink(missing_ok=True)

    def path(self, name: str) -> Path:
        """Return where a file stands, if it is here."""
        assert name.replace("-", "").removesuffix(".half").isalnum()
        return self.folder / name


def write_whole(path: Path, content: bytes, *, half: str = ".half") -> None:
    """Write a file whole or not at all, for its owner only, so that it survives a power cut. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(half)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # On a full disk half a file would take the last room.
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
