# SPDX-License-Identifier: EUPL-1.2
"""Runs every measurement and prints the table: `python -m tools.bench`; fails when a goal is missed."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench import books, postgres, town, web
from tools.bench.results import Result, machine, show
from tools.bench.server import PORT
from wijkbudget.app.settings import Settings


def main() -> int:
    """Measure, print, and return 1 if a goal was missed."""
    with TemporaryDirectory() as folder, postgres.found() as server:
        results = _on_sqlite(Path(folder))
        if server:
            results += postgres.measured(server, Path(folder))
        else:
            print(f"PostgreSQL is left out: none was found. Name one in {postgres.NAMED}.")
        print(machine(server.version() if server else None))
        print()
        print(show(results))
    return 0 if all(result.met for result in results) else 1


def _on_sqlite(folder: Path) -> list[Result]:
    settings = Settings(
        folder=folder, database_url=f"sqlite:///{folder / 'town.db'}", origin=f"http://127.0.0.1:{PORT}"
    )
    town.settle(settings)
    first = web.first_page(settings)
    codes = town.open_round(settings)
    return [
        web.casting(settings, codes, times=0.40, on="SQLite"),
        web.plans(settings),
        first,
        *books.on_sqlite(settings, folder),
    ]


if __name__ == "__main__":
    sys.exit(main())
