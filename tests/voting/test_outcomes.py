# SPDX-License-Identifier: EUPL-1.2
"""Rounds that close, are counted and become final, and the proof of it all."""

from datetime import date

import pytest

from tests import worlds
from wijkbudget.kit.actor import SYSTEM, Actor, Role
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours
from wijkbudget.voting import queries, seed, service
from wijkbudget.voting.phases import (
    NotThere,
    Phase,
    TooEarly,
)
from wijkbudget.voting.sealed import sha256_of

from .conftest import break_in, entries_about, rows


class TestTheEnd:
    def vote_all(self, vote):
        choices = [
            seed.Choice(count=12, voice_hundredths=100, options=["1"]),
            seed.Choice(count=5, voice_hundredths=100, options=["2", "4"]),
            seed.Choice(count=5, voice_hundredths=100, options=["3", "4"]),
        ]
        return seed.vote(vote.desk, vote.letters(), choices)

    def test_seals_what_was_cast_by_receipt(self, desk, vote):
        receipts = self.vote_all(vote)
        closed = vote.close()
        published = vote.published()
        assert closed.phase is Phase.CLOSED
        assert [ballot.receipt for ballot in published.ballots] == sorted(receipts)
        assert sorted(str(ballot.marks) for ballot in published.ballots).count("{'1': 1}") == 12
        entries = {entry.kind: entry for entry in desk.ask(entries_about, "oost", [str(vote.id)])}
        assert entries["voting.BoxSealed"].facts == {
            "root": published.root,
            "ballots": {"100": 22},
            "voted": {"100": 22},
            "seal_hash": sha256_of(desk.ask(queries.ballots, "oost", vote.id).seal.note),
        }
        assert vote.faults() == []

    def test_is_refused_while_people_can_vote(self, clock, desk, vote):
        clock.now = clock.now.replace(month=3, day=15, hour=22, minute=59)
        with pytest.raises(TooEarly):
            desk.act(service.close, "oost", vote.id)
        assert vote.view().phase is Phase.OPEN

    def test_tells_nothing_before_the_close(self, desk, vote):
        before = vote.view()
        self.vote_all(vote)
        assert vote.view() == before
        for early in (queries.published, queries.outcome):
            with pytest.raises(NotThere):
                desk.ask(early, "oost", vote.id)

    def test_counts_with_a_reason_for_each_plan(self, vote):
        self.vote_all(vote)
        vote.close()
        outcome = vote.count()
        assert {option.about: option.won for option in outcome.weighted.options} == {
            "plan-1": True,
            "plan-2": False,
            "plan-3": False,
            "plan-4": True,
        }
        # Twelve voters pay a twelfth of 20,000 euros each; ten pay a tenth of 4,000; nothing else fits after that.
        assert outcome.weighted.spent_cents == 2_400_000
        assert [option.about for option in outcome.winners] == [option.about for option in outcome.weighted.winners]
        assert outcome.weighted == outcome.equal
        assert outcome.differs == []
        assert all(str(option.why) for option in outcome.weighted.options)
        assert outcome == vote.outcome()
        assert vote.faults() == []

    def test_lets_people_object_and_then_forgets_who_voted(self, desk, clock, vote):
        self.vote_all(vote)
        vote.close()
        outcome = vote.count()
        assert outcome.objections_until == date(2026, 3, 31)
        with pytest.raises(TooEarly):
            desk.act(service.finish, "oost", vote.id)
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(22,)]
        assert vote.finish().phase is Phase.FINAL
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(0,)]
        assert vote.outcome().winners == outcome.winners
        assert vote.faults() == []

    def test_comes_by_itself_when_its_days_come(self, desk, clock, prepare, meerwijk):
        made = prepare()
        phases = []
        for days in (-1, 1, 13, 1, 15):
            clock.forward(days=days)
            seed.turn(desk, "oost")
            phases.append(made.view().phase)
        assert phases == [Phase.PREPARED, Phase.OPEN, Phase.OPEN, Phase.COUNTED, Phase.FINAL]
        assert desk.act(service.advance, "oost").moved == []
        assert made.faults() == []


class TestWasCast:
    def ask(self, desk, vote, person):
        resident = Actor(id=person, roles=frozenset({(Role.RESIDENT, "oost")}))
        return desk.by(resident).ask(queries.was_cast, "oost", vote.id, person)

    def test_tells_the_voter_alone(self, desk, vote):
        vote.cast(vote.letters()[0].code, "1")
        (voted,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")[0]
        (silent,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NULL LIMIT 1")[0]
        assert self.ask(desk, vote, voted).voted_on == date(2026, 3, 2)
        assert self.ask(desk, vote, silent).voted_on is None
        assert not self.ask(desk, vote, "somebody else").is_voter
        neighbour = Actor(id=silent, roles=frozenset({(Role.RESIDENT, "oost")}))
        with pytest.raises(NotYours):
            desk.by(neighbour).ask(queries.was_cast, "oost", vote.id, voted)
        for role in (Role.OFFICIAL, Role.AUDITOR, Role.ADMINISTRATOR):
            with pytest.raises(DoorClosed):
                desk.by(worlds.somebody(role, "oost")).ask(queries.was_cast, "oost", vote.id, voted)

    def test_says_when_it_is_forgotten(self, desk, vote):
        vote.cast(vote.letters()[0].code, "1")
        (voted,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")[0]
        vote.close()
        vote.count()
        vote.finish()
        assert (self.ask(desk, vote, voted).voted_on, self.ask(desk, vote, voted).is_forgotten) == (None, True)


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("UPDATE voting_round SET budget_cents = 1", "its days or budget are not what was frozen"),
            ("DELETE FROM voting_register WHERE voted_on IS NULL", "the register is not what was frozen"),
            ("UPDATE voting_register SET voted_on = NULL", "voice 100 has 1 ballots, and 0 voted"),
            ("UPDATE voting_box SET marks = '{\"2\":1}'", "the published ballots are not those in the box"),
            ("DELETE FROM voting_box", "the published ballots are not those in the box"),
            (
                "INSERT INTO voting_option SELECT round_id, '5', place, 'late', 'Late', 1 FROM voting_option LIMIT 1",
                "its options are not what was frozen",
            ),
        ],
    )
    def test_notices(self, desk, vote, statement, shows):
        vote.cast(vote.letters()[0].code, "1")
        vote.close()
        vote.count()
        assert vote.faults() == []
        desk.by(SYSTEM).act(break_in, statement)
        assert vote.faults() == [f"voting: round oost Stem voor Oost: {shows}"]
