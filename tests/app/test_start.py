# SPDX-License-Identifier: EUPL-1.2
"""The house opens quickly: it loads nothing that the first page does not need."""

import json
import subprocess
import sys

LATER = {"alembic", "authlib", "joserfc", "numba"}
"""What takes long to load, and is loaded by the first who needs it."""
SCRIPT = """
import gc, json, sys
import wijkbudget.app.cli
print(json.dumps([sorted({name.partition(".")[0] for name in sys.modules}), gc.isenabled()]))
"""


class TestTheStart:
    def test_loads_only_what_the_first_page_needs_and_collects_again(self) -> None:
        said = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
        loaded, is_collecting = json.loads(said.stdout)
        assert LATER.intersection(loaded) == set()
        assert is_collecting is True
