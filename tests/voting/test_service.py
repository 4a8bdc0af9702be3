# SPDX-License-Identifier: EUPL-1.2
"""Rounds that are prepared and opened, and what they refuse."""

import json
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests import worlds
from wijkbudget.kit.actor import Role
from wijkbudget.kit.canonical import canonical, digest
from wijkbudget.kit.codes import read_code
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.rules import NeighbourhoodNotFound
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.voting import queries, service
from wijkbudget.voting.codes import WrongCode
from wijkbudget.voting.phases import (
    NothingToChoose,
    OptionTaken,
    Phase,
    RoundNotFound,
    TooEarly,
    WrongDates,
)
from wijkbudget.voting.schemas import OptionDraft, PrepareRound

from .conftest import CLOSES, OFFICIAL, OPENS, REFERENCE, add_option, break_in, entries_about, identity_residents, rows


@pytest.mark.usefixtures("meerwijk")
class TestPrepare:
    def command(self, **changed):
        values = {
            "year": 2026,
            "title": "Stem",
            "opens_on": OPENS,
            "closes_on": CLOSES,
            "reference_on": REFERENCE,
            "budget_cents": 100,
        }
        return PrepareRound(**{**values, **changed})

    def test_makes_a_round_without_rules_yet(self, desk):
        made = desk.by(OFFICIAL).act(service.prepare, "oost", self.command())
        assert (made.phase, made.options, made.rules) == (Phase.PREPARED, [], None)
        assert [line.id for line in desk.ask(queries.rounds, "oost")] == [made.id]
        assert desk.ask(queries.rounds, "west") == []

    def test_is_refused_with_days_out_of_order(self, desk):
        with pytest.raises(WrongDates):
            desk.act(service.prepare, "oost", self.command(closes_on=date(2026, 3, 1)))
        assert desk.ask(queries.rounds, "oost") == []

    def test_is_refused_in_a_neighbourhood_that_is_not_there(self, desk):
        with pytest.raises(NeighbourhoodNotFound):
            desk.act(service.prepare, "noord", self.command())

    def test_is_for_an_official(self, desk):
        with pytest.raises(DoorClosed):
            desk.by(worlds.somebody(Role.COUNCIL, "oost")).act(service.prepare, "oost", self.command())

    def test_belongs_to_one_neighbourhood(self, desk):
        made = desk.act(service.prepare, "oost", self.command())
        with pytest.raises(RoundNotFound):
            desk.ask(queries.round_, "west", made.id)
        with pytest.raises(RoundNotFound):
            desk.act(service.open_, "west", made.id)


@pytest.mark.usefixtures("meerwijk")
class TestAddOption:
    def test_is_refused_for_the_same_thing_twice(self, desk, prepare):
        made = prepare()
        with pytest.raises(OptionTaken):
            desk.act(add_option, "oost", made.id, OptionDraft(about="plan-1", title="Again", cost_cents=1))
        assert [option.key for option in made.view().options] == ["1", "2", "3", "4"]

    def test_is_refused_after_the_opening(self, desk, vote):
        with pytest.raises(WrongState):
            desk.act(add_option, "oost", vote.id, OptionDraft(about="late", title="Late", cost_cents=1))
        assert len(vote.view().options) == 4


@pytest.mark.usefixtures("meerwijk")
class TestOpen:
    def test_freezes_everything_by_hash(self, desk, prepare):
        made = prepare()
        opened = made.open()
        voters = desk.ask(identity_residents, "oost", REFERENCE, 12)
        assert opened.phase is Phase.OPEN
        assert [(each.voice_hundredths, each.voters) for each in opened.rules.classes] == [(100, len(voters))]
        assert (opened.rules.ballot, opened.rules.tally, opened.rules.decides) == (
            "approval",
            "equal_shares",
            "weighted",
        )
        assert opened.rules.article == "Verordening wijkbudgetten Meerwijk 2024, art. 7"
        (kept,) = rows(desk, "SELECT document FROM voting_frozen")[0]
        assert digest_text(kept) == opened.rules.frozen_hash
        assert made.faults() == []

    def test_sends_everybody_who_can_vote_one_code(self, desk, vote):
        voters = desk.ask(identity_residents, "oost", REFERENCE, 12)
        letters = vote.payloads()
        assert len(letters) == len({letter["code"] for letter in letters}) == len(voters) == len(vote.letters())
        assert all(read_code(letter["code"]) and letter["name"] and letter["postcode"] for letter in letters)
        assert rows(desk, "SELECT count(*), count(voted_on) FROM voting_register") == [(len(voters), 0)]

    def test_keeps_no_code(self, desk, vote):
        kept = str(rows(desk, "SELECT * FROM voting_register"))
        assert not [
            letter.code for letter in vote.letters() if letter.code in kept or letter.code.replace("-", "") in kept
        ]

    @pytest.mark.usefixtures("meerwijk")
    def test_can_be_before_the_first_day_so_that_letters_are_in_time(self, clock, desk, prepare):
        made = prepare()
        clock.forward(days=-1)
        made.open()
        assert (made.view().phase, made.view().is_early) == (Phase.OPEN, True)
        code = made.letters()[0].code
        with pytest.raises(WrongCode):
            made.cast(code, "1")
        assert rows(desk, "SELECT count(*) FROM voting_box") == [(0,)]
        clock.forward(days=1)
        assert made.cast(code, "1")
        assert (made.view().is_early, made.faults()) == (False, [])

    def test_is_refused_before_it_is_known_who_can_vote(self, clock, prepare):
        made = prepare()
        clock.forward(days=-2)
        with pytest.raises(TooEarly):
            made.open()
        assert made.view().phase is Phase.PREPARED

    def test_is_refused_without_plans(self, desk):
        command = TestPrepare().command()
        made = desk.act(service.prepare, "oost", command)
        with pytest.raises(NothingToChoose):
            desk.act(service.open_, "oost", made.id)

    def test_is_refused_twice(self, desk, vote):
        codes = [letter.code for letter in vote.letters()]
        with pytest.raises(WrongState):
            vote.open()
        assert [letter.code for letter in vote.letters()] == codes

    def test_says_so_in_the_trail_without_a_name(self, desk, vote):
        entries = {entry.kind: entry for entry in desk.ask(entries_about, "oost", [str(vote.id)])}
        assert set(entries["voting.RoundOpened"].facts) == {
            "frozen_hash",
            "voice_rule",
            "voice_parameters",
            "voters",
        }

    @pytest.mark.parametrize("table", ["voting_frozen", "voting_option"])
    def test_cannot_be_changed_in_the_database_either(self, desk, vote, table):
        with pytest.raises(IntegrityError, match="append-only"):
            desk.act(break_in, f"UPDATE {table} SET place = 'west'")


def digest_text(kept):
    """Return the SHA-256 of a kept document by way of its data, so that it must be canonical too."""
    data = json.loads(kept)
    assert canonical(data).decode() == kept
    return digest(data)
