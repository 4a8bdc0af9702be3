# SPDX-License-Identifier: EUPL-1.2
"""Lists of many bids are as quick as those of few: read a page at a time, by an index.

`make proof-cases` does it with 10,000 bids, and compares the time with that of 100.
"""

import os
from statistics import median
from time import perf_counter
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text

from tests.challenges.conftest import HOUSE
from wijkbudget.challenges import queries
from wijkbudget.challenges.models import Challenge
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.trail.work import Work, verb

CASES = int(os.environ.get("WIJKBUDGET_PROOF_CASES", "200"))
FEW = 100
TIMES_MAX = 3


@verb(HOUSE, silent="a test")
def fill(work: Work, place: str, first: int, last: int) -> None:
    """Copy the one bid that there is."""
    table = Challenge.__table__
    row = dict(work.session.connection().execute(select(table).where(table.c.place == place)).mappings().first())
    copies = [{**row, "id": UUID(int=number)} for number in range(first, last + 1)]
    work.session.connection().execute(insert(table), copies)


@verb(HOUSE, silent="a test")
def plan(work: Work, _place: str, statement: str) -> str:
    """Return how SQLite would look something up; nothing on PostgreSQL, which reads a table of one row whole."""
    if work.session.connection().dialect.name != "sqlite":
        return ""
    return " ".join(str(row) for row in work.session.connection().execute(text(f"EXPLAIN QUERY PLAN {statement}")))


def _time(ask) -> float:
    began = perf_counter()
    ask()
    return perf_counter() - began


def test_a_page_of_many_cases_takes_the_time_of_a_page_of_few(hood):
    hood.submitted()
    house, official = hood.desk.by(SYSTEM), hood.by(Role.OFFICIAL)
    guest = hood.by(hood.carla)
    took = {}
    for first, count in ((1, FEW), (FEW + 1, CASES)):
        house.act(fill, "oost", first, count)
        cases = [_time(lambda: official.ask(queries.cases, "oost")) for _again in range(9)]
        register = [_time(lambda: guest.ask(queries.challenges, "oost")) for _again in range(9)]
        took[count] = median(cases), median(register)
    page = official.ask(queries.cases, "oost")
    assert (len(page.cases), page.next is not None) == (50, True)
    if CASES >= 10_000:
        print(f"{CASES} cases: {took[CASES]}, {FEW}: {took[FEW]}")  # noqa: T201 - the figures that were asked for
        assert all(many <= TIMES_MAX * few for many, few in zip(took[CASES], took[FEW], strict=True))


@pytest.mark.parametrize(
    ("day", "ends", "index"),
    [
        ("decide_on", "decide_on, id", "ix_challenge_case"),
        ("received_on", "received_on DESC, id DESC", "ix_challenge_register"),
    ],
)
def test_a_page_is_found_by_its_index(hood, day, ends, index):
    statement = (
        f"SELECT id FROM challenge WHERE place = 'oost' AND {day} IS NOT NULL"
        f" AND ({day}, id) > ('2026-01-01', '0') ORDER BY {ends} LIMIT 51"
    )
    found = hood.desk.by(SYSTEM).act(plan, "oost", statement)
    assert not found or index in found
    assert "TEMP B-TREE" not in found
