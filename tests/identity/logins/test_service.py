# SPDX-License-Identifier: EUPL-1.2
"""Codes and visits at the desk."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests import worlds
from tests.identity.people import ANNA, everything, faults, inside, letter_code, letters, load, person, refused, trail
from wijkbudget.identity import queries, service
from wijkbudget.identity.rules.logins import CodeMistyped, HasRole, NotLoggedIn, WrongCode
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.schemas import (
    AddPerson,
    AskCode,
    GrantRole,
    LogIn,
)
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed


def ask(desk, birth_year=1980, postcode="9901AA", house_number=1, **more):
    command = AskCode(postcode=postcode, house_number=house_number, birth_year=birth_year, **more)
    return desk.by(GUEST).act(service.ask_code, command)


class TestAskCode:
    def test_sends_a_letter_to_the_registered_address(self, town):
        ask(town)
        (letter,) = letters(town)
        assert letter["to"] == ["Anna Bos", "9901 AA, 1"]
        visit = town.by(GUEST).act(service.log_in, LogIn(code=letter["code"]))
        assert (visit.person.name, visit.places) == ("Anna Bos", ["oost"])

    def test_answers_and_tells_the_trail_the_same_when_nobody_lives_there(self, town):
        known, unknown = ask(town), ask(town, birth_year=1981)
        assert known == unknown
        assert len(letters(town)) == 1
        asked = [entry for entry in town.ask(trail) if entry[0].startswith("identity.") and "Imported" not in entry[0]]
        assert asked == [("identity.LetterAsked", None, "{}")] * 2

    def test_sends_one_letter_in_three_days(self, town, clock):
        ask(town)
        ask(town)
        assert len(letters(town)) == 1
        clock.now += timedelta(days=3)
        ask(town)
        assert len(letters(town)) == 2

    def test_looks_at_the_addition_only_if_it_is_given(self, town):
        for addition, count in (("B", 0), ("a", 1), ("", 1)):
            ask(town, birth_year=1990, postcode="9902BA", house_number=7, addition=addition)
            assert len(letters(town)) == count

    def test_sends_nothing_when_too_many_people_match(self, town):
        load(town, *[f"x-{each};Eva Vos;9901AB;5;{each};1970;2020-01-01" for each in range(1, 6)])
        ask(town, birth_year=1970, postcode="9901AB", house_number=5)
        assert letters(town) == []
        ask(town, birth_year=1970, postcode="9901AB", house_number=5, addition="3")
        assert [letter["to"][1] for letter in letters(town)] == ["9901 AB, 5 3"]


class TestLogIn:
    def test_makes_a_resident_of_who_used_a_letter(self, town):
        anna = person(town, "p-1")
        assert town.ask(queries.actor, anna).roles == frozenset()
        visit = town.by(GUEST).act(service.log_in, LogIn(code=letter_code(town, "p-1").lower()))
        actor, name, is_half_in = town.ask(inside, "actor_of", visit.token)
        assert (actor.id, name, actor.roles) == (str(anna), "Anna Bos", {(Role.RESIDENT, "oost")})
        assert not is_half_in
        assert ("identity.LoggedIn", None, '{"is_first":true}') in town.ask(trail)

    def test_keeps_neither_code_nor_token_once_the_letter_is_made(self, town):
        code = letter_code(town, "p-1")
        town.act(errands.finish, [errand.id for errand in town.ask(errands.waiting)])
        visit = town.by(GUEST).act(service.log_in, LogIn(code=code))
        kept = str(town.ask(everything))
        assert code not in kept
        assert code.replace("-", "") not in kept
        assert visit.token not in kept

    def test_is_refused_with_the_same_words_whatever_is_wrong(self, town, clock):
        used, old = letter_code(town, "p-1"), letter_code(town, "p-2")
        town.by(GUEST).act(service.log_in, LogIn(code=used))
        clock.now += timedelta(days=30)
        guest = town.by(GUEST)
        said = {
            str(refused(guest, WrongCode, service.log_in, LogIn(code=code)))
            for code in (used, old, "0000-0000-0000-0000")
        }
        assert said == {"This code cannot be used. Look at it again, or ask for a new code."}

    def test_works_until_the_last_moment(self, town, clock):
        code = letter_code(town, "p-1")
        clock.now += timedelta(days=30) - timedelta(seconds=1)
        assert town.by(GUEST).act(service.log_in, LogIn(code=code)).person.name == "Anna Bos"
        assert town.ask(faults) == []

    def test_notices_a_typing_mistake_without_looking(self, town):
        refused(town.by(GUEST), CodeMistyped, service.log_in, LogIn(code="1000-0000-0000-0000"))

    def test_lasts_twelve_hours(self, town, clock):
        token = town.act(worlds.open_session, str(person(town, "p-1")))
        clock.now += timedelta(hours=12) - timedelta(seconds=1)
        assert town.ask(inside, "actor_of", token) is not None
        clock.now += timedelta(seconds=1)
        assert town.ask(inside, "actor_of", token) is None

    def test_ends_when_logged_out(self, town):
        token = town.act(worlds.open_session, str(person(town, "p-1")))
        town.by(GUEST).act(service.log_out, token)
        town.by(GUEST).act(service.log_out, token)
        assert town.ask(inside, "actor_of", token) is None

    def test_follows_somebody_who_moves(self, town):
        token = town.act(worlds.open_session, str(person(town, "p-1")))
        load(town, ANNA.replace("9901AA;1", "9902AA;9"))
        actor, *_rest = town.ask(inside, "actor_of", token)
        assert actor.roles == {(Role.RESIDENT, "west")}


class TestProveAtDesk:
    def test_hands_over_a_code_and_makes_a_resident(self, town):
        anna = person(town, "p-1")
        handed = town.by(worlds.somebody(Role.OFFICIAL, "oost")).act(service.prove_at_desk, "oost", anna)
        assert (handed.person.name, handed.ends_on) == ("Anna Bos", date(2026, 4, 1))
        assert town.ask(queries.actor, anna).roles == {(Role.RESIDENT, "oost")}
        assert town.by(GUEST).act(service.log_in, LogIn(code=handed.code)).person.id == str(anna)
        assert town.ask(queries.counts, "oost").proved_count == 1

    def test_is_for_people_of_the_neighbourhood(self, town):
        official = town.by(worlds.somebody(Role.OFFICIAL))
        refused(official, PersonNotFound, service.prove_at_desk, "oost", person(town, "p-3"))
        refused(official, PersonNotFound, service.prove_at_desk, "oost", uuid4())
        refused(official, PersonNotFound, service.send_code, "oost", person(town, "p-3"))

    @pytest.mark.parametrize("role", [Role.CASHIER, Role.CHAIR, Role.ADMINISTRATOR])
    @pytest.mark.parametrize("place", ["oost", "west"])
    def test_gives_no_official_the_code_of_who_has_a_role(self, town, role, place):
        anna = person(town, "p-1")
        town.act(service.grant_role, place, GrantRole(person_id=anna, role=role))
        refused(town.by(worlds.somebody(Role.OFFICIAL)), HasRole, service.prove_at_desk, "oost", anna)
        refused(town.by(worlds.somebody(Role.OFFICIAL, "oost")), HasRole, service.prove_at_desk, "oost", anna)

    def test_takes_who_could_give_the_roles(self, town):
        anna = person(town, "p-1")
        town.act(service.grant_role, "west", GrantRole(person_id=anna, role=Role.CASHIER))
        here = town.by(worlds.somebody(Role.ADMINISTRATOR, "oost"))
        refused(here, HasRole, service.prove_at_desk, "oost", anna)
        for able in (town, town.by(worlds.somebody(Role.ADMINISTRATOR))):
            assert able.act(service.prove_at_desk, "oost", anna).person.name == "Anna Bos"

    def test_is_for_everybody_again_when_the_role_is_over(self, town):
        anna = person(town, "p-1")
        given = town.act(service.grant_role, "oost", GrantRole(person_id=anna, role=Role.CHAIR))
        town.act(service.end_role, "oost", given.id)
        official = town.by(worlds.somebody(Role.OFFICIAL, "oost"))
        assert official.act(service.prove_at_desk, "oost", anna).person.name == "Anna Bos"

    def test_is_not_for_the_official_of_another_neighbourhood(self, town):
        elsewhere = town.by(worlds.somebody(Role.OFFICIAL, "west"))
        refused(elsewhere, DoorClosed, service.prove_at_desk, "oost", person(town, "p-1"))


class TestMe:
    def test_tells_who_you_are(self, town):
        (anna,) = worlds.settle_in(town, "west", 1)
        me = town.by(anna).ask(queries.me)
        assert [(held.role, held.place, held.place_name) for held in me.roles] == [
            (Role.RESIDENT, "west", "Meerwijk-West")
        ]
        assert [each.place for each in me.places] == ["west"]

    def test_names_every_neighbourhood_to_who_works_for_all(self, town):
        given = town.act(service.appoint, AddPerson(name="Dirk", role=Role.OFFICIAL))
        dirk = town.ask(queries.actor, UUID(given.person.id))
        me = town.by(dirk).ask(queries.me)
        assert [(held.role, held.place) for held in me.roles] == [(Role.OFFICIAL, None)]
        assert [each.name for each in me.places] == ["Meerwijk-Oost", "Meerwijk-West"]

    def test_is_not_for_guests(self, town):
        with pytest.raises(NotLoggedIn):
            town.by(GUEST).ask(queries.me)
