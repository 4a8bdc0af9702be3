# SPDX-License-Identifier: EUPL-1.2
"""Prints letters to a folder, from which the municipality's post room sends them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from wijkbudget.db.files import write_whole
from wijkbudget.trail.desk import Desk

KEPT_DAYS = 30
"""Choice: the post room has a month; after that a letter is thrown away, because it holds an address and a code."""


@dataclass(frozen=True)
class Post:
    """The folder of letters that wait for the post room."""

    folder: Path

    def print_letter(self, letter: dict[str, Any]) -> None:
        """Write one letter as text; the same letter printed twice is one file. Raises OSError."""
        code = [f"Code: {letter['code']}", ""] if "code" in letter else []
        text = "\n".join([*letter["to"], "", letter["title"], "", *letter["lines"], "", *code])
        write_whole(self.folder / f"{name_of(letter)}.txt", text.encode())

    def lay_down(self, name: str, content: bytes) -> None:
        """Write a file of letters that was set elsewhere; the same one twice is one file. Raises OSError."""
        write_whole(self.folder / name, content)

    def throw_away(self, desk: Desk) -> None:
        """Delete the letters that lay here too long."""
        oldest = (desk.clock() - timedelta(days=KEPT_DAYS)).timestamp()
        for letter in self.folder.glob("*"):
            if letter.stat().st_mtime < oldest:
                letter.unlink(missing_ok=True)


def name_of(payload: dict[str, Any]) -> str:
    """Return a name that is the same for the same letter or mail, and tells nothing of it."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:24]
