# SPDX-License-Identifier: EUPL-1.2
"""Codes by e-mail: for everybody, so that nothing tells who is known, and linked to somebody only by themselves."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.identity.people import (
    everything,
    inside,
    letter_code,
    mailed_code,
    mails,
    person,
    refused,
    trail,
)
from wijkbudget.identity import queries, service
from wijkbudget.identity.rules.logins import (
    AddressMissing,
    AddressTaken,
    KnownAlready,
    NotLoggedIn,
    WrongCode,
)
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.schemas import AskMail, GrantRole, LogIn
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.trail import errands

ADDRESS = "anna@wijk.example"


def log_in(desk, code):
    """Return a desk at which whoever has a code stands, and the token of the visit."""
    visit = desk.by(GUEST).act(service.log_in, LogIn(code=code))
    actor, *_rest = desk.ask(inside, "actor_of", visit.token)
    return desk.by(actor), visit.token


def link(town, pseudonym="p-1", address=ADDRESS):
    """Let a resident log in with a letter and link an address."""
    at, token = log_in(town, letter_code(town, pseudonym))
    at.act(service.ask_link, token, AskMail(email_address=address))
    at.act(service.link_address, token, LogIn(code=mails(town)[-1]["code"]))
    return at, token


class TestAskMail:
    def test_sends_the_same_to_an_address_that_is_known_and_to_one_that_is_not(self, town, clock):
        link(town)
        before = len(mails(town))
        clock.forward(seconds=1)
        known = town.by(GUEST).act(service.ask_mail, AskMail(email_address=ADDRESS))
        clock.forward(seconds=1)
        unknown = town.by(GUEST).act(service.ask_mail, AskMail(email_address="niemand@wijk.example"))
        assert known == unknown
        one, other = mails(town)[before:]
        assert {**one, "to": "", "code": ""} == {**other, "to": "", "code": ""}
        assert [one["to"], other["to"]] == [ADDRESS, "niemand@wijk.example"]

    def test_sends_three_mails_in_a_quarter_of_an_hour(self, town, clock):
        for _time in range(5):
            mailed_code(town, ADDRESS)
        assert len(mails(town)) == 3
        clock.now += timedelta(minutes=15)
        mailed_code(town, ADDRESS)
        assert len(mails(town)) == 4

    def test_keeps_no_address_once_the_mail_is_sent(self, town):
        code = mailed_code(town, ADDRESS)
        town.act(errands.finish, [errand.id for errand in town.ask(errands.waiting)])
        kept = str(town.ask(everything))
        assert ADDRESS not in kept
        assert code not in kept
        assert ("identity.MailAsked", None, "{}") in town.ask(trail)

    @pytest.mark.parametrize(
        "typed",
        [
            "anna",
            "anna@wijk",
            "anna@wijk.example, bram@wijk.example",
            "a@b.nl\r\nBcc: x@y.nl",
            "an na@wijk.nl",
            "@b.nl",
        ],
    )
    def test_reads_only_one_whole_address(self, town, typed):
        with pytest.raises(ValueError, match="email"):
            AskMail(email_address=typed)

    def test_reads_capitals_as_small_letters(self):
        assert AskMail(email_address=" Anna@Wijk.example ").email_address == ADDRESS


class TestLogInByMail:
    def test_makes_a_guest_without_a_name_of_whoever_nobody_knows(self, town):
        at, token = log_in(town, mailed_code(town, ADDRESS))
        actor, name, is_half_in = town.ask(inside, "actor_of", token)
        assert (name, actor.roles, is_half_in) == ("", frozenset(), False)
        me = at.ask(queries.me)
        assert (me.name, me.has_email_address, me.roles, me.places) == ("", True, [], [])

    def test_is_the_same_guest_the_next_time(self, town):
        first, _token = log_in(town, mailed_code(town, ADDRESS))
        second, _token = log_in(town, mailed_code(town, ADDRESS))
        other, _token = log_in(town, mailed_code(town, "bram@wijk.example"))
        assert first.actor.id == second.actor.id != other.actor.id

    def test_works_once_and_for_fifteen_minutes(self, town, clock):
        used, late = mailed_code(town, ADDRESS), mailed_code(town, ADDRESS)
        log_in(town, used)
        clock.now += timedelta(minutes=15)
        said = {
            str(refused(town.by(GUEST), WrongCode, service.log_in, LogIn(code=code)))
            for code in (used, late, "0000-0000-0000-0000")
        }
        assert len(said) == 1

    def test_works_until_the_last_second(self, town, clock):
        code = mailed_code(town, ADDRESS)
        clock.now += timedelta(minutes=15) - timedelta(seconds=1)
        log_in(town, code)

    def test_proves_nothing(self, town):
        guest, _token = log_in(town, mailed_code(town, ADDRESS))
        assert ("identity.LoggedIn", None, '{"is_first":false}') in town.ask(trail)
        assert town.ask(queries.actor, _id(guest)).roles == frozenset()

    def test_gives_a_guest_no_role(self, town, administrator):
        guest, _token = log_in(town, mailed_code(town, ADDRESS))
        given = GrantRole(person_id=_id(guest), role=Role.CASHIER)
        at = town.by(town.ask(queries.actor, _id(town.by(administrator))))
        refusal = refused(at, PersonNotFound, service.grant_role, "oost", given)
        assert str(refusal) == "This person is not known here."


class TestLinkAddress:
    def test_opens_the_account_of_whoever_typed_the_code(self, town):
        link(town)
        at, token = log_in(town, mailed_code(town, ADDRESS))
        actor, name, _half = town.ask(inside, "actor_of", token)
        assert (name, actor.roles) == ("Anna Bos", {(Role.RESIDENT, "oost")})
        assert at.ask(queries.me).has_email_address

    def test_takes_the_place_of_an_earlier_address(self, town):
        at, token = link(town)
        at.act(service.ask_link, token, AskMail(email_address="nieuw@wijk.example"))
        at.act(service.link_address, token, LogIn(code=mails(town)[-1]["code"]))
        guest, _token = log_in(town, mailed_code(town, ADDRESS))
        assert guest.actor.id != at.actor.id
        again, _token = log_in(town, mailed_code(town, "nieuw@wijk.example"))
        assert again.actor.id == at.actor.id

    def test_takes_over_the_address_of_a_guest(self, town):
        guest, of_guest = log_in(town, mailed_code(town, ADDRESS))
        at, _token = link(town)
        again, _token = log_in(town, mailed_code(town, ADDRESS))
        assert again.actor.id == at.actor.id != guest.actor.id
        assert town.ask(inside, "actor_of", of_guest) is None

    def test_is_refused_for_the_address_of_somebody_else(self, town):
        link(town, "p-1")
        at, token = log_in(town, letter_code(town, "p-2"))
        at.act(service.ask_link, token, AskMail(email_address=ADDRESS))
        refused(at, AddressTaken, service.link_address, token, LogIn(code=mails(town)[-1]["code"]))

    def test_is_refused_for_a_code_that_was_sent_for_somebody_else(self, town):
        anna, of_anna = log_in(town, letter_code(town, "p-1"))
        bram, of_bram = log_in(town, letter_code(town, "p-2"))
        anna.act(service.ask_link, of_anna, AskMail(email_address=ADDRESS))
        code = mails(town)[-1]["code"]
        refused(bram, WrongCode, service.link_address, of_bram, LogIn(code=code))
        anna.act(service.link_address, of_anna, LogIn(code=code))

    def test_takes_the_code_that_was_sent_for_it(self, town):
        at, token = log_in(town, letter_code(town, "p-1"))
        for code in (mailed_code(town, ADDRESS), letter_code(town, "p-1")):
            refused(at, WrongCode, service.link_address, token, LogIn(code=code))

    def test_opens_no_visit_by_itself(self, town):
        at, token = log_in(town, letter_code(town, "p-1"))
        at.act(service.ask_link, token, AskMail(email_address=ADDRESS))
        refused(town.by(GUEST), WrongCode, service.log_in, LogIn(code=mails(town)[-1]["code"]))

    def test_is_for_who_is_logged_in_under_their_own_token(self, town):
        at, token = log_in(town, letter_code(town, "p-1"))
        other, _of_other = log_in(town, letter_code(town, "p-2"))
        refused(town.by(GUEST), NotLoggedIn, service.ask_link, token, AskMail(email_address=ADDRESS))
        refused(other, NotLoggedIn, service.ask_link, token, AskMail(email_address=ADDRESS))
        refused(at, NotLoggedIn, service.ask_link, "", AskMail(email_address=ADDRESS))


class TestUnlinkAddress:
    def test_lets_the_address_go(self, town):
        at, token = link(town)
        at.act(service.unlink_address, token)
        assert not at.ask(queries.me).has_email_address
        guest, _token = log_in(town, mailed_code(town, ADDRESS))
        assert guest.actor.id != at.actor.id
        refused(at, AddressMissing, service.unlink_address, token)


class TestMatch:
    def test_makes_the_login_of_a_guest_that_of_the_resident(self, town):
        guest, token = log_in(town, mailed_code(town, ADDRESS))
        visit = guest.act(service.match, token, LogIn(code=letter_code(town, "p-1")))
        actor, name, _half = town.ask(inside, "actor_of", visit.token)
        assert (name, actor.roles) == ("Anna Bos", {(Role.RESIDENT, "oost")})
        assert town.ask(inside, "actor_of", token) is None
        again, _token = log_in(town, mailed_code(town, ADDRESS))
        assert again.actor.id == actor.id == str(person(town, "p-1"))

    def test_leaves_nothing_of_the_guest(self, town):
        guest, token = log_in(town, mailed_code(town, ADDRESS))
        guest.act(service.match, token, LogIn(code=letter_code(town, "p-1")))
        rows = town.ask(everything)
        assert guest.actor.id not in str(rows[:-1])

    def test_is_refused_for_somebody_who_is_known(self, town):
        at, token = log_in(town, letter_code(town, "p-1"))
        refused(at, KnownAlready, service.match, token, LogIn(code=letter_code(town, "p-2")))

    def test_takes_a_code_on_paper(self, town):
        guest, token = log_in(town, mailed_code(town, ADDRESS))
        other = mailed_code(town, "bram@wijk.example")
        refused(guest, WrongCode, service.match, token, LogIn(code=other))

    def test_takes_a_code_from_the_desk_of_somebody_with_a_role(self, town, official):
        guest, token = log_in(town, mailed_code(town, ADDRESS))
        handed = town.act(service.prove_at_desk, "oost", _id(town.by(official)))
        visit = guest.act(service.match, token, LogIn(code=handed.code))
        assert visit.sleeping == [Role.OFFICIAL]


def _id(desk):
    return UUID(desk.actor.id)
