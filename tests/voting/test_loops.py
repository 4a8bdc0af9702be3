# SPDX-License-Identifier: EUPL-1.2
"""Where the compiled loops are kept, and that they need no such place."""

import os
import subprocess
import sys

COMPILES = """
from wijkbudget.voting.tallies.loops.machine import compiled

@compiled
def doubled(number):
    return 2 * number

print(doubled(21))
"""


def compile_with(folder, tmp_path):
    """Compile a function in another process that may keep it in one folder and nowhere else."""
    (tmp_path / "compiles.py").write_text(COMPILES)
    only_there = {"NUMBA_CACHE_DIR": str(folder), "NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator"}
    return subprocess.run(
        [sys.executable, str(tmp_path / "compiles.py")],
        env=os.environ | only_there,
        capture_output=True,
        text=True,
        check=False,
    )


def test_loops_are_kept_where_the_house_says(tmp_path):
    done = compile_with(tmp_path / "kept", tmp_path)
    assert (done.stdout, done.stderr) == ("42\n", "")
    assert [path.suffix for path in (tmp_path / "kept").rglob("*.nbi")] == [".nbi"]


def test_loops_are_compiled_again_where_nothing_can_be_kept(tmp_path):
    (tmp_path / "no_folder").write_text("")
    done = compile_with(tmp_path / "no_folder" / "kept", tmp_path)
    assert (done.stdout, done.stderr) == ("42\n", "")


def test_nothing_is_compiled_before_something_is_counted():
    asks = "import sys, wijkbudget.app.cli; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
