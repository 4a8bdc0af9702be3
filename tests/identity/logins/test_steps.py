# SPDX-License-Identifier: EUPL-1.2
"""The second step: without it roles that move money sleep."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests import worlds
from tests.identity.people import everything, inside, mailed_code, mails, person, refused, trail
from wijkbudget.identity import queries, seed, service
from wijkbudget.identity.logins import totp
from wijkbudget.identity.rules.factors import (
    SECOND_STEP_ROLES,
    PaperNeeded,
    StepMissing,
    StepNotNeeded,
    StepThere,
    WrongStep,
)
from wijkbudget.identity.rules.logins import HasRole, NotLoggedIn
from wijkbudget.identity.rules.roles import GRANTABLE, NotForYourself
from wijkbudget.identity.schemas import AddPerson, AskMail, GrantRole, LogIn, ShowStep
from wijkbudget.kit.actor import GUEST, Actor, Role


def hired(desk, role):
    return Actor(id=desk.act(service.add_person, "oost", AddPerson(name="Ingrid Wolters", role=role)).person.id)


@pytest.fixture
def cashier(town):
    return hired(town, Role.CASHIER)


def come(town, person_id):
    """Log in with a code from the desk; return the desk of that visit, its token, and which roles sleep."""
    handed = town.act(service.prove_at_desk, "oost", UUID(person_id))
    visit = town.by(GUEST).act(service.log_in, LogIn(code=handed.code))
    actor, *_rest = town.ask(inside, "actor_of", visit.token)
    return town.by(actor), visit.token, visit.sleeping


def digits(town, secret, later=0):
    return ShowStep(digits=totp.digits_at(base64.b32decode(secret), totp.step_at(town.clock()) + later))


def add(town, at, token):
    """Add a second step and take it with the code of the half minute before; return secret and new token."""
    secret = at.act(service.add_step, token).secret
    return secret, at.act(service.take_step, token, digits(town, secret, -1)).token


class TestSleepingRoles:
    @pytest.mark.parametrize("role", GRANTABLE)
    def test_are_those_that_move_money(self, town, role):
        at, token, sleeping = come(town, hired(town, role).id)
        asleep = role in SECOND_STEP_ROLES
        assert sleeping == ([role] if asleep else [])
        actor, _name, is_half_in = town.ask(inside, "actor_of", token)
        assert (actor.roles, is_half_in) == (frozenset() if asleep else {(role, "oost")}, asleep)
        assert [held.is_asleep for held in at.ask(queries.me).roles] == [asleep]

    def test_are_five(self):
        assert sorted(SECOND_STEP_ROLES) == ["administrator", "cashier", "chair", "council", "official"]

    def test_leave_the_others_awake(self, town):
        anna = person(town, "p-1")
        town.act(service.grant_role, "oost", GrantRole(person_id=anna, role=Role.COUNCIL))
        at, token, _sleeping = come(town, str(anna))
        assert at.actor.roles == {(Role.RESIDENT, "oost")}
        _secret, token = add(town, at, token)
        actor, *_rest = town.ask(inside, "actor_of", token)
        assert actor.roles == {(Role.RESIDENT, "oost"), (Role.COUNCIL, "oost")}


class TestAddStep:
    def test_gives_the_secret_once_and_keeps_it_encrypted(self, town, cashier):
        at, token, _sleeping = come(town, cashier.id)
        given = at.act(service.add_step, token)
        secret = base64.b32decode(given.secret)
        assert len(secret) == 20
        assert given.uri.startswith("otpauth://totp/wijkbudget%20Meerwijk:")
        kept = str(town.ask(everything))
        assert given.secret not in kept
        assert repr(secret) not in kept

    def test_counts_after_the_first_right_code(self, town, cashier):
        at, token, _sleeping = come(town, cashier.id)
        at.act(service.add_step, token)
        assert not at.ask(queries.step, token).is_there
        _secret, token = add(town, at, token)
        assert at.ask(queries.step, token).is_there
        assert ("identity.StepTaken", None, '{"is_first":true}') in town.ask(trail)

    def test_is_refused_when_there_is_one(self, town, cashier):
        at, token, _sleeping = come(town, cashier.id)
        _secret, token = add(town, at, token)
        refused(at, StepThere, service.add_step, token)

    def test_is_refused_to_who_needs_none(self, town):
        at, token, _sleeping = come(town, str(person(town, "p-1")))
        refused(at, StepNotNeeded, service.add_step, token)

    def test_is_refused_in_a_visit_that_began_in_a_mailbox(self, town):
        anna = person(town, "p-1")
        at, token, _sleeping = come(town, str(anna))
        at.act(service.ask_link, token, AskMail(email_address="anna@wijk.example"))
        code = mails(town)[-1]["code"]
        at.act(service.link_address, token, LogIn(code=code))
        town.act(service.grant_role, "oost", GrantRole(person_id=anna, role=Role.CASHIER))
        visit = town.by(GUEST).act(service.log_in, LogIn(code=mailed_code(town, "anna@wijk.example")))
        assert visit.sleeping == [Role.CASHIER]
        refused(town.by(Actor(id=str(anna))), PaperNeeded, service.add_step, visit.token)


class TestTakeStep:
    @pytest.fixture
    def visit(self, town, cashier):
        """Return the desk and token of a cashier who came again, with the secret of the phone."""
        at, token, _sleeping = come(town, cashier.id)
        secret, _token = add(town, at, token)
        at, token, _sleeping = come(town, cashier.id)
        return at, token, secret

    def test_wakes_the_roles_under_a_new_token(self, town, visit):
        at, token, secret = visit
        after = at.act(service.take_step, token, digits(town, secret))
        assert after.sleeping == []
        assert town.ask(inside, "actor_of", token) is None
        actor, _name, is_half_in = town.ask(inside, "actor_of", after.token)
        assert (actor.roles, is_half_in) == ({(Role.CASHIER, "oost")}, False)

    def test_wakes_only_this_visit(self, town, visit):
        at, token, secret = visit
        _other, of_other, _sleeping = come(town, at.actor.id)
        at.act(service.take_step, token, digits(town, secret))
        assert town.ask(inside, "actor_of", of_other)[2] is True

    def test_takes_a_code_once(self, town, visit):
        at, token, secret = visit
        token = at.act(service.take_step, token, digits(town, secret)).token
        refused(at, WrongStep, service.take_step, token, digits(town, secret))
        refused(at, WrongStep, service.take_step, token, digits(town, secret, -1))
        at.act(service.take_step, token, digits(town, secret, 1))

    @pytest.mark.parametrize("later", [-2, 2, 100])
    def test_is_refused_with_the_code_of_another_moment(self, town, visit, later):
        at, token, secret = visit
        refused(at, WrongStep, service.take_step, token, digits(town, secret, later))

    def test_follows_the_clock(self, town, visit, clock):
        at, token, secret = visit
        before = digits(town, secret)
        clock.now += timedelta(minutes=2)
        refused(at, WrongStep, service.take_step, token, before)
        at.act(service.take_step, token, digits(town, secret))

    def test_is_refused_without_a_phone(self, town, cashier):
        at, token, _sleeping = come(town, cashier.id)
        refused(at, StepMissing, service.take_step, token, ShowStep(digits="123456"))

    def test_is_refused_under_the_token_of_somebody_else(self, town, visit, official):
        _at, token, secret = visit
        refused(town.by(official), NotLoggedIn, service.take_step, token, digits(town, secret))

    def test_reads_the_digits_as_a_phone_shows_them(self):
        assert totp.step_of(b"1" * 20, totp.digits_at(b"1" * 20, 5), datetime.fromtimestamp(5 * 30, UTC)) == 5
        assert ShowStep(digits="123 456").digits == "123 456"
        with pytest.raises(ValueError, match="digits"):
            ShowStep(digits="12345a")


class TestResetStep:
    def test_ends_the_visits_and_lets_a_new_phone_in(self, town, cashier, administrator):
        at, token, _sleeping = come(town, cashier.id)
        _secret, token = add(town, at, token)
        by = town.by(town.ask(queries.actor, UUID(administrator.id)))
        by.act(service.reset_step, "oost", UUID(cashier.id))
        assert town.ask(inside, "actor_of", token) is None
        assert ("identity.StepReset", "oost", "{}") in town.ask(trail)
        at, token, sleeping = come(town, cashier.id)
        assert sleeping == [Role.CASHIER]
        add(town, at, token)

    def test_takes_who_could_give_the_role(self, town, cashier):
        at, token, _sleeping = come(town, cashier.id)
        add(town, at, token)
        official = town.by(worlds.somebody(Role.OFFICIAL, "oost"))
        refused(official, HasRole, service.reset_step, "oost", UUID(cashier.id))

    def test_is_not_for_yourself(self, town, administrator):
        at, token, _sleeping = come(town, administrator.id)
        _secret, token = add(town, at, token)
        me = town.by(town.ask(inside, "actor_of", token)[0])
        refused(me, NotForYourself, service.reset_step, "oost", UUID(administrator.id))

    def test_is_refused_when_there_is_none(self, town, cashier):
        refused(town, StepMissing, service.reset_step, "oost", UUID(cashier.id))


class TestTheEndOfAVisit:
    def test_comes_when_a_role_is_given_or_ended(self, town, cashier):
        at, token, _sleeping = come(town, cashier.id)
        _secret, token = add(town, at, token)
        given = town.act(service.grant_role, "west", GrantRole(person_id=UUID(cashier.id), role=Role.GUIDE))
        assert town.ask(inside, "actor_of", token) is None
        _at, token, _sleeping = come(town, cashier.id)
        town.act(service.end_role, "west", given.id)
        assert town.ask(inside, "actor_of", token) is None


class TestOnPages:
    def test_sends_who_has_such_a_role_to_the_second_step(self, client, town, cashier):
        (handed,) = seed.prove(town, "oost", [cashier.id])
        answer = client.post("/inloggen", {"code": handed.code})
        assert answer.headers["location"] == "/mijn/tweede-stap"
        page = client.get("/mijn/tweede-stap").text
        assert "Kassier" in page
        assert "Voeg de tweede stap toe" in page
        mine = client.get("/mijn").text
        assert "Nog niet al je rollen tellen." in mine
        assert "telt na de tweede stap" in mine

    def test_says_at_a_closed_door_what_to_do(self, client, town, cashier):
        (handed,) = seed.prove(town, "oost", [cashier.id])
        client.post("/inloggen", {"code": handed.code})
        closed = client.get("/wijken/oost/betalingen")
        assert closed.status_code == 403
        assert 'href="/mijn/tweede-stap"' in closed.text

    def test_adds_and_takes_it(self, client, town, cashier):
        (handed,) = seed.prove(town, "oost", [cashier.id])
        client.post("/inloggen", {"code": handed.code})
        shown = client.post("/mijn/tweede-stap/toevoegen")
        assert shown.status_code == 200
        assert 'src="data:image/svg+xml' in shown.text
        (secret,) = {word for word in shown.text.replace("<", " ").replace(">", " ").split() if len(word) == 32}
        wrong = client.post("/mijn/tweede-stap", {"digits": "000000"})
        assert wrong.status_code == 403
        assert secret not in wrong.text
        assert "Begin opnieuw" in wrong.text
        before = client.client.cookies["session"]
        taken = client.post("/mijn/tweede-stap", {"digits": digits(town, secret).digits})
        assert (taken.status_code, taken.headers["location"]) == (303, "/mijn")
        assert client.client.cookies["session"] != before
        assert client.get("/wijken/oost/betalingen").status_code == 200
        assert "Tijdens dit bezoek tellen al je rollen." in client.get("/mijn/tweede-stap").text
        client.client.cookies.set("session", before)
        assert client.get("/mijn").status_code == 403

    def test_lets_nobody_guess_however_many_at_once(self, client, town, cashier):
        (handed,) = seed.prove(town, "oost", [cashier.id])
        client.post("/inloggen", {"code": handed.code})
        secret = client.send("/api/v1/me/second-step").json()["secret"]
        path = "/api/v1/sessions/current/second-step"
        statuses = [client.send(path, {"digits": "000000"}).status_code for _time in range(10)]
        assert statuses == [403] * 9 + [429]
        assert client.send(path, {"digits": digits(town, secret).digits}).status_code == 429
        assert client.post("/mijn/tweede-stap", {"digits": digits(town, secret).digits}).status_code == 429

    def test_works_through_the_api(self, client, town, cashier):
        (handed,) = seed.prove(town, "oost", [cashier.id])
        visit = client.send("/api/v1/sessions", {"code": handed.code}).json()
        assert visit["sleeping"] == ["cashier"]
        client.client.cookies.set("session", visit["token"])
        assert client.get("/api/v1/me/second-step").json() == {
            "isThere": False,
            "sleeping": ["cashier"],
            "isOnPaper": True,
        }
        secret = client.send("/api/v1/me/second-step").json()["secret"]
        taken = client.send("/api/v1/sessions/current/second-step", {"digits": digits(town, secret).digits})
        assert (taken.status_code, taken.json()["sleeping"]) == (201, [])

    def test_is_taken_away_by_an_administrator(self, client, town, cashier, administrator):
        at, token, _sleeping = come(town, cashier.id)
        add(town, at, token)
        client.log_in(administrator)
        assert f"/bewoners/{cashier.id}/tweede-stap/weghalen" in client.get("/wijken/oost/rollen").text
        path = f"/wijken/oost/bewoners/{cashier.id}/tweede-stap/weghalen"
        assert client.post(path).headers["location"] == "/wijken/oost/rollen"
        again = client.send(f"/api/v1/neighbourhoods/oost/people/{cashier.id}/second-step", method="DELETE")
        assert again.status_code == 422


class TestSeed:
    def test_gives_a_phone_whose_code_of_now_works(self, town, cashier):
        secret = seed.give_step(town, "oost", town.ask(queries.actor, UUID(cashier.id)))
        secret = seed.give_step(town, "oost", town.ask(queries.actor, UUID(cashier.id)))
        at, token, _sleeping = come(town, cashier.id)
        assert at.act(service.take_step, token, digits(town, secret)).sleeping == []
