# SPDX-License-Identifier: EUPL-1.2
"""The folder of the post room: a letter is there until it is sent, and never for long."""

import os
from pathlib import Path

from tests.conftest import Clock
from wijkbudget.app.post import Post
from wijkbudget.trail.desk import Desk

LETTER = {"to": ["Anna Bakker", "9901 AA, 1"], "title": "Stem mee", "lines": ["Ga naar /stemmen."], "code": "7K3M"}


class TestLetters:
    def test_are_printed_once_with_name_and_code(self, tmp_path: Path) -> None:
        post = Post(tmp_path / "post")
        post.print_letter(LETTER)
        post.print_letter(LETTER)
        [printed] = post.folder.iterdir()
        assert printed.read_text() == "Anna Bakker\n9901 AA, 1\n\nStem mee\n\nGa naar /stemmen.\n\nCode: 7K3M\n"
        assert printed.stat().st_mode & 0o777 == 0o600

    def test_are_thrown_away_after_thirty_days(self, desk: Desk, clock: Clock, tmp_path: Path) -> None:
        post = Post(tmp_path / "post")
        post.throw_away(desk)
        post.print_letter(LETTER)
        [printed] = post.folder.iterdir()
        os.utime(printed, (clock.now.timestamp(), clock.now.timestamp()))
        clock.forward(days=30)
        post.throw_away(desk)
        assert printed.exists()
        clock.forward(minutes=1)
        post.throw_away(desk)
        assert not printed.exists()
