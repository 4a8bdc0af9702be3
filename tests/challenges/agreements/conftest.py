# SPDX-License-Identifier: EUPL-1.2
"""A bid that was awarded, made once, and what tests ask about its agreement."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest

from tests.challenges.conftest import HOUSE, Hood
from tests.challenges.histories import DRIVERS, Case, brought
from tests.conftest import Clock, desk_of
from tests.stores import opened
from wijkbudget.challenges.agreements import queries
from wijkbudget.challenges.rules.states import Move
from wijkbudget.db.database import open_database
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import queries as vouchers

AWARDED = (Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE, Move.MAKE_READY, Move.AWARD)


@question(HOUSE)
def money(look: Look, place: str) -> dict[str, int]:
    """Return what the books hold of the year: in the pot and set apart."""
    accounts = {"pot": chart.pot(place, 2026), "reserved": chart.reserved(place, 2026)}
    return {name: ledger.balance(look, account) for name, account in accounts.items()}


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the proofs of agreements, vouchers and books find."""
    checks = (queries.check, vouchers.check, ledger.check, ledger.check_declared)
    return [str(fault) for check in checks for fault in check(look)]


@dataclass(frozen=True)
class Awarded:
    """A bid that was awarded, made once: where it is kept, when, and how much chance it took."""

    url: str
    drawn: int
    now: datetime
    case_id: UUID


def of(desk, clock, ready):
    return Hood(
        desk,
        clock,
        ready.residents,
        ready.staff,
        ready.other_official,
        ready.decider,
        ready.other_decider,
        ready.task_id,
    )


@pytest.fixture(scope="module")
def awarded(store, ready, tmp_path_factory):
    url, clock = store.copy(ready.url), Clock()
    with closing(open_database(url)) as database:
        desk = desk_of(database, tmp_path_factory.mktemp("awarded"), clock, ready.drawn)
        case_id = brought(of(desk, clock, ready), *AWARDED).id
    yield Awarded(url, desk.entropy.drawn, clock.now, case_id)
    store.drop(url)


@pytest.fixture
def desk(store, awarded, tmp_path, clock):
    clock.now = awarded.now
    with opened(store, store.copy(awarded.url)) as database:
        yield desk_of(database, tmp_path, clock, awarded.drawn)


@pytest.fixture
def case(hood, awarded):
    return Case(hood, awarded.case_id)


def go(case, *moves):
    """Make these moves."""
    for move in moves:
        DRIVERS[move](case)


def refused_once(case, refusal, actor, function, *args):
    """Assert that an act which is done once is refused by name and changes nothing."""
    before = case.hood.state()
    with pytest.raises(refusal):
        case.hood.by(actor).once("refused").act(function, "oost", *args)
    assert case.hood.state() == before


def agreement(case, actor=None):
    return case.hood.by(actor or case.hood.anna).ask(queries.agreement, "oost", case.id)
