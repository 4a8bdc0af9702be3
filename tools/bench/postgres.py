# SPDX-License-Identifier: EUPL-1.2
"""Measures the same on PostgreSQL, where one is found: a server of its own, as durable as a real one."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, create_engine, make_url, text

from tests import servers
from tools.bench import books, town, web
from tools.bench.books import CALLERS, PLACE, by_callers
from tools.bench.results import Result, compare, in_turn
from tools.bench.server import PORT
from wijkbudget.app import house
from wijkbudget.app.settings import Settings
from wijkbudget.ledger import chart
from wijkbudget.trail.desk import Desk

NAMED = "WIJKBUDGET_BENCH_POSTGRES"
"""The setting with the URL of a server, for somebody who may create databases there."""

ROUNDS = 3
ACTS = 400
SECONDS = 2
DURABLE = ("fsync=on", "synchronous_commit=on", "max_connections=200", "shared_buffers=256MB", "listen_addresses=")


@dataclass(frozen=True)
class Server:
    """A server with an empty database of ours, and the pgbench that came with it."""

    url: URL
    pgbench: Path | None

    def version(self) -> str:
        """Return what it calls itself."""
        engine = create_engine(self.url)
        with engine.connect() as connection:
            said: str = connection.execute(text("SHOW server_version")).scalar_one()
        engine.dispose()
        return said.partition(" ")[0]


@contextmanager
def found() -> Iterator[Server | None]:
    """Give the server that the environment names, or a throwaway one; None where there is none."""
    if NAMED in os.environ:
        yield _with_database(Server(make_url(os.environ[NAMED]), None))
        return
    with servers.throwaway(DURABLE) as cluster:
        yield _with_database(Server(make_url(cluster.url), cluster.binaries / "pgbench")) if cluster else None


def measured(server: Server, folder: Path) -> list[Result]:
    """Compare casting with a POST that does nothing, and the act with pgbench and with itself."""
    settings = Settings(
        folder=folder,
        database_url=server.url.render_as_string(hide_password=False),
        origin=f"http://127.0.0.1:{PORT}",
    )
    town.settle(settings)
    codes = town.open_round(settings)
    results = [web.casting(settings, codes, times=0.30, on="PostgreSQL")]
    with house.open_house(settings) as desk:
        desk.once("fill").act(books.fill, PLACE)
        _live_a_year(server)
        return results + _books(server, desk, folder)


def _books(server: Server, desk: Desk, folder: Path) -> list[Result]:
    def on_one_pot(number: int) -> None:
        desk.once(str(uuid4())).act(books.move, PLACE, 0, 1 + number % (books.ACCOUNTS - 1))

    runs = {
        "spread": lambda: by_callers(CALLERS, ACTS, books.spread(desk)),
        "pot": lambda: by_callers(CALLERS, ACTS // 2, on_one_pot),
        "alone": lambda: by_callers(1, ACTS // 4, on_one_pot),
    }
    if server.pgbench:
        script = folder / "act.sql"
        script.write_text(_SCRIPT)
        runs["pgbench"] = lambda: _pgbench(server, script)
    rounds = in_turn(ROUNDS, runs)
    what = "an act that moves money, PostgreSQL"
    # An act that is given up raises Busy here, and ends the measuring.
    results = [compare(f"{what}, one pot", rounds, ("pot", "alone"), times=0.5, against="by one caller")]
    if server.pgbench:
        against = f"the statements by pgbench -c{CALLERS}"
        results.insert(0, compare(f"{what}, spread", rounds, ("spread", "pgbench"), times=0.20, against=against))
    return results


def _live_a_year(server: Server) -> None:
    """Fill the books as some years would, for in an empty one all acts meet on the same few pages of its indexes."""
    engine = create_engine(server.url)
    with engine.begin() as connection:
        for statement in _YEARS:
            connection.exec_driver_sql(statement)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def _pgbench(server: Server, script: Path) -> float:
    """Return how often a second pgbench does the statements of an act, each time committed."""
    url = server.url
    assert server.pgbench
    command = [
        *(str(server.pgbench), "--no-vacuum", "--protocol=prepared", "--jobs=2", "--max-tries=100"),
        *(f"--client={CALLERS}", f"--time={SECONDS}", f"--file={script}"),
        *("--host", str(url.query.get("host", url.host or "")), "--username", url.username or "postgres"),
        str(url.database),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    assert rate, done.stderr
    return round(Fraction(rate[1]))


def _with_database(server: Server) -> Server:
    name = f"wijkbudget_bench_{os.getpid()}"
    engine = create_engine(server.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return Server(server.url.set(database=name), server.pgbench)


# pgbench takes whatever follows a colon for a variable, in a text too.
_POT = " || chr(58) || ".join(f"'{part}'" for part in chart.pot(PLACE, 0).address.split(":")[:2]) + " || chr(58)"
_LIVED = 50_000
_EACH = f"FROM generate_series(1, {_LIVED}) AS n"
_YEARS = (
    (
        "INSERT INTO ledger_transfer (id, at, place, source, target, unit, amount, reference)"
        f" SELECT gen_random_uuid(), now(), 'before', 'a', 'b', 'cent', 1, gen_random_uuid()::text {_EACH}"
    ),
    (
        "INSERT INTO trail_entry (id, at, kind, place, subject, facts, hidden, salt, hidden_hash)"
        f" SELECT gen_random_uuid(), now(), 'before', 'before', gen_random_uuid()::text, '', '', '', '' {_EACH}"
    ),
    f"INSERT INTO trail_unsealed (entry_id) SELECT gen_random_uuid() {_EACH}",
    (
        "INSERT INTO kept_answer (actor, key, command_hash, answer, at)"
        f" SELECT 'system', gen_random_uuid()::text, '', 'null', now() {_EACH}"
    ),
)
_SCRIPT = rf"""
\set id random(1, 9000000000000000000)
\set source random(0, {books.ACCOUNTS - 1})
\set target random(0, {books.ACCOUNTS - 1})
BEGIN;
SELECT command_hash, answer FROM kept_answer WHERE actor = 'system' AND key = :id::text;
SELECT place, source, target, unit, amount FROM ledger_transfer WHERE reference = :id::text;
UPDATE ledger_balance SET amount = amount - 1 WHERE account = {_POT} || :source::text AND amount >= 1;
INSERT INTO ledger_balance (account, unit, amount) VALUES ({_POT} || :target::text, 'cent', 1)
 ON CONFLICT (account) DO UPDATE SET amount = ledger_balance.amount + excluded.amount;
INSERT INTO ledger_transfer (id, at, place, source, target, unit, amount, reference)
 VALUES (md5(:id::text)::uuid, now(), '{PLACE}', 'pot one', 'pot two', 'cent', 1, :id::text);
INSERT INTO trail_entry (id, at, kind, place, subject, facts, hidden, salt, hidden_hash)
 VALUES (md5(:id::text)::uuid, now(), 'ledger.Transferred', '{PLACE}', :id::text,
 '{{"amount": 1,"source":"pot one","target":"pot two","unit":"cent"}}', '{{"actor":"system"}}',
 md5(:id::text), md5(:id::text) || md5(:id::text));
INSERT INTO trail_unsealed (entry_id) VALUES (md5(:id::text)::uuid);
INSERT INTO kept_answer (actor, key, command_hash, answer, at)
 VALUES ('system', :id::text, md5(:id::text) || md5(:id::text), 'null', now());
COMMIT;
"""  # noqa: S608 - its values are our own
"""What one act says to the database, in eight statements; source and target lie anywhere, as with our own callers."""
