# SPDX-License-Identifier: EUPL-1.2
"""The statement of an account: page after page by key, however many postings there are."""

import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import text

from tests.conftest import Clock, desk_of
from tests.ledger.test_ledger import GOAL, POT, post, transfer
from tests.stores import beside
from wijkbudget.db.database import open_database
from wijkbudget.kit.actor import Role, may
from wijkbudget.ledger import chart, queries
from wijkbudget.ledger.queries import TransferView
from wijkbudget.ledger.rules import Account, TransferNotFound
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, question

MANY = int(os.environ.get("WIJKBUDGET_PROOF_POSTINGS", "2000"))
_HOUSE = may(Role.SYSTEM)
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0})
INSERT INTO ledger_transfer (id, at, place, source, target, unit, amount, reference)
SELECT {1}, {2}, 'oost', CASE WHEN i % 2 = 0 THEN 'pot:oost:2026' ELSE 'other:' || (i % 7) END,
CASE WHEN i % 2 = 1 THEN 'pot:oost:2026' ELSE 'goal:' || (i % 9) END, 'cent', 1, 'many ' || i FROM n
"""
_OWN = {
    "sqlite": ("substr('00000000000000000000000000000000' || i, -32)", "'2026-01-01 00:00:00.000000'"),
    "postgresql": ("CAST(lpad(CAST(i AS text), 32, '0') AS uuid)", "TIMESTAMPTZ '2026-01-01'"),
}


@question(_HOUSE)
def statement(
    look: Look, place: str, accounts: list[Account], before: str | None = None, count: int = 2
) -> list[TransferView]:
    return queries.statement(look, place, [account.address for account in accounts], before, count)


@pytest.fixture
def busy(desk: Desk, clock: Clock) -> Desk:
    """Return a desk where the pot got money twice at the same moment, and gave some away a day later."""
    for reference in ("first", "second"):
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, reference))
    clock.forward(days=1)
    desk.act(post, "oost", transfer(POT, GOAL, 400, "spent"))
    desk.act(post, "west", transfer(chart.MUNICIPALITY, chart.pot("west", 2026), 1, "elsewhere"))
    return desk


def references(found: list[TransferView]) -> list[str]:
    return [one.reference for one in found]


class TestTheStatement:
    def test_is_read_page_after_page_newest_first(self, busy: Desk) -> None:
        first = busy.ask(statement, "oost", [POT])
        assert references(first) == ["spent", "second"]
        assert references(busy.ask(statement, "oost", [POT], first[-1].reference)) == ["first"]
        assert busy.ask(statement, "oost", [POT], "first") == []

    def test_of_both_ends_of_a_transfer_shows_it_once(self, busy: Desk) -> None:
        assert references(busy.ask(statement, "oost", [GOAL, POT], count=9)) == ["spent", "second", "first"]

    def test_is_of_one_neighbourhood(self, busy: Desk) -> None:
        assert references(busy.ask(statement, "oost", [chart.MUNICIPALITY], count=9)) == ["second", "first"]
        with pytest.raises(TransferNotFound):
            busy.ask(statement, "oost", [POT], "elsewhere")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def long(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return where a database of each kind is in which many transfers stand."""
    store = request.getfixturevalue(f"{request.param}_store")
    url = store.make()
    with beside(url) as connection:
        made_id, moment = _OWN[connection.dialect.name]
        connection.execute(text(_FILL.format(MANY, made_id, moment)))
        connection.execute(text("ANALYZE ledger_transfer"))
    yield url
    store.drop(url)


def test_every_page_and_balance_is_read_by_an_index_and_nothing_is_sorted(long: str) -> None:
    values = {"account": POT.address, "place": "oost", "at": queries.NEWEST, "reference": "many 7", "count": 50}
    with beside(long) as connection:
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        for asked in (*queries._PAGES, queries._MARK, queries._BALANCE):  # noqa: SLF001 - the very words that are sent
            named: Any = asked._statement  # noqa: SLF001 - the same
            used = {name: value for name, value in values.items() if name in named.compile().params}
            sql = named.params(used).compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
            plan = "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {sql}"))
            assert re.search(r"Index Scan|Index Only Scan|SEARCH ledger_\w+ USING", plan) or "ledger_balance" in plan
            assert not re.search(r"Seq Scan on ledger_transfer|SCAN ledger_|TEMP B-TREE|Sort", plan), plan


def test_every_posting_is_on_one_page_however_many_come_before(long: str, tmp_path: Path) -> None:
    found: set[str] = set()
    times: list[float] = []
    with closing(open_database(long)) as database:
        desk, last = desk_of(database, tmp_path, Clock()), None
        while True:
            begun = perf_counter()
            page = references(desk.ask(statement, "oost", [POT], last, queries.PAGE_LENGTH))
            times.append(perf_counter() - begun)
            if not page:
                break
            assert found.isdisjoint(page)
            found.update(page)
            last = page[-1]
    assert len(found) == MANY
    first, deep = (sorted(some)[len(some) // 2] for some in (times[:20], times[-20:]))
    told = f"a page takes {first * 1000:.1f} ms at first and {deep * 1000:.1f} ms at the end"
    print(f"{MANY:,} postings on {long.partition(':')[0]}: {told}")  # noqa: T201 - a proof tells what it saw
