# SPDX-License-Identifier: EUPL-1.2
"""The register at the desk."""

from datetime import date, timedelta
from threading import current_thread
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from tests import worlds
from tests.identity.people import ANNA, BRAM, CHAN, HEADER, faults, inside, letter_code, load, person, refused, trail
from wijkbudget.identity import queries, seed, service
from wijkbudget.identity.models import Person, Residence
from wijkbudget.identity.rules.logins import WrongCode
from wijkbudget.identity.rules.register import BadRegister
from wijkbudget.identity.rules.register import read_register as read
from wijkbudget.identity.schemas import (
    FindResidents,
    ImportRegister,
    LogIn,
)
from wijkbudget.identity.service import register
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Outdated


class TestImportRegister:
    def test_settles_people_in_the_neighbourhood_of_their_address(self, town):
        assert [town.ask(queries.counts, place).resident_count for place in ("oost", "west")] == [2, 1]
        assert [town.ask(queries.counts, place).household_count for place in ("oost", "west")] == [1, 1]
        anna, bram, chantal = (str(person(town, pseudonym)) for pseudonym in ("p-1", "p-2", "p-3"))
        assert town.ask(inside, "same_household", anna, bram)
        assert not town.ask(inside, "same_household", anna, chantal)
        assert town.ask(inside, "names", [anna, chantal]) == {anna: "Anna Bos", chantal: "Chantal Kaya"}
        assert town.ask(inside, "address_of", chantal).lines == ["Chantal Kaya", "9902 BA, 7 A"]

    def test_tells_the_trail_counts_only(self, town):
        imports = [entry for entry in town.ask(trail) if entry[0] == "identity.RegisterImported"]
        assert imports == [
            (
                "identity.RegisterImported",
                None,
                '{"changed":0,"ended":0,"is_full":false,"new":3,"unchanged":0}',
            )
        ]

    def test_doubles_nobody(self, town):
        view = load(town, ANNA, BRAM, CHAN)
        assert view.model_dump() == {"new_count": 0, "changed_count": 0, "ended_count": 0, "unchanged_count": 3}
        assert town.ask(queries.counts, "oost").resident_count == 2

    def test_moves_somebody_from_the_day_of_the_file(self, town, clock):
        anna = str(person(town, "p-1"))
        clock.now += timedelta(days=10)
        view = load(town, ANNA.replace("9901AA;1", "9902AA;9"))
        assert (view.new_count, view.changed_count, view.ended_count) == (0, 1, 1)
        moved_on = clock.now.date()
        assert not town.ask(inside, "is_resident", "oost", anna, moved_on)
        assert town.ask(inside, "is_resident", "west", anna, moved_on)
        assert town.ask(inside, "is_resident", "oost", anna, moved_on - timedelta(days=1))
        assert not town.ask(inside, "is_resident", "west", anna, moved_on - timedelta(days=1))
        assert town.ask(faults) == []

    def test_moves_back_and_forth_on_one_day(self, town):
        load(town, ANNA.replace("9901AA;1", "9902AA;9"))
        load(town, ANNA)
        assert town.ask(queries.counts, "oost").resident_count == 2
        assert town.ask(faults) == []

    def test_takes_over_a_new_name(self, town):
        load(town, ANNA.replace("Anna Bos", "Anna Vos"))
        anna = str(person(town, "p-1"))
        assert town.ask(inside, "names", [anna]) == {anna: "Anna Vos"}

    def test_ends_the_stay_of_who_is_missing_from_a_full_file(self, town):
        bram = str(person(town, "p-2"))
        assert load(town, ANNA, CHAN).ended_count == 0
        assert load(town, ANNA, CHAN, is_full=True).ended_count == 1
        assert not town.ask(inside, "is_resident", "oost", bram, date(2026, 3, 2))
        assert load(town, ANNA, CHAN, is_full=True).ended_count == 0

    def test_is_all_or_nothing(self, town):
        csv = "\n".join([HEADER, ANNA.replace("Anna", "Eva"), "p-9;Eva;1234AB;1;;1980;2019-01-31", "nonsense"])
        refusal = refused(town, BadRegister, service.import_register, ImportRegister(csv=csv))
        assert [(line.number, str(line.reason)) for line in refusal.lines] == [
            (3, "This address is in no neighbourhood of this municipality."),
            (4, "This line has 1 columns, the first line has 7."),
        ]

    def test_withdraws_a_letter_that_goes_to_an_old_address(self, town):
        code = letter_code(town, "p-1")
        load(town, ANNA.replace("9901AA;1", "9901AA;2"))
        refused(town.by(GUEST), WrongCode, service.log_in, LogIn(code=code))

    def test_reads_and_compares_before_the_writer_is_held(self, desk, monkeypatch):
        worlds.found_meerwijk(desk)
        csv = worlds.register_csv({"oost": 1500})
        read_in = []
        monkeypatch.setattr(register, "read_register", lambda *args: (read_in.append(current_thread()), read(*args))[1])
        view = desk.act(service.import_register, ImportRegister(csv=csv))
        assert view.new_count == 1500
        assert read_in == [current_thread()]
        assert desk.ask(queries.counts, "oost").resident_count == 1500
        assert desk.ask(faults) == []

    def test_is_outdated_when_another_file_came_between(self, town, clock, monkeypatch):
        def come_between(*args):
            monkeypatch.undo()
            clock.forward(minutes=1)
            load(town, ANNA)
            return read(*args)

        monkeypatch.setattr(register, "read_register", come_between)
        with pytest.raises(Outdated):
            load(town, ANNA.replace("9901AA;1", "9901AA;2"))
        anna = str(person(town, "p-1"))
        assert town.ask(inside, "address_of", anna).lines == ["Anna Bos", "9901 AA, 1"]

    @pytest.mark.parametrize("role", [Role.RESIDENT, Role.OFFICIAL, Role.AUDITOR])
    def test_is_for_administrators(self, town, role):
        refused(town.by(worlds.somebody(role)), DoorClosed, service.import_register, ImportRegister(csv=HEADER))

    def test_is_not_for_the_administrator_of_one_neighbourhood(self, town):
        local = worlds.somebody(Role.ADMINISTRATOR, "oost")
        refused(town.by(local), DoorClosed, service.import_register, ImportRegister(csv=HEADER))


class TestOnePerson:
    def test_has_one_account_and_one_home_whatever_is_written(self, town):
        anna = person(town, "p-1")

        def second_stay(session):
            west = session.exec(select(Residence).where(Residence.place == "west")).one()
            here = {"place": "west", "quarter": west.quarter, "household_id": west.household_id}
            session.add(Residence(id=UUID(int=1), person_id=anna, since_on=date(2026, 1, 1), **here))
            session.flush()

        def second_account(session):
            session.add(Person(id=UUID(int=2), name="Anna Bos", pseudonym="p-1", birth_year=1980))
            session.flush()

        for write in (second_stay, second_account):
            with pytest.raises(IntegrityError):
                town.database.submit(write).result()
        voters = [
            who.person_id
            for place in ("oost", "west")
            for who in town.ask(queries.residents, place, date(2026, 3, 2), 12)
        ]
        assert sorted(voters) == sorted(str(person(town, each)) for each in ("p-1", "p-2", "p-3"))

    def test_is_the_same_however_they_log_in(self, town):
        codes = [
            letter_code(town, "p-1"),
            town.by(worlds.somebody(Role.OFFICIAL)).act(service.prove_at_desk, "oost", person(town, "p-1")).code,
        ]
        assert {town.by(GUEST).act(service.log_in, LogIn(code=code)).person.id for code in codes} == {
            str(person(town, "p-1"))
        }


class TestResidents:
    def test_are_old_enough_on_a_day(self, town):
        found = town.ask(queries.residents, "oost", date(2026, 3, 2), 16)
        assert [(each.person_id, each.birth_year) for each in found] == [(str(person(town, "p-1")), 1980)]
        assert len(town.ask(queries.residents, "oost", date(2028, 1, 1), 16)) == 2
        assert town.ask(queries.residents, "oost", date(2019, 1, 30), 0) == []

    def test_are_found_by_their_whole_address_in_their_own_neighbourhood(self, town):
        address = FindResidents(postcode="9902 ba", house_number=7)
        official = town.by(worlds.somebody(Role.OFFICIAL))
        assert [each.name for each in official.ask(queries.residents_at, "west", address)] == ["Chantal Kaya"]
        assert official.ask(queries.residents_at, "oost", address) == []

    def test_are_not_shown_to_each_other(self, town):
        with pytest.raises(DoorClosed):
            town.by(worlds.somebody(Role.RESIDENT, "oost")).ask(
                queries.residents_at, "oost", FindResidents(postcode="9901AA", house_number=1)
            )


class TestTheDemoRegister:
    def test_is_the_same_for_the_same_seed(self):
        assert seed.register_csv({"oost": 50}) == seed.register_csv({"oost": 50})
        assert seed.register_csv({"oost": 50}) != seed.register_csv({"oost": 50}, seed=2)

    def test_keeps_people_in_their_own_neighbourhood(self, desk):
        worlds.found_meerwijk(desk)
        desk.act(service.import_register, ImportRegister(csv=worlds.register_csv({"oost": 90, "west": 40})))
        assert [desk.ask(queries.counts, place).resident_count for place in ("oost", "west")] == [90, 40]

    def test_settles_proved_adults_of_whom_some_share_a_household(self, desk):
        worlds.found_meerwijk(desk)
        people = worlds.settle_in(desk, "oost", 12)
        assert len({person.id for person in people}) == 12
        assert {person.roles for person in people} == {frozenset({(Role.RESIDENT, "oost")})}
        adults = {
            each.person_id: each.household_id for each in desk.ask(queries.residents, "oost", date(2026, 3, 2), 18)
        }
        homes = [adults[person.id] for person in people]
        assert 1 < len(set(homes)) < 12
