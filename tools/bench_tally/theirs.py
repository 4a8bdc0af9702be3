# SPDX-License-Identifier: EUPL-1.2
"""Reads and counts with pabutools, in a Python that has it; prints JSON. Nothing of the house is imported here."""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from time import process_time
from typing import Any

TIMES_MIN, TIMES_MAX = 3, 50
ENOUGH_SECONDS, LONG_SECONDS = 0.2, 1.0
"""What takes long is not quicker when it is warm."""


def measured(path: str, rules: list[str]) -> dict[str, Any]:
    """Return the CPU seconds of reading a file and of each rule, and what it chooses; fractions are exact."""
    names = ("election", "fractions", "rules", "tiebreaking")
    modules: list[Any] = [import_module(f"pabutools.{name}") for name in names]
    election, fractions, voting, tiebreaking = modules
    fractions.FRACTION = "gmpy2"
    (instance, profile), taken = _timed(lambda: _read(election.parse_pabulib, path))
    ties = {"tie_breaking": tiebreaking.lexico_tie_breaking}
    by_cost = {"sat_class": election.Cost_Sat, **ties}
    known: dict[str, Callable[[], Any]] = {
        "greedy": lambda: voting.greedy_utilitarian_welfare(instance, profile, **by_cost),
        "mes": lambda: voting.method_of_equal_shares(instance, profile, **by_cost),
        "add1": lambda: voting.method_of_equal_shares(instance, profile, voter_budget_increment=1, **by_cost),
        "phragmen": lambda: voting.sequential_phragmen(instance, profile, **ties),
    }
    found: dict[str, Any] = {"reading": {"seconds": taken}}
    for rule in rules:
        winners, taken = _timed(known[rule])
        found[rule] = {"seconds": taken, "winners": [project.name for project in winners]}
    return found


def _read(parse: Callable[[str], Any], path: str) -> tuple[Any, Any]:
    """Return what can be chosen, and the ballots with equal ones together, as ours are."""
    instance, ballots = parse(path)
    return instance, ballots.as_multiprofile()


def _timed(what: Callable[[], Any]) -> tuple[Any, float]:
    """Return what is done and the CPU seconds it takes: where that is short, the quickest of some times after one."""
    done, first = _once(what)
    if first > LONG_SECONDS:
        return done, first
    taken: list[float] = []
    while len(taken) < TIMES_MIN or (len(taken) < TIMES_MAX and sum(taken) < ENOUGH_SECONDS):
        taken.append(_once(what)[1])
    return done, min(taken)


def _once(what: Callable[[], Any]) -> tuple[Any, float]:
    began = process_time()
    done = what()
    return done, process_time() - began


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], sys.argv[2:])))
