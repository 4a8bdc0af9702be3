# SPDX-License-Identifier: EUPL-1.2
"""A process that makes every letter that waits in a house, as its clock would, and says how much memory it took."""

import json
import re
import resource
import sys
from pathlib import Path

from wijkbudget.app import house
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.letters import LetterRoom
from wijkbudget.app.settings import Settings
from wijkbudget.trail import errands
from wijkbudget.voting.letters.rules import ERRAND


def settings_in(folder: Path) -> Settings:
    """Return the settings of a house of its own."""
    return Settings(folder, f"sqlite:///{folder / 'wijkbudget.db'}", "https://wijk.meerwijk.example")


def main() -> None:
    """Make letters until none wait, and print the peak of this process and of those that set a file, in megabytes."""
    settings = settings_in(Path(sys.argv[1]))
    with house.open_house(settings) as desk:
        jobs = Jobs(desk, {ERRAND: LetterRoom(desk, settings.origin).make})
        while desk.ask(errands.waiting, 1):
            jobs.run_once()
    # Not `ru_maxrss` of this process, which begins with the peak of whoever started it.
    (own_peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    setting_peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"house_mb": int(own_peak) // 1024, "setting_mb": setting_peak // 1024}))  # noqa: T201 - it answers whoever started it


if __name__ == "__main__":
    main()
