# SPDX-License-Identifier: EUPL-1.2
"""How many voted, and whom to ask whether they did."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.actor import GUEST, Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.voting import queries, seed, service
from wijkbudget.voting.schemas import NoteAnswers, VoterSays
from wijkbudget.voting.turnout import ASKED, Answer, NobodyThere, drawn, turnout

from .conftest import OPENS, entries_about, rows

AUDITOR = Actor(id="auditor", roles=frozenset({(Role.AUDITOR, "oost")}))
LAST = OPENS + timedelta(days=4)
DAYS = (OPENS, LAST)


def said(v=(), n=()):
    """Return the answers of who says yes and who says no, by their place in the draw."""
    yes = [VoterSays(number=number, answer=Answer.VOTED) for number in v]
    return NoteAnswers(answers=[*yes, *(VoterSays(number=number, answer=Answer.DID_NOT_VOTE) for number in n)])


def told(counted, *, least=3, voices=None):
    """Return the turnout of so many who voted on each day, and twenty who did not."""
    register = [(100, OPENS + timedelta(days=day)) for day, number in enumerate(counted) for _each in range(number)]
    return turnout([*register, *[(100, None)] * 20, *(voices or [])], DAYS, {}, least)


class TestTurnout:
    def test_counts_who_could_and_who_did(self):
        found = told([3, 4, 0, 5, 6])
        assert (found.voters, found.voted) == (38, 18)

    def test_takes_days_together_until_there_are_enough_to_hide_in(self):
        found = told([3, 1, 0, 5, 2])
        assert [((part.first_on - OPENS).days, (part.last_on - OPENS).days, part.voted) for part in found.days] == [
            (0, 0, 3),
            (1, 4, 8),
        ]

    def test_is_one_number_when_few_voted(self):
        assert [part.voted for part in told([1, 0, 1, 0, 0]).days] == [2]
        assert [part.voted for part in told([]).days] == [0]

    def test_counts_a_voice_with_the_voice_that_its_ballots_count_with(self):
        found = turnout([(100, OPENS), (125, OPENS), (150, None)], DAYS, {100: 100, 125: 100, 150: 150}, 1)
        assert [(part.voice_hundredths, part.voted, part.voters) for part in found.classes] == [
            (100, 2, 2),
            (150, 0, 1),
        ]

    @given(st.lists(st.integers(0, 9), max_size=5), st.integers(1, 12))
    def test_shows_no_small_number_and_loses_nobody(self, counted, least):
        found = told(counted, least=least)
        assert sum(part.voted for part in found.days) == found.voted
        assert len(found.days) == 1 or all(part.voted >= least for part in found.days)
        assert (found.days[0].first_on, found.days[-1].last_on) == DAYS
        for before, after in zip(found.days, found.days[1:], strict=False):
            assert after.first_on == before.last_on + timedelta(days=1)


class TestARound:
    def hold(self, vote):
        choices = [seed.Choice(count=22, voice_hundredths=100, options=["1"])]
        vote.clock.forward(days=2)
        seed.vote(vote.desk, vote.letters(), choices)

    def test_tells_its_turnout_from_the_close_on_and_keeps_it(self, vote):
        self.hold(vote)
        assert vote.view().turnout is None
        vote.close()
        found = vote.view().turnout
        assert found.voted == 22
        assert [(part.first_on, part.last_on) for part in found.days] == [(OPENS, date(2026, 3, 15))]
        vote.count()
        vote.finish()
        assert vote.view().turnout == found
        assert vote.faults() == []


class TestAskingVoters:
    def test_is_for_whoever_the_lot_falls_on(self):
        people = [str(number) for number in range(200)]
        asked = drawn(people, "seed")
        assert asked == drawn(reversed(people), "seed")
        assert len(set(asked)) == ASKED
        assert asked != drawn(people, "other seed")

    def test_shows_people_who_are_marked_and_says_so_in_the_record(self, desk, vote):
        outcome = self.hold(desk, vote)
        by = desk.by(AUDITOR)
        found = by.act(service.draw_voters, "oost", vote.id)
        marked = {person for (person,) in rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")}
        assert (found.marked, {each.person_id for each in found.asked}) == (5, marked)
        assert all(each.name and each.address for each in found.asked)
        assert [each.number for each in found.asked] == [1, 2, 3, 4, 5]
        file = by.act(service.fetch_asked, "oost", vote.id).decode("utf-8-sig").splitlines()
        assert file[0] == "number,name,address,person_id"
        assert [line.rpartition(",")[2] for line in file[1:]] == [each.person_id for each in found.asked]
        kinds = [(e.kind, e.facts) for e in desk.ask(entries_about, "oost", [str(vote.id)])]
        assert kinds.count(("voting.VotersDrawn", {"seed": outcome.seed, "asked": 5})) == 2

    def test_keeps_what_they_said_and_publishes_how_many(self, desk, vote):
        self.hold(desk, vote)
        by = desk.by(AUDITOR)
        assert desk.by(GUEST).ask(queries.inquiry, "oost", vote.id) is None
        told = by.act(service.note_answers, "oost", vote.id, said(v=[1, 2], n=[4]))
        assert (told.asked, told.voted, told.did_not_vote, told.no_answer) == (5, 2, 1, 2)
        by.act(service.note_answers, "oost", vote.id, said(v=[4, 5]))
        answers = [each.answer for each in by.act(service.draw_voters, "oost", vote.id).asked]
        assert answers == ["voted", "voted", "no_answer", "voted", "voted"]
        for wrong in (said(v=[6]), said(v=[1], n=[1])):
            with pytest.raises(NobodyThere):
                by.act(service.note_answers, "oost", vote.id, wrong)
        vote.finish()
        kept = desk.by(GUEST).ask(queries.inquiry, "oost", vote.id)
        assert (kept.asked, kept.voted, kept.did_not_vote, kept.no_answer) == (5, 4, 0, 1)
        for verb, *more in ((service.draw_voters,), (service.note_answers, said(v=[1]))):
            with pytest.raises(WrongState):
                by.act(verb, "oost", vote.id, *more)
        assert desk.by(GUEST).ask(queries.inquiry, "oost", vote.id) == kept

    def test_is_closed_before_the_count_and_to_others(self, desk, vote):
        vote.close()
        with pytest.raises(WrongState):
            desk.by(AUDITOR).act(service.draw_voters, "oost", vote.id)
        for role in (Role.OFFICIAL, Role.COUNCIL, Role.RESIDENT, Role.ADMINISTRATOR):
            somebody = Actor(id="somebody", roles=frozenset({(role, "oost")}))
            for verb in (service.draw_voters, service.fetch_asked):
                with pytest.raises(DoorClosed):
                    desk.by(somebody).act(verb, "oost", vote.id)

    def hold(self, desk, vote):
        """Let five people vote, and count."""
        seed.vote(desk, vote.letters(), [seed.Choice(count=5, voice_hundredths=100, options=["1"])])
        vote.close()
        return vote.count()


class TestFindingABallot:
    def test_is_by_page_or_by_receipt(self, desk, vote):
        receipts = seed.vote(desk, vote.letters(), [seed.Choice(count=5, voice_hundredths=100, options=["1"])])
        vote.close()
        found = desk.ask(queries.ballots, "oost", vote.id, 7)
        assert [ballot.receipt for ballot in found.ballots] == sorted(receipts)
        assert (found.page, found.pages, found.seal.size) == (1, 1, 5)
