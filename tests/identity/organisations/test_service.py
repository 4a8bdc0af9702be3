# SPDX-License-Identifier: EUPL-1.2
"""Organisations at the desk."""

from uuid import UUID

import pytest

from tests import worlds
from tests.identity.people import faults, inside, refused
from wijkbudget.identity import queries, seed, service
from wijkbudget.identity.rules.organisations import (
    AlreadyMember,
    LastMember,
    LegalForm,
    NameTaken,
    NotAsked,
    NotMember,
    OrganisationNotFound,
)
from wijkbudget.identity.schemas import (
    StartOrganisation,
)
from wijkbudget.kit.actor import GUEST
from wijkbudget.trail.desk import DoorClosed


class TestOrganisations:
    GROUP = StartOrganisation(name="Buurttuin", legal_form=LegalForm.GROUP)

    @pytest.fixture
    def people(self, desk):
        worlds.found_meerwijk(desk)
        return worlds.settle_in(desk, "oost", 3)

    def test_are_started_by_a_first_member(self, desk, people):
        card = desk.by(people[0]).act(service.start_organisation, "oost", self.GROUP)
        view = desk.ask(inside, "organisation", "oost", card.id)
        assert (view.name, view.legal_form, view.members) == ("Buurttuin", LegalForm.GROUP, [people[0].id])
        assert (card.is_member, card.member_count, [each.id for each in card.members]) == (True, 1, [people[0].id])

    def test_let_in_who_asked(self, desk, people):
        first, second, third = people
        card = desk.by(first).act(service.start_organisation, "oost", self.GROUP)
        asked = desk.by(second).act(service.join, "oost", card.id)
        assert (asked.is_member, asked.has_asked, asked.member_count, asked.askers) == (False, True, 1, [])
        refused(desk.by(second), AlreadyMember, service.join, "oost", card.id)
        refused(desk.by(second), NotMember, service.admit, "oost", card.id, UUID(second.id))
        refused(desk.by(first), NotAsked, service.admit, "oost", card.id, UUID(third.id))
        assert desk.by(first).act(service.admit, "oost", card.id, UUID(second.id)).member_count == 2
        refused(desk.by(first), NotAsked, service.admit, "oost", card.id, UUID(second.id))
        assert [each.name for each in desk.by(second).ask(queries.me).organisations] == ["Buurttuin"]

    def test_keep_their_last_member(self, desk, people):
        first, second, third = people
        card_id = seed.start_organisation(desk, "oost", "Buurttuin", [first, second])
        refused(desk.by(third), NotMember, service.leave, "oost", card_id)
        desk.by(first).act(service.leave, "oost", card_id)
        refused(desk.by(second), LastMember, service.leave, "oost", card_id)
        desk.by(third).act(service.join, "oost", card_id)
        desk.by(third).act(service.leave, "oost", card_id)
        assert desk.ask(inside, "organisation", "oost", card_id).members == [second.id]
        assert desk.ask(faults) == []

    def test_have_a_name_of_their_own(self, desk, people):
        desk.by(people[0]).act(service.start_organisation, "oost", self.GROUP)
        refused(desk.by(people[1]), NameTaken, service.start_organisation, "oost", self.GROUP)

    def test_show_no_names_to_guests(self, desk, people):
        card = desk.by(people[0]).act(service.start_organisation, "oost", self.GROUP)
        seen = desk.by(GUEST).ask(queries.organisation_card, "oost", card.id)
        assert (seen.member_count, seen.members, seen.askers) == (1, [], [])
        assert [each.name for each in desk.by(GUEST).ask(queries.organisations, "oost")] == ["Buurttuin"]

    def test_are_of_one_neighbourhood(self, desk, people):
        card = desk.by(people[0]).act(service.start_organisation, "oost", self.GROUP)
        with pytest.raises(OrganisationNotFound):
            desk.ask(queries.organisation_card, "west", card.id)
        refused(desk.by(people[0]), DoorClosed, service.start_organisation, "west", self.GROUP)

    def test_are_not_for_guests(self, desk, people):
        card = desk.by(people[0]).act(service.start_organisation, "oost", self.GROUP)
        refused(desk.by(GUEST), DoorClosed, service.join, "oost", card.id)


class TestCheck:
    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("UPDATE residence SET place = 'west' WHERE place = 'oost'", "has an address in another neighbourhood"),
            ("UPDATE person SET pseudonym = NULL, birth_year = NULL", "is of somebody who is not on the register"),
            ("DELETE FROM organisation_member", "has no member"),
            ("UPDATE login_code SET used_at = '2030-01-01 00:00:00'", "was used outside its time"),
            (
                (
                    "UPDATE residence SET until_on = '2027-01-01',"
                    " person_id = (SELECT person_id FROM residence ORDER BY person_id DESC LIMIT 1)"
                ),
                "overlaps with an earlier stay",
            ),
        ],
    )
    def test_finds_what_was_done_behind_the_desk(self, desk, statement, fault):
        worlds.found_meerwijk(desk)
        people = worlds.settle_in(desk, "oost", 2)
        desk.by(people[0]).act(service.start_organisation, "oost", TestOrganisations.GROUP)
        assert desk.ask(faults) == []
        desk.database.submit(lambda session: session.connection().exec_driver_sql(statement)).result()
        assert any(found.endswith(fault) for found in desk.ask(faults))
