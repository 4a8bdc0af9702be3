# SPDX-License-Identifier: EUPL-1.2
"""Measures how long a council waits that plays a counted vote of 15,000 ballots again with another rule."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

from tools.bench.results import Result, at_most
from tools.bench_voices import city
from wijkbudget.app import house
from wijkbudget.app.settings import Settings
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import seed as neighbourhoods
from wijkbudget.neighbourhoods.rules import RULES
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import verb
from wijkbudget.voting import seed as votes
from wijkbudget.voting import service as voting
from wijkbudget.voting.replays.queries import replay
from wijkbudget.voting.replays.schemas import RuleValue, TryRule
from wijkbudget.voting.schemas import CastBallot, ImportElection, OptionDraft, PrepareRound, RoundView

BALLOTS = 15_000
VOTERS = 20_000
OPTIONS = 60
ENTRIES_EACH = 5
SECONDS_MAX = 5
SEED = 6

OFFICIAL = Actor(id="official", roles=frozenset({(Role.OFFICIAL, None)}))
ADMINISTRATOR = Actor(id="administrator", roles=frozenset({(Role.ADMINISTRATOR, None)}))
_add_option = verb(may(Role.SYSTEM))(voting.add_option)


def measured(settings: Settings, on: str) -> Iterator[Result]:
    """Yield how long it takes by each rule in a vote of our own, and in one from a file."""
    with house.open_house(settings) as desk:
        neighbourhoods.found(desk)
        neighbourhoods.adopt_policies(desk, ADMINISTRATOR)
        city.fill(settings.database_url, VOTERS, ENTRIES_EACH, day_of(desk.clock()))
        ours = _held(desk)
        theirs = desk.by(OFFICIAL).act(voting.import_pabulib, city.PLACE, ImportElection(name="Elders", text=_file()))
        for what, made in (("our own", ours), ("from a file", theirs)):
            for rule, settings_of_rule in RULES.items():
                values = [RuleValue(name=each.name, value=each.default) for each in settings_of_rule]
                began = perf_counter()
                found = desk.by(OFFICIAL).ask(replay, city.PLACE, made.id, TryRule(rule=rule, settings=values))
                taken = perf_counter() - began
                name = f"a vote of {BALLOTS:,} ballots {what} again by {rule}, {found.draws} draws, {on}"
                yield at_most(name, taken, SECONDS_MAX, "s")


def _held(desk: Desk) -> RoundView:
    """Hold a round in which three of four vote, and count it."""
    today = day_of(desk.clock())
    command = PrepareRound(
        year=today.year,
        title="Stem voor Oost",
        opens_on=today,
        closes_on=today,
        reference_on=today,
        budget_cents=3_000_000,
    )
    made = votes.prepare(desk, city.PLACE, OFFICIAL, command)
    for number in range(1, OPTIONS + 1):
        option = OptionDraft(about=f"plan {number}", title=f"Plan {number}", cost_cents=_cost_cents(number))
        desk.act(_add_option, city.PLACE, made.id, option)
    desk.by(OFFICIAL).act(voting.open_, city.PLACE, made.id)
    letters = votes.letters(desk, made.id)[:BALLOTS]
    votes.cast(
        desk,
        [CastBallot(code=letter.code, marks=marks) for letter, marks in zip(letters, _marked(), strict=True)],
    )
    tomorrow = replace(desk, clock=lambda: datetime.now(UTC) + timedelta(days=1))
    tomorrow.act(voting.close, city.PLACE, made.id)
    tomorrow.act(voting.count, city.PLACE, made.id)
    return made


def _file() -> str:
    """Return the same ballots as a file."""
    head = f"META\nkey;value\nnum_votes;{BALLOTS}\nbudget;30000\nvote_type;approval\nrule;equalshares/add1\n"
    options = "".join(f"{number};{_cost_cents(number) // 100};Plan {number}\n" for number in range(1, OPTIONS + 1))
    votes_ = "".join(f"{number};{','.join(marks)}\n" for number, marks in enumerate(_marked()))
    return f"{head}PROJECTS\nproject_id;cost;name\n{options}VOTES\nvoter_id;vote\n{votes_}"


def _cost_cents(number: int) -> int:
    return 50_000 + number * 5_000


def _marked() -> Iterator[dict[str, int]]:
    """Yield ballots with one to ten ticks; some plans are dearer to people than others."""
    chance = Random(SEED)  # noqa: S311 (it must be the same everywhere)
    for _ballot in range(BALLOTS):
        ticks = {min(int(chance.expovariate(0.08)), OPTIONS - 1) + 1 for _tick in range(chance.randint(1, 10))}
        yield {str(number): 1 for number in sorted(ticks)}
