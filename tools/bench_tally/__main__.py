# SPDX-License-Identifier: EUPL-1.2
"""Measures and prints the table: `python -m tools.bench_tally [part…]`; fails when a goal is missed.

Parts: `files` beside pabutools, `large` for 208,244 ballots, `growth` for the picture, `budapest` for 22,002 steps.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from tools.bench.results import Result, machine, show
from tools.bench_tally import drawn, ours, plot, theirs
from wijkbudget.app.compiled import keep_compiled
from wijkbudget.voting.pabulib import read
from wijkbudget.voting.rules import ties_by_id
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll

NAMED = "WIJKBUDGET_BENCH_PABUTOOLS"
DATA = Path(os.environ.get("WIJKBUDGET_DATA", "shared/data")) / "pabulib"
PICTURE = Path("docs/pictures/counting.svg")

FILES: dict[str, tuple[str, ...]] = {
    "Netherlands_Amsterdam_166": ("add1",),
    "Netherlands_Amsterdam_287": ("mes", "phragmen"),
    "Netherlands_Amsterdam_289": ("mes", "phragmen", "add1"),
    "Netherlands_Amsterdam_335": ("mes", "phragmen"),
    "Poland_Wieliczka_2023_Green_Budget": ("mes", "phragmen", "add1"),
    "Poland_Wroclaw_2017": ("mes", "phragmen"),
    "Poland_Wroclaw_2025_Local": ("mes", "phragmen", "add1"),
    "Poland_Lodz_2022": ("mes", "phragmen"),
    "Hungary_Budapest_2024": ("mes",),
}
"""What is compared on which file: one run from 5,000 ballots, add-one from 400 on."""

READ_TIMES, COUNT_TIMES = 10, 100
LARGE_SECONDS = {"greedy": 1.0, "add1": 10.0}
WHY_SECONDS = 10.0
MEMORY_MAX = 200


def main() -> int:
    """Measure the parts that are named, or all but the longest, and return 1 if a goal was missed."""
    keep_compiled(Path("var"))
    parts: dict[str, Callable[[], Iterator[Result]]] = {
        "files": _files,
        "large": _large,
        "growth": _growth,
        "budapest": _budapest,
    }
    results = [result for name in sys.argv[1:] or ["files", "large", "growth"] for result in parts[name]()]
    print(machine(None))
    print()
    print(show(results))
    return 0 if all(result.met for result in results) else 1


def _files() -> Iterator[Result]:
    python = os.environ.get(NAMED)
    if not python or not DATA.is_dir():
        print(
            f"Nothing is compared: name a Python that has pabutools in {NAMED}, and the elections in WIJKBUDGET_DATA."
        )
        return
    for name, rules in FILES.items():
        path = DATA / f"{name}.pb"
        command = [python, str(Path(theirs.__file__)), str(path.resolve()), *rules]
        told = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603 (who runs the bench names it)
        found = json.loads(told)
        poll, taken = ours.reading(path)
        yield _beside(f"{name}: read", taken, found["reading"], READ_TIMES)
        for rule in rules:
            winners, taken = ours.counting(poll, rule)
            same = (
                winners == found[rule]["winners"] if rule != "phragmen" else set(winners) == set(found[rule]["winners"])
            )
            yield _beside(f"{name}: {rule}" + ("" if same else " OTHER WINNERS"), taken, found[rule], COUNT_TIMES)


def _beside(what: str, taken: float, other: Any, least: float) -> Result:
    ratio = other["seconds"] / taken
    return Result(
        what=what,
        measured=f"{taken * 1000:.3g} ms",
        against=f"{other['seconds'] * 1000:,.0f} ms",
        ratio=f"{ratio:,.0f} times",
        goal=f"at least {least:g} times",
        met=ratio >= least and "OTHER" not in what,
    )


def _large() -> Iterator[Result]:
    poll = Poll.of(drawn.election(drawn.BALLOTS))
    for rule, most in LARGE_SECONDS.items():
        _winners, taken = ours.counting(poll, rule)
        what = f"{drawn.BALLOTS:,} ballots, {drawn.OPTIONS} plans: {rule}"
        yield Result(
            what=what, measured=f"{taken:.3g} s", against="", ratio="", goal=f"at most {most:g} s", met=taken <= most
        )
    losers, taken = ours.why_not(poll, "add1")
    yield Result(
        what=f"what would have been enough for {losers} losers of that",
        measured=f"{taken:.3g} s",
        against="",
        ratio="",
        goal=f"at most {WHY_SECONDS:g} s",
        met=taken <= WHY_SECONDS,
    )


def _growth() -> Iterator[Result]:
    sizes = [drawn.BALLOTS // 100, drawn.BALLOTS // 10, drawn.BALLOTS]
    lines: dict[str, list[tuple[int, float]]] = {rule: [] for rule in ours.RULES}
    for size in sizes:
        poll = Poll.of(drawn.election(size))
        for rule, line in lines.items():
            line.append((size, ours.counting(poll, rule)[1]))
    PICTURE.write_text(plot.svg(lines), encoding="utf-8")
    for rule, line in lines.items():
        growth = line[-1][1] / line[0][1]
        told = ", ".join(f"{taken * 1000:.3g} ms" for _size, taken in line)
        yield Result(
            what=f"{rule}: {', '.join(f'{size:,}' for size in sizes)} ballots",
            measured=told,
            against="",
            ratio=f"{growth:.0f} times",
            goal="at most 100 times",
            met=growth <= 100,  # noqa: PLR2004 (a hundred times the ballots)
        )


def _budapest() -> Iterator[Result]:
    began = process_time()
    read_in = read((DATA / "Hungary_Budapest_2024.pb").read_text(encoding="utf-8"))
    poll = Poll.of(read_in.election(ties_by_id(option.id for option in read_in.options)))
    tally, raw = TALLIES["equal_shares"], ours.RULES["add1"][1]
    outcome = tally.tally(poll, tally.parameters(raw))
    taken, memory = process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    steps = f"Budapest 2024, {outcome.steps['added_steps']:,} steps of add-one"
    yield Result(what=steps, measured=f"{taken:.3g} s", against="", ratio="", goal="at most 60 s", met=taken <= 60)  # noqa: PLR2004 (a minute)
    yield Result(
        what="its peak of memory",
        measured=f"{memory} MB",
        against="",
        ratio="",
        goal=f"at most {MEMORY_MAX} MB",
        met=memory <= MEMORY_MAX,
    )


if __name__ == "__main__":
    sys.exit(main())
