# SPDX-License-Identifier: EUPL-1.2
"""Measures and prints the table: `python -m tools.bench_vote [sqlite] [postgres]`; fails when a goal is missed."""

import os
import sys
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlmodel import col, select

from tools.bench import postgres, town
from tools.bench.results import Result, machine, show
from tools.bench.server import PORT, serving
from tools.bench_vote import evening
from tools.bench_vote.crowd import Told
from tools.bench_vote.evening import Evening
from wijkbudget.app import house
from wijkbudget.app.settings import Settings
from wijkbudget.initiatives.models import Initiative
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.canonical import canonical
from wijkbudget.trail.work import Look, question
from wijkbudget.voting.models import Ballot, Round
from wijkbudget.voting.queries.rounds import BOX
from wijkbudget.voting.schemas import CastBallot

SECONDS = int(os.environ.get("WIJKBUDGET_BENCH_SECONDS", "600"))
"""How long the ordinary evening lasts."""

_WARM = Evening(5, evening.VOTES, 100)
_ORDINARY = Evening(SECONDS, evening.VOTES, evening.READS)
_RUSH = Evening(min(SECONDS, evening.RUSH_SECONDS), evening.RUSH, 0)
_TOO_MANY = Evening(evening.TOO_MANY_SECONDS, evening.RUSH * evening.TOO_MANY, 0)
_AFTER = Evening(evening.BACK_SECONDS + evening.NORMAL_SECONDS, evening.RUSH, 0)
_HOUSE = may(Role.SYSTEM)


def main() -> int:
    """Measure on the databases that are named, or on both, and return 1 if a goal was missed."""
    named = sys.argv[1:] or ["sqlite", "postgres"]
    results: list[Result] = []
    if "sqlite" in named:
        with TemporaryDirectory() as folder:
            results += _shown(_measured(Path(folder), f"sqlite:///{folder}/town.db", "SQLite"))
    if "postgres" in named:
        with TemporaryDirectory() as folder, postgres.found() as server:
            if server:
                url = server.url.render_as_string(hide_password=False)
                results += _shown(_measured(Path(folder), url, "PostgreSQL"), server.version())
            else:
                print(f"PostgreSQL is left out: none was found. Name one in {postgres.NAMED}.")
    return 0 if all(result.met for result in results) else 1


def _shown(measured: Iterator[Result], version: str | None = None) -> list[Result]:
    """Return what was measured on one database, and print it at once: the other takes as long again."""
    results = list(measured)
    print(machine(version), show(results), sep="\n\n", end="\n\n", flush=True)
    return results


@question(_HOUSE)
def box(look: Look, place: str) -> dict[str, str]:
    """Return what is in the box of the only round: marks by ballot key."""
    rows = look.session.exec(
        select(col(Ballot.ballot_key), col(Ballot.marks))
        .join(Round, col(Round.id) == col(Ballot.round_id))
        .where(col(Round.place) == place)
    )
    return dict(rows.all())


@question(_HOUSE)
def named(look: Look, place: str) -> tuple[list[UUID], UUID]:
    """Return the plans, and the only round."""
    plans = look.session.exec(select(col(Initiative.id)).where(col(Initiative.place) == place)).all()
    return list(plans), look.session.exec(select(col(Round.id)).where(col(Round.place) == place)).one()


def _measured(folder: Path, url: str, on: str) -> Iterator[Result]:
    settings = Settings(folder=folder, database_url=url, origin=f"http://127.0.0.1:{PORT}")
    town.settle(settings, residents=_residents())
    codes = town.open_round(settings)
    with house.open_house(settings) as desk:
        plans, round_id = desk.ask(named, town.PLACE)
    read = evening.pages([str(plan) for plan in plans], str(round_id))
    told: list[Told] = []
    first = 0

    def spend(what: Evening) -> list[Told]:
        nonlocal first
        now = evening.spend(what, codes, first, read)
        first += what.codes
        told.extend(now)
        return now

    with serving(settings, "tools.bench.server"):
        spend(_WARM)
        ordinary, rush, too_many, after = (spend(what) for what in (_ORDINARY, _RUSH, _TOO_MANY, _AFTER))
    lost = _lost(settings, round_id, codes, told)

    def missing(some: Sequence[Told]) -> int:
        return sum(each.knock.number in lost for each in some if each.knock.is_vote)

    back = [each for each in after if each.knock.at >= evening.BACK_SECONDS]
    many = f"{evening.RUSH * evening.TOO_MANY:,} votes/s"
    yield evening.stood(
        f"{evening.VOTES} votes/s and {evening.READS} pages/s, {_ORDINARY.seconds} s, {on}",
        ordinary,
        p99=0.5,
        missing=missing(ordinary),
    )
    yield evening.stood(f"{evening.RUSH} votes/s, {_RUSH.seconds} s, {on}", rush, p99=1.5, missing=missing(rush))
    yield evening.bore(f"{many}, {_TOO_MANY.seconds} s, {on}", too_many, missing=missing(too_many))
    yield evening.stood(f"{evening.RUSH} votes/s, 10 s after that, {on}", back, p99=1.5, missing=missing(after))


def _lost(settings: Settings, round_id: UUID, codes: Sequence[str], told: Sequence[Told]) -> set[int]:
    """Return which voters were answered and whose ballot is not in the box as they filled it in."""
    with house.open_house(settings) as desk:
        there = desk.ask(box, town.PLACE)
        lost = set()
        for number in (each.knock.number for each in told if each.knock.is_vote and each.status == HTTPStatus.OK):
            cast = CastBallot(code=codes[number], marks=evening.marks_of(number))
            if there.get(desk.keys.keyed_hash(BOX, str(round_id), cast.code)) != canonical(cast.marks).decode():
                lost.add(number)
        return lost


def _residents() -> int:
    """Return how many people live there: of seven, six can vote."""
    needed = sum(each.codes for each in (_WARM, _ORDINARY, _RUSH, _TOO_MANY, _AFTER))
    return needed * 7 // 6 + 1_000


if __name__ == "__main__":
    sys.exit(main())
