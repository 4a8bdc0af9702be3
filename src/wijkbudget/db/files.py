"""Files kept by their own hash, outside the database: the same bytes are the same file."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Files:
    """A folder of files; each is named after the SHA-256 of what is in it."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep the bytes so that they survive a power cut, and return their SHA-256 in hexadecimal."""
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        if path.exists():
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return name

    def read(self, name: str) -> bytes | None:
        """Return the bytes with this SHA-256, or None if they are not here."""
        path = self._path(name)
        return path.read_bytes() if path.exists() else None

    def _path(self, name: str) -> Path:
        assert name.isalnum()
        return self.folder / name[:2] / name
