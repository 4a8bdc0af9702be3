# SPDX-License-Identifier: EUPL-1.2
"""Letters of a round: made once each, kept under lock, fetched by an official only, and thrown away."""

import csv
import io
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from tests.voting.conftest import OFFICIAL, break_in, entries_about, rows
from tests.voting.letters.conftest import lying, pages
from tests.worlds import somebody
from wijkbudget.app.typesetting import CannotSet
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.voting import queries as voting
from wijkbudget.voting import service
from wijkbudget.voting.letters import queries, rules
from wijkbudget.voting.letters.rules import LettersGone, LettersNotFound, LettersNotReady
from wijkbudget.voting.phases import RoundNotFound
from wijkbudget.voting.schemas import OpenBallot

TOGETHER = 20


@pytest.fixture
def vote(meerwijk, prepare, monkeypatch):
    """Return an open round whose letters are divided over some files, because a file holds twenty here."""
    monkeypatch.setattr(rules, "LETTERS_TOGETHER_MAX", TOGETHER)
    made = prepare()
    made.open()
    return made


def status(vote):
    return vote.desk.by(OFFICIAL).ask(queries.letters, "oost", vote.id)


def asked(vote):
    """Return what the errands that wait carry, by the number of the file; errands of one act have no order."""
    waiting = vote.desk.by(SYSTEM).ask(errands.waiting)
    return sorted((each.payload for each in waiting), key=lambda payload: payload["number"])


def fetch(vote, number=1):
    return vote.desk.by(OFFICIAL).act(service.fetch_letters, "oost", vote.id, number)


def mailed(vote):
    """Return the lines that a mail house gets."""
    text = vote.desk.by(OFFICIAL).act(service.fetch_addresses, "oost", vote.id).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestMaking:
    def test_makes_one_letter_for_every_voter_and_each_code_opens_a_ballot(self, vote, jobs):
        codes = {letter.code for letter in vote.letters()}
        jobs.run_once()
        letters = [page for number in range(1, len(status(vote).files) + 1) for page in pages(fetch(vote, number))]
        assert len(letters) == len(codes) == status(vote).letter_count == status(vote).printed_count
        for letter in letters:
            assert sum(letter.count(code) for code in codes) == 1
        assert {line["stemcode"] for line in mailed(vote)} == codes
        assert len(mailed(vote)) == len(codes)
        for code in codes:
            vote.desk.ask(voting.paper, OpenBallot(code=code))

    def test_says_how_far_it_is(self, vote, room, jobs):
        before = status(vote)
        assert (before.printed_count, before.is_busy, before.is_kept) == (0, True, False)
        room.make(asked(vote)[0])
        assert (status(vote).printed_count, status(vote).is_busy) == (TOGETHER, True)
        jobs.run_once()
        assert (status(vote).printed_count, status(vote).is_busy) == (before.letter_count, False)

    def test_empties_every_errand(self, vote, desk, jobs):
        codes = [letter.code for letter in vote.letters()]
        jobs.run_once()
        assert {payload for (payload,) in rows(desk, "SELECT payload FROM errand")} == {"{}"}
        every = [str(rows(desk, f"SELECT * FROM {table}")) for table in ("voting_letter_batch", "trail_entry")]
        assert not [code for code in codes if any(code in text for text in every)]

    def test_makes_no_letter_twice_when_it_is_killed_half_way(self, vote, room, jobs):
        codes = {letter.code for letter in vote.letters()}
        first, second, *_rest = asked(vote)
        room.make(first)
        kept = {name: vote.desk.files.drawer(queries.DRAWER).read(name) for name in lying(vote.desk)}
        # The second file lies there, and the house fell before its row said so; no errand was emptied.
        room.make(second)
        vote.desk.act(break_in, "UPDATE voting_letter_batch SET printed_at = NULL WHERE number = 2")
        assert status(vote).printed_count == TOGETHER
        jobs.run_once()
        assert {line["stemcode"] for line in mailed(vote)} == codes
        assert len(mailed(vote)) == len(codes)
        assert all(vote.desk.files.drawer(queries.DRAWER).read(name) == content for name, content in kept.items())

    def test_waits_for_another_time_when_a_file_cannot_be_set(self, vote, room, monkeypatch, tmp_path):
        broken = tmp_path / "broken.typ"
        broken.write_text("#nobody")
        monkeypatch.setattr("wijkbudget.app.letters.TEMPLATE", broken)
        with pytest.raises(CannotSet, match="could not be set"):
            room.make(asked(vote)[0])
        assert (status(vote).printed_count, lying(vote.desk)) == (0, [])


class TestFetching:
    def test_is_written_down(self, vote, desk, jobs):
        jobs.run_once()
        fetch(vote)
        mailed(vote)
        taken = [each.facts for each in desk.ask(entries_about, "oost", [str(vote.id)]) if "Fetched" in each.kind]
        assert sorted(taken, key=str) == sorted(
            [{"form": "pdf", "letter_count": TOGETHER}, {"form": "csv", "letter_count": status(vote).letter_count}],
            key=str,
        )

    def test_is_refused_before_the_letters_are_made(self, vote):
        with pytest.raises(LettersNotReady):
            fetch(vote)
        with pytest.raises(LettersNotReady):
            mailed(vote)

    def test_is_refused_for_a_file_that_is_not_there_or_elsewhere(self, vote, jobs):
        jobs.run_once()
        with pytest.raises(LettersNotFound):
            fetch(vote, 99)
        with pytest.raises(RoundNotFound):
            vote.desk.by(OFFICIAL).act(service.fetch_letters, "west", vote.id, 1)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
    def test_is_for_officials_only(self, vote, role):
        actor = SYSTEM if role is Role.SYSTEM else somebody(role)
        for verb, given in ((service.fetch_letters, [1]), (service.fetch_addresses, []), (service.discard_letters, [])):
            with pytest.raises(DoorClosed):
                vote.desk.by(actor).act(verb, "oost", vote.id, *given)
        with pytest.raises(DoorClosed):
            vote.desk.by(actor).ask(queries.letters, "oost", vote.id)

    def test_takes_the_key_of_the_house(self, vote, desk, jobs):
        jobs.run_once()
        codes = [letter["stemcode"] for letter in mailed(vote)]
        drawer = desk.files.drawer(queries.DRAWER)
        for name in drawer.names():
            assert not [code for code in codes if code.encode() in drawer.read(name)]
            with pytest.raises(InvalidTag):
                desk.keys.reveal("voting letters", drawer.read(name), "another")
        assert {path.stat().st_mode & 0o777 for path in drawer.folder.iterdir()} == {0o600}


class TestThrowingAway:
    def test_is_for_an_official_once_the_letters_are_sent(self, vote, desk, jobs):
        jobs.run_once()
        after = desk.by(OFFICIAL).act(service.discard_letters, "oost", vote.id)
        assert {each.is_wiped for each in after.files} == {True}
        for look in (lambda: fetch(vote), lambda: mailed(vote)):
            with pytest.raises((LettersGone, LettersNotFound)):
                look()
        jobs.run_once()
        assert lying(desk) == []

    def test_comes_by_itself_when_the_day_has_come(self, vote, desk, jobs, clock):
        jobs.run_once()
        clock.forward(days=13)
        assert desk.act(service.wipe, "oost") == 0
        jobs.run_once()
        assert len(lying(desk)) == 2 * len(status(vote).files)
        clock.forward(days=1)
        assert desk.act(service.wipe, "oost") == len(status(vote).files)
        assert desk.act(service.wipe, "oost") == 0
        jobs.run_once()
        assert lying(desk) == []

    def test_leaves_no_file_that_nobody_knows(self, vote, desk, jobs):
        jobs.run_once()
        drawer = desk.files.drawer(queries.DRAWER)
        drawer.put(queries.file_name(UUID(int=1), 1, "pdf"), b"left behind")
        jobs.run_once()
        assert len(lying(desk)) == 2 * len(status(vote).files)
