# SPDX-License-Identifier: EUPL-1.2
"""Reads and counts in this process, by CPU time: the quickest of some times, after one that warms up."""

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from wijkbudget.voting.pabulib import read, text_of
from wijkbudget.voting.rules import ties_by_id
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.why import enough

RULES: dict[str, tuple[str, dict[str, object]]] = {
    "greedy": ("greedy", {}),
    "mes": ("equal_shares", {"completion": "none"}),
    "add1": ("equal_shares", {"stop": "exhaustive"}),
    "phragmen": ("phragmen", {}),
}
"""How a rule is called in the table, and what it is here; the add-one of the other library stops when exhaustive."""

TIMES_MIN, TIMES_MAX = 3, 50
ENOUGH_SECONDS = 0.2


def seconds(what: Callable[[], Any]) -> float:
    """Return the CPU seconds of the quickest of some times, after one that warms up."""
    what()
    taken: list[float] = []
    while len(taken) < TIMES_MIN or (len(taken) < TIMES_MAX and sum(taken) < ENOUGH_SECONDS):
        began = process_time()
        what()
        taken.append(process_time() - began)
    return min(taken)


def reading(path: Path) -> tuple[Poll, float]:
    """Return the election in a file in columns, and how long that takes."""
    content = path.read_bytes()
    return _poll(content), seconds(lambda: _poll(content))


def counting(poll: Poll, rule: str) -> tuple[list[str], float]:
    """Return the winners, and how long it takes to count a poll and say why."""
    key, raw = RULES[rule]
    tally = TALLIES[key]
    parameters = tally.parameters(raw)
    winners = list(tally.tally(poll, parameters).winners)
    return winners, seconds(lambda: tally.tally(poll, parameters))


def why_not(poll: Poll, rule: str) -> tuple[int, float]:
    """Return how many plans lost, and how long it takes to find for all what would have been enough; one warms up."""
    key, raw = RULES[rule]
    tally = TALLIES[key]
    parameters = tally.parameters(raw)
    lost = [option.id for option in tally.tally(poll, parameters).options if not option.won]
    enough(tally, parameters, poll, lost[:1])
    began = process_time()
    enough(tally, parameters, poll, lost)
    return len(lost), process_time() - began


def _poll(content: bytes) -> Poll:
    found = read(text_of(content))
    return Poll.of(found.election(ties_by_id(option.id for option in found.options)))
