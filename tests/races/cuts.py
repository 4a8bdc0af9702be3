# SPDX-License-Identifier: EUPL-1.2
"""What a disk may hold after its power was cut: all that was synced, and of the rest any part, in any order, torn."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from tests.races.disk import ACKS

SECTOR_BYTES = 512
"""What a disk writes whole; a write of more can be torn."""


@dataclass
class _File:
    """What is safe of a file, and what was told since its last sync."""

    safe: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Where bytes were written; or, without bytes, where the file was cut off."""

    def sync(self) -> None:
        for told in self.waiting:
            _apply(self.safe, *told)
        self.waiting.clear()

    def after_cut(self, chance: random.Random, kept: float) -> bytes:
        """Return what may be left: of each sector any of what it held since the last sync."""
        left = bytearray(self.safe)
        for offset, content in self.waiting:
            if content is None:
                if chance.random() < kept:
                    _apply(left, offset, None)
                continue
            for start, end in _sectors(offset, len(content)):
                if chance.random() < kept:
                    _apply(left, offset + start, content[start:end])
        return bytes(left)


@dataclass(frozen=True)
class _Renaming:
    """A change of the names in a folder: one is gone, another came, or both at once."""

    gone: str | None
    came: str | None
    file: _File | None
    """What stands behind the new name; a folder has no file."""


@dataclass
class Platter:
    """Follows the log of a disk, and can say at any moment what a power cut would leave."""

    files: dict[str, _File] = field(default_factory=dict)
    """By their names as programs see them."""
    safe: dict[str, _File | None] = field(default_factory=dict)
    """The names that survive a cut; a folder has no file."""
    waiting: dict[str, list[_Renaming]] = field(default_factory=dict)
    """What was told about the names in each folder since its last sync."""
    told: bytearray = field(default_factory=bytearray)
    """What people were told, a line each, as it came to the disk: a line over the edge of a page comes in two parts."""

    @classmethod
    def of(cls, folder: Path) -> "Platter":
        """Return a disk on which all that is in a folder is safe."""
        made = cls()
        for place in folder.rglob("*"):
            path = f"/{place.relative_to(folder)}"
            if place.is_file():
                made.files[path] = _File(bytearray(place.read_bytes()))
            made.safe[path] = made.files.get(path)
        return made

    def follow(self, told: tuple[Any, ...]) -> None:
        """Take in one thing that the disk was told."""
        kind, path, *more = told
        if path == ACKS:
            self.told += more[1] if kind == "write" else b""
        elif kind in ("create", "mkdir", "unlink", "rename"):
            self._rename(kind, path, *more)
        elif kind == "write":
            self.files[path].waiting.append((more[0], more[1]))
        elif kind == "truncate":
            self.files[path].waiting.append((more[0], None))
        elif kind == "fsync":
            self.files[path].sync()
        else:
            assert kind == "fsyncdir", kind
            _settle(self.safe, self.waiting.pop(path, []))

    @property
    def acks(self) -> list[str]:
        """Return every whole line that people were told."""
        return self.told.decode().split("\n")[:-1]

    def cut(self, folder: Path, chance: random.Random) -> None:
        """Write to an empty folder what a power cut now may leave."""
        kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        names = dict(self.safe)
        for waiting in self.waiting.values():
            # A journal keeps the names of a folder in order, up to some moment.
            _settle(names, waiting[: chance.randint(0, len(waiting))])
        for path, file in sorted(names.items(), key=lambda each: each[0].count("/")):
            place = folder / path.lstrip("/")
            if not place.parent.is_dir():
                continue  # the folder that it was in is lost, and all that was in it
            if file is None:
                place.mkdir(exist_ok=True)
            else:
                place.write_bytes(file.after_cut(chance, kept))

    def _rename(self, kind: str, path: str, new: str | None = None) -> None:
        """Change a name: for programs now, and after a cut perhaps."""
        gone = None if kind in ("create", "mkdir") else path
        came = None if kind == "unlink" else new or path
        file = self.files.pop(path, None) if gone else _File() if kind == "create" else None
        if came and file:
            self.files[came] = file
        self.waiting.setdefault(str(PurePosixPath(path).parent), []).append(_Renaming(gone, came, file))


def _settle(names: dict[str, _File | None], waiting: Iterable[_Renaming]) -> None:
    """Let names be as they were told to be."""
    for each in waiting:
        if each.gone:
            names.pop(each.gone, None)
        if each.came:
            names[each.came] = each.file


def _apply(content: bytearray, offset: int, written: bytes | None) -> None:
    if written is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(written)] = written


def _sectors(offset: int, length: int) -> Iterable[tuple[int, int]]:
    """Yield the parts of a write that lie in one sector each."""
    start = 0
    while start < length:
        end = min(length, start + SECTOR_BYTES - (offset + start) % SECTOR_BYTES)
        yield start, end
        start = end
