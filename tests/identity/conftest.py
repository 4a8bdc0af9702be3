# SPDX-License-Identifier: EUPL-1.2
"""The town of identity tests, and who works there."""

import pytest

from tests import worlds
from tests.identity.people import ANNA, BRAM, CHAN, load
from wijkbudget.identity import queries, service
from wijkbudget.identity.schemas import AddPerson, FindResidents
from wijkbudget.kit.actor import Actor, Role


@pytest.fixture
def town(desk):
    """Return the desk of Meerwijk with three people on the register, of whom two share a household."""
    worlds.found_meerwijk(desk)
    load(desk, ANNA, BRAM, CHAN)
    return desk


@pytest.fixture
def anna(town):
    return found(town, "oost", "9901AA", 1)


@pytest.fixture
def official(town):
    return hired(town, Role.OFFICIAL)


@pytest.fixture
def administrator(town):
    """Return somebody who is administrator of the whole municipality."""
    given = town.act(service.appoint, AddPerson(name="Esther Vermeer", role=Role.ADMINISTRATOR))
    return Actor(id=given.person.id)


def hired(desk, role):
    return Actor(id=desk.act(service.add_person, "oost", AddPerson(name="Pieter", role=role)).person.id)


def found(desk, place, postcode, house_number):
    official = desk.by(worlds.somebody(Role.OFFICIAL))
    address = FindResidents(postcode=postcode, house_number=house_number)
    return official.ask(queries.residents_at, place, address)[0].id
