# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood with tasks, in which residents give time."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from tests import worlds
from tests.conftest import built_once
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.reciprocity import service
from wijkbudget.reciprocity.schemas import LogTime, OpenTask
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look

PLACE = "oost"
GIVEN_ON = date(2026, 3, 1)


@dataclass
class Tuin:
    """The garden of Oost: one task, its confirmers, and residents who give time to it."""

    desk: Desk
    task_id: UUID
    giver: Actor
    housemate: Actor
    neighbour: Actor
    """May confirm, and lives at another address than the giver."""
    stranger: Actor
    """A resident who is not on the list."""
    staff: dict[Role, Actor]
    keys: int = 0

    def log(self, minutes=60, given_on=GIVEN_ON, giver=None, task_id=None, **more):
        self.keys += 1
        at = self.desk.by(giver or self.giver).once(f"key {self.keys}")
        command = LogTime(given_on=given_on, minutes=minutes, **more)
        return at.act(service.log, PLACE, task_id or self.task_id, command)

    def confirmed(self, **more):
        return self.desk.by(self.neighbour).act(service.confirm, PLACE, self.log(**more).id)


@pytest.fixture(scope="session")
def built(store, tmp_path_factory) -> tuple[str, Tuin]:
    """Return a database with the garden of Oost in it, to be copied, and who is who; built once, as it takes time."""
    return built_once(store, tmp_path_factory.mktemp("tuin"), plant)


@pytest.fixture
def tuin(built, desk) -> Tuin:
    return replace(built[1], desk=desk)


@pytest.fixture
def task_id(tuin) -> UUID:
    """Return a task that needs four hours until 9 March; the neighbour and the guide confirm."""
    confirmers = [UUID(who.id) for who in (tuin.neighbour, tuin.staff[Role.GUIDE])]
    asked = OpenTask(title="Schuur bouwen", confirmers=confirmers, needed_minutes=240, needed_by=date(2026, 3, 9))
    return tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.open_task, PLACE, asked).id


def plant(desk: Desk) -> Tuin:
    """Make the garden of Oost through the verbs."""
    worlds.found_meerwijk(desk)
    residents = worlds.settle_in(desk, PLACE, 12)
    staff = worlds.staff(desk, PLACE)
    giver, housemate = next(
        (one, other)
        for one in residents
        for other in residents
        if one.id != other.id and same_household(desk, one, other)
    )
    neighbour, stranger = [other for other in residents if not same_household(desk, giver, other)][:2]
    confirmers = [UUID(who.id) for who in (giver, housemate, neighbour, staff[Role.GUIDE])]
    opened = OpenTask(title="Buurtmoestuin", confirmers=confirmers)
    return Tuin(
        desk=desk,
        task_id=desk.by(staff[Role.GUIDE]).act(service.open_task, PLACE, opened).id,
        giver=giver,
        housemate=housemate,
        neighbour=neighbour,
        stranger=stranger,
        staff=staff,
    )


def same_household(desk: Desk, one: Actor, other: Actor) -> bool:
    return look(desk, identity.same_household, one.id, other.id)


def look(desk: Desk, query, *arguments):
    """Ask what has no door, as the domains above do."""
    with desk.database.read() as session:
        known = {"actor": desk.actor, "now": desk.clock(), "keys": desk.keys, "files": desk.files}
        return query(Look(session=session, door=None, roles=frozenset(), **known), *arguments)
