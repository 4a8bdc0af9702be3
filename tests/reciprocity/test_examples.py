# SPDX-License-Identifier: EUPL-1.2
"""The worked examples that residents read in docs/rules/reciprocity.md, computed from what stands on that page."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from wijkbudget.neighbourhoods.rules import RULES, ProjectVotesPolicy, Right, RightsPolicy
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rulebook.project import PROJECT
from wijkbudget.reciprocity.rulebook.threshold import THRESHOLD
from wijkbudget.reciprocity.rules.rights import Effort
from wijkbudget.reciprocity.rules.voices import Given, Giver, Pledged, guards_of, weigh

pytestmark = pytest.mark.pure

PAGE = (Path(__file__).parents[2] / "docs" / "rules" / "reciprocity.md").read_text(encoding="utf-8")
OTHERS = 14


def rows(*columns):
    """Return the cells of the table with these columns."""
    found = re.search(rf"^\| {re.escape(' | '.join(columns))} \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE, re.MULTILINE)
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in found.group(1).splitlines()]


VOTERS = rows("voter", "hours", "days ago", "promised", *(f"`{rule}`" for rule in RULES))


def hours(written):
    return int(written or 0) * 60


def twenty_voters():
    nothing = [Giver(person_id=f"other {number}", given=Given()) for number in range(OTHERS)]
    return nothing + [
        Giver(
            person_id=name,
            given=Given(
                minutes_by_age=((int(days), hours(given)),) if given else (),
                pledged=Pledged(open_minutes=hours(promised)),
            ),
            is_exempt=name.endswith("exempt"),
        )
        for name, given, days, promised, *_voices in VOTERS
    ]


@pytest.mark.parametrize(("column", "rule"), list(enumerate(RULES)), ids=list(RULES))
def test_the_voices_are_what_each_rule_gives(column, rule):
    parameters = {setting.name: setting.default for setting in RULES[rule]}
    found = weigh(twenty_voters(), lambda given: RULEBOOK[rule].bonus(given, parameters), guards_of(parameters))
    written = {row[0]: Fraction(row[4 + column]) * 100 for row in VOTERS}
    assert {name: found.weights[name] for name in written} == written
    assert found.notes == ()


@pytest.mark.parametrize(("gave", "finished", "exempt", "is_open"), rows("gave", "finished tasks", "exempt", "open"))
def test_the_threshold_opens_where_the_page_says_so(gave, finished, exempt, is_open):
    policy = RightsPolicy(article="art. 8a", opens=tuple(Right), minutes_min=120, tasks_min=2, window_months=12)
    whole, minutes = gave.split(":")
    effort = Effort(minutes=int(whole) * 60 + int(minutes), task_count=int(finished), is_exempt=exempt == "yes")
    assert THRESHOLD.gate(effort, policy).is_open is (is_open == "yes")


def test_the_parts_in_a_project_are_what_the_page_says():
    policy = ProjectVotesPolicy(
        article="art. 8b", per_hour_hundredths=10, bonus_hundredths_max=200, share_percent_max=20
    )
    table = rows("voters", "how many", "hours", "voice", "part of each")
    named = {f"{name} {number}": row for name, count, *row in table for number in range(int(count))}
    givers = [
        Giver(person_id=name, given=Given(minutes_by_age=((0, hours(given)),)))
        for name, (given, *_rest) in named.items()
    ]
    found = PROJECT.voices(givers, policy)
    for name, (_given, voice, part) in named.items():
        assert found[name].weight == int(voice)
        assert found[name].share == Fraction(int(part.removesuffix(" %")), 100)


def test_the_guards_are_all_there():
    assert re.findall(r"^\| (G\d+) \|", PAGE, re.MULTILINE) == [f"G{number}" for number in range(1, 13)]
