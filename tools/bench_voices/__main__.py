# SPDX-License-Identifier: EUPL-1.2
"""Measures and prints the table: `python -m tools.bench_voices [sqlite] [postgres]`; fails when a goal is missed."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from sqlalchemy import create_engine, text

from tools.bench import postgres
from tools.bench.results import Result, at_most, machine, show
from tools.bench.server import PORT
from tools.bench_voices import again, city
from tools.bench_voices.again import ADMINISTRATOR, OFFICIAL
from wijkbudget.app import house
from wijkbudget.app.settings import Settings
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import seed as neighbourhoods
from wijkbudget.neighbourhoods import service
from wijkbudget.neighbourhoods.rules import RULES
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import verb
from wijkbudget.voting import seed as votes
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import OptionDraft, PrepareRound

RESIDENTS = int(os.environ.get("WIJKBUDGET_BENCH_RESIDENTS", "100000"))
ENTRIES_EACH = 10
SECONDS_MAX = 30
MEGABYTES_MAX = 500

add_option = verb(may(Role.SYSTEM))(voting.add_option)


def main() -> int:
    """Measure on the databases that are named, or on both, and return 1 if a goal was missed."""
    named = sys.argv[1:] or ["sqlite", "postgres"]
    results: list[Result] = []
    if "sqlite" in named:
        with TemporaryDirectory() as folder:
            results += _shown(_measured(Path(folder), f"sqlite:///{folder}/city.db", "SQLite"))
            results += _shown(again.measured(_settings(Path(folder), f"sqlite:///{folder}/again.db"), "SQLite"))
    if "postgres" in named:
        with TemporaryDirectory() as folder, postgres.found() as server:
            if server:
                url = server.url.render_as_string(hide_password=False)
                results += _shown(_measured(Path(folder), url, "PostgreSQL"), server.version())
            else:
                print(f"PostgreSQL is left out: none was found. Name one in {postgres.NAMED}.")
    return 0 if all(result.met for result in results) else 1


def open_one(folder: Path, url: str, round_id: UUID) -> None:
    """Open one round, and print how many seconds that took and how much memory this process ever held."""
    with house.open_house(_settings(folder, url)) as desk:
        began = perf_counter()
        desk.by(OFFICIAL).act(voting.open_, city.PLACE, round_id)
        taken = perf_counter() - began
    print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def _shown(measured: Iterator[Result], version: str | None = None) -> list[Result]:
    results = list(measured)
    print(machine(version), show(results), sep="\n\n", end="\n\n", flush=True)
    return results


def _measured(folder: Path, url: str, on: str) -> Iterator[Result]:
    """Yield how long it takes by each rule, each in a process of its own, so that none pays for another."""
    with house.open_house(_settings(folder, url)) as desk:
        rounds = _prepared(desk)
        today = day_of(desk.clock())
    city.fill(url, RESIDENTS, ENTRIES_EACH, today)
    # A house of some weeks has this done by the server itself.
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    for rule, round_id in rounds.items():
        command = [sys.executable, "-m", "tools.bench_voices", "open", str(folder), url, str(round_id)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own program
        seconds, megabytes = json.loads(told)
        what = f"{RESIDENTS:,} voices by {rule}, {RESIDENTS * ENTRIES_EACH:,} entries, {on}"
        yield at_most(what, seconds, SECONDS_MAX, "s")
        yield at_most(f"{what}: memory", megabytes, MEGABYTES_MAX, "MB")


def _prepared(desk: Desk) -> dict[str, UUID]:
    """Found Meerwijk, and prepare a round by each rule: the policy changes every day."""
    today = day_of(desk.clock())
    neighbourhoods.found(desk)
    neighbourhoods.adopt_policies(desk, ADMINISTRATOR)
    rounds = {}
    for number, rule in enumerate(RULES, 1):
        day = today + timedelta(days=number)
        decided = AdoptPolicy(valid_from=day, decided_by="Raadsbesluit", toml=_policy(rule))
        desk.by(ADMINISTRATOR).act(service.adopt_policy, city.PLACE, decided)
        command = PrepareRound(
            year=day.year,
            title=rule,
            opens_on=day,
            closes_on=day + timedelta(days=14),
            reference_on=today,
            budget_cents=3_000_000,
        )
        rounds[rule] = votes.prepare(desk, city.PLACE, OFFICIAL, command).id
        for option in range(2):
            draft = OptionDraft(about=f"{rule} {option}", title=f"Plan {option}", cost_cents=500_000)
            desk.act(add_option, city.PLACE, rounds[rule], draft)
    return rounds


def _policy(rule: str) -> str:
    """Return the policy of Oost with another rule, as a form for it begins."""
    before, _mark, after = neighbourhoods.demo_toml(city.PLACE).partition("[reciprocity.parameters]\n")
    _replaced, _mark, rest = after.partition("\n\n")
    lines = "".join(f"{setting.name} = {setting.default}\n" for setting in RULES[rule])
    named = before.replace('rule = "bonus"', f'rule = "{rule}"')
    return f"{named}[reciprocity.parameters]\n{lines}\n{rest}"


def _settings(folder: Path, url: str) -> Settings:
    return Settings(folder=folder, database_url=url, origin=f"http://127.0.0.1:{PORT}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["open"]:
        open_one(Path(sys.argv[2]), sys.argv[3], UUID(sys.argv[4]))
    else:
        sys.exit(main())
