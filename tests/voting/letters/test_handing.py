# SPDX-License-Identifier: EUPL-1.2
"""A new code for one voter: by letter, by e-mail or at the desk, and never instead of one that voted."""

from uuid import UUID

import pytest

from tests import worlds
from tests.voting.conftest import CLOSES, OFFICIAL, OPENS, entries_about, rows
from wijkbudget.identity import service as identity
from wijkbudget.identity.schemas import AskMail, ImportRegister, LogIn
from wijkbudget.kit.actor import SYSTEM, Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours
from wijkbudget.voting import queries as voting
from wijkbudget.voting import service
from wijkbudget.voting.codes import WrongCode
from wijkbudget.voting.letters import queries
from wijkbudget.voting.letters.rules import AlreadyReported, HasNotVoted, NoAddress, NotYourAddress
from wijkbudget.voting.letters.schemas import HandVotingCode, MailVotingCode, ReportStolen
from wijkbudget.voting.phases import AlreadyVoted, NotOnRegister
from wijkbudget.voting.schemas import OpenBallot, ReplaceCode

NOBODY = UUID(int=5)
MAIL = "anna@wijk.example"
SECRET = f"{worlds.register_csv({'oost': 60}).rstrip()}\ngeheim-1;Yara Geheim;BU99010102;;;1980;2019-01-31\n"


def voter(vote, *, has_voted=False):
    condition = "IS NOT NULL" if has_voted else "IS NULL"
    found = rows(vote.desk, f"SELECT person FROM voting_register WHERE voted_on {condition} ORDER BY code_hash")
    return UUID(found[0][0])


def as_resident(vote, person):
    return vote.desk.by(Actor(id=str(person), roles=frozenset({(Role.RESIDENT, "oost")})))


def mails(vote):
    return [each.payload for each in vote.desk.by(SYSTEM).ask(errands.waiting) if each.kind == "mail"]


def link(vote, person):
    """Let somebody prove that an address is theirs."""
    token = vote.desk.act(worlds.open_session, str(person))
    at = as_resident(vote, person)
    at.act(identity.ask_link, token, AskMail(email_address=MAIL))
    at.act(identity.link_address, token, LogIn(code=mails(vote)[-1]["code"]))


def hashes(vote):
    return rows(vote.desk, "SELECT code_hash FROM voting_register ORDER BY code_hash")


def opens(vote, code):
    try:
        vote.desk.ask(voting.paper, OpenBallot(code=code))
    except WrongCode:
        return False
    return True


def hand(vote, person):
    return vote.desk.by(OFFICIAL).act(service.hand_voting_code, "oost", vote.id, HandVotingCode(person_id=person))


def report(vote, person, desk=None):
    return (desk or vote.desk.by(OFFICIAL)).act(service.report_stolen, "oost", vote.id, ReportStolen(person_id=person))


class TestANewLetter:
    def test_is_a_file_of_one_letter_and_says_so(self, vote):
        person = voter(vote)
        before = {letter.code for letter in vote.letters()}
        vote.desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=person))
        (new,) = {letter.code for letter in vote.letters()} - before
        assert opens(vote, new)
        assert len([code for code in before if not opens(vote, code)]) == 1
        first, second = vote.desk.by(OFFICIAL).ask(queries.letters, "oost", vote.id).files
        assert (first.is_replacement, second.is_replacement, second.letter_count) == (False, True, 1)

    def test_is_refused_where_there_is_no_address(self, desk, prepare):
        vote, person = secret_vote(desk, prepare)
        before = hashes(vote)
        with pytest.raises(NoAddress):
            desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=person))
        assert hashes(vote) == before


class TestACodeAtTheDesk:
    def test_opens_a_ballot_and_the_old_one_does_not(self, vote):
        before = [letter.code for letter in vote.letters()]
        handed = hand(vote, voter(vote))
        assert opens(vote, handed.code)
        assert (handed.title, handed.opens_on, handed.closes_on) == ("Stem voor Oost", OPENS, CLOSES)
        assert len([code for code in before if not opens(vote, code)]) == 1
        assert vote.faults() == []

    def test_stands_nowhere(self, vote):
        waiting = len(vote.desk.by(SYSTEM).ask(errands.waiting))
        code = hand(vote, voter(vote)).code
        assert len(vote.desk.by(SYSTEM).ask(errands.waiting)) == waiting
        for table in ("voting_register", "trail_entry", "errand", "kept_answer"):
            assert code not in str(rows(vote.desk, f"SELECT * FROM {table}"))

    def test_is_refused_when_the_old_one_voted(self, vote):
        vote.cast(vote.letters()[0].code, "1")
        before = hashes(vote)
        with pytest.raises(AlreadyVoted):
            hand(vote, voter(vote, has_voted=True))
        assert hashes(vote) == before

    def test_is_refused_for_who_cannot_vote_and_after_the_close(self, vote):
        with pytest.raises(NotOnRegister):
            hand(vote, NOBODY)
        person = voter(vote)
        vote.close()
        with pytest.raises(WrongState):
            hand(vote, person)

    def test_is_given_by_an_official_only(self, vote):
        person = voter(vote)
        command = HandVotingCode(person_id=person)
        for desk in (as_resident(vote, person), vote.desk, vote.desk.by(worlds.somebody(Role.GUIDE, "oost"))):
            with pytest.raises(DoorClosed):
                desk.act(service.hand_voting_code, "oost", vote.id, command)


class TestACodeByMail:
    def test_goes_to_an_address_that_was_proved(self, vote):
        person = voter(vote)
        link(vote, person)
        as_resident(vote, person).act(service.mail_voting_code, "oost", vote.id, MailVotingCode(email_address=MAIL))
        mail = mails(vote)[-1]
        assert (mail["to"], mail["title"]) == (MAIL, "Je stemcode voor Stem voor Oost")
        assert opens(vote, mail["code"])

    @pytest.mark.parametrize("whose", ["nobody", "another"])
    def test_is_refused_for_any_other_address(self, vote, whose):
        person = voter(vote)
        if whose == "another":
            link(vote, UUID(rows(vote.desk, "SELECT max(person) FROM voting_register")[0][0]))
        before = hashes(vote)
        with pytest.raises(NotYourAddress):
            as_resident(vote, person).act(service.mail_voting_code, "oost", vote.id, MailVotingCode(email_address=MAIL))
        assert hashes(vote) == before


class TestPeopleWithoutAnAddress:
    def test_can_vote_with_a_code_from_the_desk_and_get_no_letter(self, desk, prepare):
        vote, person = secret_vote(desk, prepare)
        status = desk.by(OFFICIAL).ask(queries.letters, "oost", vote.id)
        assert status.at_desk_count == 1
        assert "Geheim" not in str(vote.payloads())
        assert opens(vote, hand(vote, person).code)

    def test_live_in_a_quarter_and_nowhere_else(self, desk, prepare):
        vote, person = secret_vote(desk, prepare)
        stay = "SELECT quarter, postcode, house_number FROM residence JOIN household ON household.id = household_id"
        assert rows(desk, f"{stay} WHERE house_number = 0") == [("BU99010102", "BU99010102", 0)]
        assert vote.faults() == []
        assert person


def secret_vote(desk, prepare):
    """Return an open round, and somebody who can vote in it whose address nobody here knows."""
    worlds.found_meerwijk(desk)
    desk.act(identity.import_register, ImportRegister(csv=SECRET))
    vote = prepare()
    vote.open()
    (found,) = rows(
        desk, "SELECT person_id FROM residence JOIN household ON household.id = household_id WHERE house_number = 0"
    )
    return vote, UUID(str(found[0]))


class TestAStolenCode:
    def test_is_reported_by_its_owner_and_counted_in_public(self, vote):
        vote.cast(vote.letters()[0].code, "1")
        person = voter(vote, has_voted=True)
        assert report(vote, person, as_resident(vote, person)).reported_count == 1
        assert vote.desk.by(worlds.somebody(Role.GUEST)).ask(queries.stolen, "oost", vote.id).reported_count == 1
        (entry,) = [each for each in vote.desk.ask(entries_about, "oost", [str(vote.id)]) if "Stolen" in each.kind]
        assert entry.facts == {}

    def test_leaves_the_ballot_in_the_box(self, vote):
        receipt = vote.cast(vote.letters()[0].code, "1")
        report(vote, voter(vote, has_voted=True))
        vote.close()
        assert [ballot.receipt for ballot in vote.published().ballots] == [receipt]
        assert vote.faults() == []

    def test_is_reported_once(self, vote):
        vote.cast(vote.letters()[0].code, "1")
        person = voter(vote, has_voted=True)
        report(vote, person)
        with pytest.raises(AlreadyReported):
            report(vote, person)
        assert rows(vote.desk, "SELECT count(*) FROM voting_stolen_report") == [(1,)]

    def test_is_replaced_when_nobody_voted_with_it(self, vote):
        with pytest.raises(HasNotVoted):
            report(vote, voter(vote))
        assert rows(vote.desk, "SELECT count(*) FROM voting_stolen_report") == [(0,)]

    def test_is_nobody_elses_to_report(self, vote):
        vote.cast(vote.letters()[0].code, "1")
        with pytest.raises(NotYours):
            report(vote, voter(vote, has_voted=True), as_resident(vote, NOBODY))

    def test_is_forgotten_with_who_voted_and_its_count_is_not(self, vote):
        vote.cast(vote.letters()[0].code, "1")
        report(vote, voter(vote, has_voted=True))
        vote.close()
        vote.count()
        vote.finish()
        assert rows(vote.desk, "SELECT person FROM voting_stolen_report") == [(None,)]
        assert vote.desk.ask(queries.stolen, "oost", vote.id).reported_count == 1
