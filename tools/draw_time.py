# SPDX-License-Identifier: EUPL-1.2
"""Draws again which settled time of a quarter is looked at, from the public record, without trusting the house.

Give it the answer of `/api/v1/neighbourhoods/<place>/exports/trail?format=json` as a file, the quarter, such as
`2026-Q1`, and the value that was announced and drawn elsewhere. It needs Python and nothing else. It prints the
seed and the ids of the time on which the lot fell, as `docs/rules/reciprocity.md` says how; the record itself is
checked by `check_entry.py`.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

NETHERLANDS = ZoneInfo("Europe/Amsterdam")
SETTLED, DRAWN = "reciprocity.TimeSettled", "reciprocity.TimeSampleDrawn"
MONTHS = 3


def settled_in(record: Iterable[dict[str, Any]], period: str) -> list[str]:
    """Return the ids of all time that began to count in a quarter."""
    return [
        entry_id
        for row in record
        if row["kind"] == SETTLED and _period(row["at"]) == period
        for entry_id in row["facts"]["entry_ids"]
    ]


def draw(record: Sequence[dict[str, Any]], period: str, value: str) -> tuple[str, list[str]]:
    """Return the seed and the time on which the lot falls, as many as the record says were drawn."""
    told = next(row for row in record if row["kind"] == DRAWN and row["facts"]["period"] == period)
    seed = hashlib.sha256(f"{told['place']}|{period}|{value}".encode()).hexdigest()
    ordered = sorted(settled_in(record, period), key=lambda each: hashlib.sha256(f"{seed}|{each}".encode()).hexdigest())
    return seed, ordered[: told["facts"]["drawn_count"]]


def main(arguments: Sequence[str], say: Callable[[str], object] = print) -> int:
    """Draw again, and return 0 if the seed is what the record says and 1 if it is not."""
    name, period, value = arguments
    record = json.loads(Path(name).read_text(encoding="utf-8"))
    seed, drawn = draw(record, period, value)
    told = next(row["facts"]["seed"] for row in record if row["kind"] == DRAWN and row["facts"]["period"] == period)
    for line in (f"seed {seed}", *drawn):
        say(line)
    if seed != told:
        say(f"WRONG: the record says that the seed was {told}")
    return int(seed != told)


def _period(moment: str) -> str:
    """Return the quarter of the Dutch day of a moment."""
    day = datetime.fromisoformat(moment).astimezone(NETHERLANDS)
    return f"{day.year:04}-Q{(day.month - 1) // MONTHS + 1}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
