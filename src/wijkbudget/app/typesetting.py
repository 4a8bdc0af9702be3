# SPDX-License-Identifier: EUPL-1.2
"""Sets one file of letters as PDF, in a process of its own: Typst keeps what it set, and gives it back when it ends.

`python -m wijkbudget.app.typesetting` reads JSON from its standard input, so that no code stands on a disk or in a
list of processes, and writes the PDF to its standard output.
"""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

SECONDS_MAX = 120
"""Choice: a file takes some seconds; a process that takes minutes hangs."""


class CannotSet(OSError):
    """A file of letters could not be set; nothing was written, so it is tried again."""


def typeset(template: Path, inputs: dict[str, str], made_at: datetime) -> bytes:
    """Return a template as tagged PDF; the same inputs give the same bytes. Raises CannotSet."""
    asked = json.dumps({"template": str(template), "inputs": inputs, "made_at": made_at.isoformat()})
    command = [sys.executable, "-I", "-m", "wijkbudget.app.typesetting"]
    try:
        done = subprocess.run(command, input=asked.encode(), capture_output=True, timeout=SECONDS_MAX, check=True)  # noqa: S603 - our own module, and nothing of the letters in the command
    except subprocess.SubprocessError:
        # What Typst says could name somebody, so it is not passed on.
        raise CannotSet("a file of letters could not be set") from None  # noqa: EM101, TRY003 - for the log
    return done.stdout


def main() -> None:
    """Set what the standard input asks. Source: ISO 14289-1 (PDF/UA-1), which screen readers can read."""
    import typst  # noqa: PLC0415 - thirty megabytes that only this process needs

    asked = json.loads(sys.stdin.buffer.read())
    pdf = typst.compile(
        Path(asked["template"]),
        sys_inputs=asked["inputs"],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=datetime.fromisoformat(asked["made_at"]),
    )
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
