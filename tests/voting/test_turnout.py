# SPDX-License-Identifier: EUPL-1.2
"""How many voted, and whom to ask whether they did."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.voting import queries, seed, service
from wijkbudget.voting.turnout import ASKED, drawn, turnout

from .conftest import OFFICIAL, OPENS, entries_about, rows

LAST = OPENS + timedelta(days=4)
DAYS = (OPENS, LAST)


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
        seed.vote(desk, vote.letters(), [seed.Choice(count=5, voice_hundredths=100, options=["1"])])
        vote.close()
        by = desk.by(OFFICIAL)
        with pytest.raises(WrongState):
            by.act(service.draw_voters, "oost", vote.id)
        outcome = vote.count()
        found = by.act(service.draw_voters, "oost", vote.id)
        marked = {person for (person,) in rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")}
        assert (found.marked, {each.person_id for each in found.asked}) == (5, marked)
        assert all(each.name and each.address for each in found.asked)
        assert by.act(service.draw_voters, "oost", vote.id) == found
        kinds = [(e.kind, e.facts) for e in desk.ask(entries_about, "oost", [str(vote.id)])]
        assert kinds.count(("voting.VotersDrawn", {"seed": outcome.seed, "asked": 5})) == 2

    def test_is_over_when_it_is_forgotten_who_voted(self, desk, vote):
        vote.close()
        vote.count()
        vote.finish()
        with pytest.raises(WrongState):
            desk.by(OFFICIAL).act(service.draw_voters, "oost", vote.id)

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.COUNCIL, Role.RESIDENT, Role.ADMINISTRATOR])
    def test_is_closed_to_others(self, desk, vote, role):
        somebody = Actor(id="somebody", roles=frozenset({(role, "oost")}))
        with pytest.raises(DoorClosed):
            desk.by(somebody).act(service.draw_voters, "oost", vote.id)


class TestFindingABallot:
    def test_is_by_page_or_by_receipt(self, desk, vote):
        receipts = seed.vote(desk, vote.letters(), [seed.Choice(count=5, voice_hundredths=100, options=["1"])])
        vote.close()
        found = desk.ask(queries.ballots, "oost", vote.id, 7)
        assert [ballot.receipt for ballot in found.ballots] == sorted(receipts)
        assert (found.page, found.pages, found.seal.size) == (1, 1, 5)
