# SPDX-License-Identifier: EUPL-1.2
"""The garden of Oost after a quarter in which twelve people gave time, and all of it counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import built_once, desk_of
from tests.reciprocity.conftest import PLACE, Tuin, plant
from tests.stores import opened
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Role
from wijkbudget.reciprocity import service
from wijkbudget.reciprocity.schemas import LogTime
from wijkbudget.trail import sealing
from wijkbudget.trail.desk import Desk

AFTER = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
"""The day after the quarter."""
GIVER_COUNT = 21


@pytest.fixture(scope="session")
def grown(store, tmp_path_factory) -> tuple[str, Tuin]:
    """Return a database with the garden after a quarter, to be copied; built once, as it takes time."""
    return built_once(store, tmp_path_factory.mktemp("grown"), grow)


@pytest.fixture
def settled(grown, store, tmp_path, clock) -> Iterator[Tuin]:
    """Return the garden after its first quarter, with twenty-one times that count."""
    clock.now = AFTER
    with opened(store, store.copy(grown[0])) as database:
        yield replace(grown[1], desk=desk_of(database, tmp_path, clock, drawn=2_000_000))


def grow(desk: Desk) -> Tuin:
    """Let twenty-one residents give time that the guide confirms, and settle it."""
    tuin = plant(desk)
    homes = desk.ask(identity.residents, PLACE, date(2026, 3, 2), 18)
    ids = [who.person_id for who in homes][:GIVER_COUNT]
    people.prove(desk, PLACE, ids)
    guide = desk.by(tuin.staff[Role.GUIDE])
    for number, person_id in enumerate(ids):
        giver = desk.by(replace(tuin.giver, id=person_id)).once(f"grow {number}")
        told = LogTime(given_on=date(2026, 3, 1), minutes=15 * (1 + number % 4))
        guide.act(service.confirm, PLACE, giver.act(service.log, PLACE, tuin.task_id, told).id)
    desk.clock.now += timedelta(days=14)
    while desk.act(service.settle, PLACE).entry_count:
        pass
    while desk.act(sealing.seal):
        pass
    return tuin
