# SPDX-License-Identifier: EUPL-1.2
"""Writes down what was measured, what it is compared with and whether the goal is met."""

import os
import platform
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the table."""

    what: str
    measured: str
    against: str
    ratio: str
    goal: str
    met: bool


Rounds = Mapping[str, Sequence[float]]
"""The rates of each thing that was measured in turn, a number a round."""


def in_turn(rounds: int, runs: Mapping[str, Callable[[], float]]) -> Rounds:
    """Run everything in turn, so many rounds, and return the rates; the first round only warms up."""
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for round_ in range(rounds + 1):
        for name, run in runs.items():
            rate = run()
            if round_:
                rates[name].append(rate)
    return rates


def compare(what: str, rounds: Rounds, pair: tuple[str, str], *, times: float, against: str) -> Result:
    """Compare two things that were measured in turn by the median of the ratios of their rounds."""
    name, other = pair
    ratio = median(one / two for one, two in zip(rounds[name], rounds[other], strict=True))
    return Result(
        what=what,
        measured=f"{median(rounds[name]):,.0f}/s",
        against=f"{median(rounds[other]):,.0f}/s {against}",
        ratio=_times(ratio),
        goal=f"at least {_times(times)}",
        met=ratio >= times,
    )


def at_most(what: str, measured: float, most: float, unit: str) -> Result:
    """Compare a measurement with the most it may be."""
    return Result(
        what=what,
        measured=f"{measured:.3g} {unit}",
        against="",
        ratio="",
        goal=f"at most {most:g}",
        met=measured <= most,
    )


def show(results: Sequence[Result]) -> str:
    """Return the results as a table in Markdown."""
    heads = ("what", "rate", "compared with", "ratio", "goal", "met")
    rows = [(r.what, r.measured, r.against, r.ratio, r.goal, "yes" if r.met else "NO") for r in results]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [heads, tuple("-" * width for width in widths), *rows]
    return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)


def machine(postgres_version: str | None) -> str:
    """Return in one line on what this was measured."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"PostgreSQL {postgres_version or 'not found'}"
    )


def _times(ratio: float) -> str:
    return f"{ratio:.0%}" if ratio < 1 else f"{ratio:.1f} times"
