# SPDX-License-Identifier: EUPL-1.2
"""Oost with two bids that can be decided, made once: one is ready, and of one the municipality means to say no."""

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


@dataclass(frozen=True)
class Decidable(Ready):
    """What every test of decisions finds."""

    ready_bid: UUID
    meant_bid: UUID
    now: datetime


@pytest.fixture(scope="session")
def ready(ready: Ready, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decidable]:
    url, clock = store.copy(ready.url), Clock()
    database = open_database(url)
    desk = desk_of(database, tmp_path_factory.mktemp("decisions"), clock, ready.drawn)
    known = {each.name: getattr(ready, each.name) for each in fields(ready)}
    people = (ready.residents, ready.staff, ready.other_official, ready.decider, ready.other_decider, ready.task_id)
    hood = Hood(desk, clock, *people)
    meant = brought(hood, Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL)
    case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE, Move.MAKE_READY)
    database.close()
    made = {"url": url, "drawn": desk.entropy.drawn}
    yield Decidable(**(known | made), ready_bid=case.id, meant_bid=meant.id, now=clock.now)
    store.drop(url)


@pytest.fixture
def clock(ready: Decidable) -> Clock:
    clock = Clock()
    clock.now = ready.now
    return clock


@pytest.fixture
def ready_bid(hood: Hood, ready: Decidable) -> Case:
    return Case(hood, ready.ready_bid)


@pytest.fixture
def meant_bid(hood: Hood, ready: Decidable) -> Case:
    return Case(hood, ready.meant_bid)
