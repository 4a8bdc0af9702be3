# SPDX-License-Identifier: EUPL-1.2
"""Roles at the desk."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests import worlds
from tests.identity.people import inside, person, refused
from wijkbudget.identity import queries, service
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.rules.roles import GrantNotFound, NotForYourself, RoleHeld, RoleOver
from wijkbudget.identity.schemas import (
    AddPerson,
    GrantRole,
)
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods.rules import NeighbourhoodNotFound
from wijkbudget.trail.desk import DoorClosed


class TestRoles:
    def test_show_at_once_and_end_the_visit(self, town):
        anna = person(town, "p-1")
        token = town.act(worlds.open_session, str(anna))
        chef = town.by(worlds.somebody(Role.ADMINISTRATOR, "oost"))
        view = chef.act(service.grant_role, "oost", GrantRole(person_id=anna, role=Role.GUIDE))
        assert town.ask(inside, "actor_of", token) is None
        assert town.ask(queries.actor, anna).roles == {(Role.RESIDENT, "oost"), (Role.GUIDE, "oost")}
        token = town.act(worlds.open_session, str(anna))
        chef.act(service.end_role, "oost", view.id)
        assert town.ask(inside, "actor_of", token) is None
        assert town.ask(queries.actor, anna).roles == {(Role.RESIDENT, "oost")}
        refused(chef, RoleOver, service.end_role, "oost", view.id)

    def test_end_by_themselves(self, town, clock):
        command = AddPerson(name="Eva", role=Role.CASHIER, until_on=date(2026, 3, 4))
        eva = UUID(town.act(service.add_person, "oost", command).person.id)
        assert town.ask(queries.actor, eva).roles == {(Role.CASHIER, "oost")}
        clock.now += timedelta(days=2)
        assert town.ask(queries.actor, eva).roles == frozenset()

    def test_are_held_in_one_place_or_in_all(self, town):
        town.act(service.add_person, "oost", AddPerson(name="Eva", role=Role.OFFICIAL))
        town.act(service.appoint, AddPerson(name="Dirk", role=Role.OFFICIAL))
        assert [each.name for each in town.ask(inside, "holders", "oost", Role.OFFICIAL)] == ["Dirk", "Eva"]
        assert [each.name for each in town.ask(inside, "holders", "west", Role.OFFICIAL)] == ["Dirk"]
        assert [each.person.name for each in town.ask(queries.municipal_grants)] == ["Dirk"]

    def test_are_refused_twice_and_elsewhere(self, town):
        given = town.act(service.add_person, "oost", AddPerson(name="Eva", role=Role.OFFICIAL))
        again = GrantRole(person_id=UUID(given.person.id), role=Role.OFFICIAL)
        refused(town, RoleHeld, service.grant_role, "oost", again)
        refused(town, GrantNotFound, service.end_role, "west", given.id)
        refused(town, GrantNotFound, service.end_municipal_role, given.id)
        refused(town, PersonNotFound, service.grant_role, "oost", GrantRole(person_id=uuid4(), role=Role.GUIDE))
        refused(town, NeighbourhoodNotFound, service.add_person, "noord", AddPerson(name="Eva", role=Role.GUIDE))

    def test_cannot_be_given_to_yourself(self, town):
        staff = worlds.staff(town, "oost")
        chef = staff[Role.ADMINISTRATOR]
        own = GrantRole(person_id=UUID(chef.id), role=Role.CASHIER)
        refused(town.by(chef), NotForYourself, service.grant_role, "oost", own)

    @pytest.mark.parametrize("role", [Role.RESIDENT, Role.CHAIR, Role.OFFICIAL, Role.AUDITOR])
    def test_are_given_by_administrators_only(self, town, role):
        somebody = town.by(worlds.somebody(role))
        refused(somebody, DoorClosed, service.add_person, "oost", AddPerson(name="Eva", role=Role.GUIDE))
