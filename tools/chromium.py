# SPDX-License-Identifier: EUPL-1.2
"""Finds a Chromium for the browser tests, and says how to get one."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

LAUNCH_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Starts it in a container too, and keeps it from calling home."""

HOW_TO_GET_ONE = (
    "No Chromium was found, so the browser tests are skipped. "
    "Get one with `apt install chromium` (Debian) or your own package manager, or set CHROMIUM to its path."
)


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    chosen = os.environ.get("CHROMIUM")
    return shutil.which(chosen) if chosen else next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Say how to get a Chromium where there is none; in CI its absence is a failure."""
    if find_chromium() is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        sys.exit(bool(os.environ.get("CI")))


if __name__ == "__main__":
    main()
