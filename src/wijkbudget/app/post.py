"""Prints letters to a folder, from which the municipality's post room sends them."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Post:
    """The folder of letters that wait for the post room."""

    folder: Path

    def print_letter(self, letter: dict[str, Any]) -> None:
        """Write one letter as text; the same letter printed twice is one file. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(json.dumps(letter, sort_keys=True).encode()).hexdigest()[:24]
        path = self.folder / f"{name}.txt"
        text = "\n".join([*letter["to"], "", letter["title"], "", *letter["lines"], "", f"Code: {letter['code']}", ""])
        half = path.with_suffix(".half")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
