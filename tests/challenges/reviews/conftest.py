# SPDX-License-Identifier: EUPL-1.2
"""Oost with an agreement that holds, made once: the group mows the grass for three hundred days."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

import pytest

from tests.challenges.conftest import Hood, Ready
from tests.challenges.histories import Case, brought
from tests.conftest import Clock, desk_of
from tests.stores import Store
from wijkbudget.challenges.rules.states import Move
from wijkbudget.db.database import open_database

TO_WORK = (
    Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE, Move.MAKE_READY, Move.AWARD, Move.DRAFT, Move.SIGN, Move.ENTER_INTO,
)  # fmt: skip


@dataclass(frozen=True)
class Working(Ready):
    """What every test of work that a group took over finds."""

    bid: UUID
    now: datetime


@pytest.fixture(scope="session")
def ready(ready: Ready, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Working]:
    url, clock = store.copy(ready.url), Clock()
    database = open_database(url)
    desk = desk_of(database, tmp_path_factory.mktemp("reviews"), clock, ready.drawn)
    known = {each.name: getattr(ready, each.name) for each in fields(ready)}
    people = (ready.residents, ready.staff, ready.other_official, ready.decider, ready.other_decider, ready.task_id)
    case = brought(Hood(desk, clock, *people), *TO_WORK)
    database.close()
    made = {"url": url, "drawn": desk.entropy.drawn}
    yield Working(**(known | made), bid=case.id, now=clock.now)
    store.drop(url)


@pytest.fixture
def clock(ready: Working) -> Clock:
    clock = Clock()
    clock.now = ready.now
    return clock


@pytest.fixture
def case(hood: Hood, ready: Working) -> Case:
    return Case(hood, ready.bid)
