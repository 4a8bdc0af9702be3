# SPDX-License-Identifier: EUPL-1.2
"""The house opens quickly: it loads nothing that the first page does not need."""

import json
import subprocess
import sys

import pytest

from wijkbudget.app import command

LATER = {"alembic", "authlib", "joserfc", "numba"}
"""What takes long to load, and is loaded by the first who needs it."""
SCRIPT = """
import gc, json, sys
import wijkbudget.app.cli
print(json.dumps([sorted({name.partition(".")[0] for name in sys.modules}), gc.isenabled()]))
"""
HOUSE = {"cryptography", "jinja2", "litestar", "pydantic", "sqlalchemy", "uvicorn"}
"""What counting an election needs nothing of."""
COUNTING = """
import atexit, json, sys
from wijkbudget.app.command import main
atexit.register(lambda: print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules}))))
main()
"""
SMALL = "META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;vote\n1;a\n"


class TestTheStart:
    def test_loads_only_what_the_first_page_needs_and_collects_again(self) -> None:
        said = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
        loaded, is_collecting = json.loads(said.stdout)
        assert LATER.intersection(loaded) == set()
        assert is_collecting is True


class TestTheCommand:
    def test_counts_an_election_without_the_house(self, tmp_path) -> None:
        (tmp_path / "small.pb").write_text(SMALL)
        words = ["tally", str(tmp_path / "small.pb"), "--rule", "greedy"]
        said = subprocess.run([sys.executable, "-c", COUNTING, *words], capture_output=True, text=True, check=True)
        *printed, loaded = said.stdout.splitlines()
        assert "winners: ['a']" in printed
        assert HOUSE.intersection(json.loads(loaded)) == set()

    def test_says_in_a_sentence_what_is_wrong_with_an_election(self, tmp_path, monkeypatch, capsys) -> None:
        (tmp_path / "small.pb").write_text(SMALL.replace("1;a", "1;b"))
        monkeypatch.setattr(sys, "argv", ["wijkbudget", "tally", str(tmp_path / "small.pb"), "--rule", "greedy"])
        with pytest.raises(SystemExit) as left:
            command.main()
        assert left.value.code == 1
        sentence = "Regel 10: de stem noemt het project “b”, dat niet in het bestand staat."
        assert capsys.readouterr().err == f"Error: {sentence}\n"

    def test_does_all_else_with_the_house(self, monkeypatch, capsys) -> None:
        monkeypatch.setattr(sys, "argv", ["wijkbudget", "--help"])
        with pytest.raises(SystemExit):
            command.main()
        assert "import-register" in capsys.readouterr().out
