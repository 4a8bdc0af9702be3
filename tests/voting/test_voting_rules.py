# SPDX-License-Identifier: EUPL-1.2
"""The worked examples that residents read in docs/rules/voting.md, computed from the ballots on that page."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.elections import election, tally
from wijkbudget.voting.tallies import TALLIES

PAGE = (Path(__file__).parents[2] / "docs" / "rules" / "voting.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)


def rows(section, columns):
    """Return the cells of the table with these columns."""
    found = re.search(rf"^\| {re.escape(' | '.join(columns))} \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", section, re.MULTILINE)
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in found.group(1).splitlines()]


def cents(written):
    return int(written.removeprefix("€").replace(",", "")) * 100


def neighbours():
    """Return the election that every example is about."""
    costs = {plan: cents(cost) for plan, cost in rows(PAGE, ["plan", "costs"])}
    cast = [
        (dict.fromkeys(chosen.split(", "), 1), 1)
        for voters, chosen in rows(PAGE, ["voters", "choose"])
        for _ in range(int(voters))
    ]
    return election(costs, cast, 100_000)


def examples():
    for section in SECTIONS:
        if named := re.match(r".*\(`(\w+)`\)$", section.splitlines()[0]):
            for settings, chosen, costs in rows(section, ["set", "chosen", "costs"]):
                yield pytest.param(named[1], settings.strip("`"), chosen, costs, id=f"{named[1]} {settings}")


def test_every_way_of_counting_has_an_example():
    assert {example.values[0] for example in examples()} == set(TALLIES)


@pytest.mark.parametrize(("key", "settings", "chosen", "costs"), list(examples()))
def test_the_example_is_what_the_count_says(key, settings, chosen, costs):
    outcome = tally(key, neighbours(), **tomllib.loads(settings))
    assert (", ".join(outcome.winners), outcome.spent_cents) == (chosen, cents(costs))
