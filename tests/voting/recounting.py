# SPDX-License-Identifier: EUPL-1.2
"""Runs the script that counts again as a stranger would: alone in an empty folder, without anything installed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from wijkbudget.voting import recount

SCRIPT = Path(recount.__file__)


def run(folder, told, receipts=()):
    """Return how the script ended, the kinds of faults it found, and all it said."""
    shutil.copy(SCRIPT, folder / "recount.py")
    names = ["count.json", *(f"receipt-{number}.json" for number in range(len(receipts)))]
    for name, content in zip(names, (told, *receipts), strict=True):
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "recount.py", *names],
        cwd=folder, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.stderr == ""
    faults = [line.split("(")[1].split(")")[0] for line in done.stdout.splitlines() if line.startswith("WRONG")]
    return done.returncode, faults, done.stdout
