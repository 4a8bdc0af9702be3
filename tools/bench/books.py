# SPDX-License-Identifier: EUPL-1.2
"""Measures an act that moves money, with sixteen callers, beside the same written in other ways."""

import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, event
from sqlmodel import Session, col, select

from tools.bench.results import Result, compare, in_turn
from wijkbudget.app import house
from wijkbudget.app.settings import Settings
from wijkbudget.kit.actor import Role, may
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.models import LedgerBalance, LedgerTransfer
from wijkbudget.ledger.rules import Account, Transfer, Unit
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import KeptAnswer, TrailEntry, TrailUnsealed
from wijkbudget.trail.work import Work, verb

CALLERS = 16
ROUNDS = 5
ACTS = 600
GROUP = 16
ACCOUNTS = 200
FILLED = 1_000_000_000
PLACE = "bench"

_HOUSE = may(Role.SYSTEM)
_numbers = count()


@verb(_HOUSE, once=True)
def fill(work: Work, place: str) -> None:
    """Fill every account."""
    for number in range(ACCOUNTS):
        filling = Transfer(
            source=chart.MUNICIPALITY, target=_account(place, number), amount=FILLED, reference=f"fill {number}"
        )
        ledger.post(work, place, filling)


@verb(_HOUSE, once=True)
def move(work: Work, place: str, source: int, target: int) -> None:
    """Move one cent, as verbs of the product do."""
    reference = str(work.new_id())
    one_cent = Transfer(source=_account(place, source), target=_account(place, target), amount=1, reference=reference)
    ledger.post(work, place, one_cent)


def by_callers(callers: int, acts: int, act: Callable[[int], None]) -> float:
    """Let so many threads do so many acts together, and return how many were done a second."""
    began = perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        for _done in pool.map(act, (next(_numbers) for _each in range(acts))):
            pass
    return acts / (perf_counter() - began)


def spread(desk: Desk) -> Callable[[int], None]:
    """Return the act between accounts far apart."""
    return lambda number: desk.once(str(uuid4())).act(move, PLACE, *pair(number))


def pair(number: int) -> tuple[int, int]:
    """Return two accounts; the callers' next acts have others."""
    return number % ACCOUNTS, (number + ACCOUNTS // 2) % ACCOUNTS


def on_sqlite(settings: Settings, folder: Path) -> list[Result]:
    """Compare the act with an ORM session that commits each time, and with bare statements in groups."""
    ours, naive, bare = (folder / f"{name}.db" for name in ("ours", "naive", "bare"))
    for path in (naive, bare, ours):
        of_path = Settings(folder=settings.folder, database_url=f"sqlite:///{path}", origin=settings.origin)
        with house.open_house(of_path) as desk:
            desk.once("fill").act(fill, PLACE)
    with house.open_house(of_path) as desk:
        rounds = in_turn(
            ROUNDS,
            {
                "act": lambda: by_callers(CALLERS, ACTS, spread(desk)),
                "orm": lambda: by_callers(CALLERS, ACTS // 4, _Naive(naive)),
                "bare": lambda: _bare(bare, ACTS * 4),
            },
        )
    what = "an act that moves money, SQLite"
    return [
        compare(what, rounds, ("act", "orm"), times=5, against="by an ORM session, a commit each"),
        compare(what, rounds, ("act", "bare"), times=0.10, against="bare statements, 16 a commit"),
    ]


class _Naive:
    """The same act as a first version would have it: rows of the ORM, and a commit for each act.

    One lock stands before the database, so that no caller sleeps in SQLite's own waiting; that is kind to it.
    """

    def __init__(self, path: Path) -> None:
        """Open the database as durable as ours."""
        self._lock = threading.Lock()
        self._engine = create_engine(f"sqlite:///{path}")

        @event.listens_for(self._engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")

    def __call__(self, number: int) -> None:
        """Move one cent."""
        key, reference, now = str(uuid4()), str(uuid4()), datetime.now(UTC)
        source, target = (_account(PLACE, each).address for each in pair(number))
        command_hash = sha256(json.dumps(["move", PLACE, number]).encode()).hexdigest()
        with self._lock, Session(self._engine) as session:
            assert session.get(KeptAnswer, ("system", key)) is None
            assert not session.exec(select(LedgerTransfer).where(col(LedgerTransfer.reference) == reference)).first()
            giver, taker = session.get_one(LedgerBalance, source), session.get_one(LedgerBalance, target)
            assert giver.amount >= 1
            giver.amount -= 1
            taker.amount += 1
            session.add(
                LedgerTransfer(
                    id=uuid4(),
                    at=now,
                    place=PLACE,
                    source=source,
                    target=target,
                    unit=Unit.CENT,
                    amount=1,
                    reference=reference,
                )
            )
            facts = {"amount": 1, "source": source, "target": target, "unit": "cent"}
            entry = TrailEntry(
                id=uuid4(),
                at=now,
                kind="ledger.Transferred",
                place=PLACE,
                subject=reference,
                facts=json.dumps(facts),
                hidden=json.dumps({"actor": "system"}),
                salt=uuid4().hex,
                hidden_hash=sha256(uuid4().bytes).hexdigest(),
            )
            session.add(entry)
            session.add(TrailUnsealed(entry_id=entry.id))
            session.add(KeptAnswer(actor="system", key=key, command_hash=command_hash, answer="null", at=now))
            session.commit()


def statements(source: str, target: str) -> Sequence[tuple[str, tuple[object, ...]]]:
    """Return the statements of one act, bare, in the words of SQLite."""
    key, reference, entry, now = str(uuid4()), str(uuid4()), uuid4().hex, datetime.now(UTC).isoformat(" ")
    facts = json.dumps({"amount": 1, "source": source, "target": target, "unit": "cent"})
    return [
        ("SELECT command_hash, answer FROM kept_answer WHERE actor = ? AND key = ?", ("system", key)),
        ("SELECT place, source, target, unit, amount FROM ledger_transfer WHERE reference = ?", (reference,)),
        ("UPDATE ledger_balance SET amount = amount - 1 WHERE account = ? AND amount >= 1", (source,)),
        (
            (
                "INSERT INTO ledger_balance (account, unit, amount) VALUES (?, 'cent', 1)"
                " ON CONFLICT (account) DO UPDATE SET amount = ledger_balance.amount + excluded.amount"
            ),
            (target,),
        ),
        (
            (
                "INSERT INTO ledger_transfer (id, at, place, source, target, unit, amount, reference)"
                " VALUES (?, ?, ?, ?, ?, 'cent', 1, ?)"
            ),
            (uuid4().hex, now, PLACE, source, target, reference),
        ),
        (
            (
                "INSERT INTO trail_entry (id, at, kind, place, subject, facts, hidden, salt, hidden_hash)"
                " VALUES (?, ?, 'ledger.Transferred', ?, ?, ?, '{\"actor\":\"system\"}', ?, ?)"
            ),
            (entry, now, PLACE, reference, facts, uuid4().hex, sha256(facts.encode()).hexdigest()),
        ),
        ("INSERT INTO trail_unsealed (entry_id) VALUES (?)", (entry,)),
        (
            "INSERT INTO kept_answer (actor, key, command_hash, answer, at) VALUES ('system', ?, ?, 'null', ?)",
            (key, sha256(reference.encode()).hexdigest(), now),
        ),
    ]


def _bare(path: Path, acts: int) -> float:
    """Do the statements of so many acts with nothing around them; what they hold was made before the clock runs."""
    pairs = [pair(next(_numbers)) for _each in range(acts)]
    made = [statements(*(_account(PLACE, each).address for each in two)) for two in pairs]
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    began = perf_counter()
    for first in range(0, acts, GROUP):
        connection.execute("BEGIN IMMEDIATE")
        for act in made[first : first + GROUP]:
            for statement, values in act:
                connection.execute(statement, values).fetchall()
        connection.execute("COMMIT")
    taken = perf_counter() - began
    connection.close()
    return acts / taken


def _account(place: str, number: int) -> Account:
    return Account(f"pot:{place}:{number}", Unit.CENT)
