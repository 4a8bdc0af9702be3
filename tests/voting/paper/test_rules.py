# SPDX-License-Identifier: EUPL-1.2
"""What a typed line means, when people agree, and what a sheet must say."""

from itertools import product

import pytest

from tests.voting.test_phases import frozen
from wijkbudget.voting.paper.rules import (
    ASIDE_NAMES,
    LETTERS,
    SEAT_NAMES,
    SPOILED_NAMES,
    Aside,
    Entry,
    LineUnreadable,
    Seat,
    Sheet,
    SheetClass,
    Spoiled,
    Stage,
    agreed,
    read_entry,
    stage,
    unbalanced,
)
from wijkbudget.voting.phases import FrozenOption
from wijkbudget.voting.rules import OverBudget, RuleBroken, TooFewMarks, UnknownOption

OPTIONS = [FrozenOption(key=str(number), title=f"Plan {number}", cost_cents=400) for number in range(1, 6)]
A, B, C = (Entry(marks=f'{{"{number}":1}}') for number in range(1, 4))


def ballot(kind, **parameters):
    return frozen(ballot=kind, ballot_parameters=parameters, options=OPTIONS)


class TestALine:
    @pytest.mark.parametrize(
        ("kind", "line", "marks"),
        [
            ("approval", "1 4", '{"1":1,"4":1}'),
            ("approval", " 4,1 ;", '{"1":1,"4":1}'),
            ("knapsack", "5 2", '{"2":1,"5":1}'),
            ("one", "3", '{"3":1}'),
            ("points", "1:4 3=6", '{"1":4,"3":6}'),
            ("ranking", "4 1 2", '{"1":2,"2":1,"4":3}'),
            ("ranking", "5", '{"5":3}'),
        ],
    )
    def test_is_what_stands_on_the_ballot(self, kind, line, marks):
        assert read_entry(line, ballot(kind)) == Entry(marks=marks)

    def test_is_a_letter_where_the_ballot_does_not_count(self):
        found = [read_entry(letter, ballot("approval")).spoiled for letter in "ABCDEFGHIJ"]
        assert found == list(Spoiled)
        assert read_entry(" j ", ballot("approval")).spoiled is Spoiled.NO_BALLOT

    @pytest.mark.parametrize(
        ("kind", "line", "refusal"),
        [
            ("approval", "1 1", LineUnreadable),
            ("approval", "9", UnknownOption),
            ("approval", "K", UnknownOption),
            ("approval", "", TooFewMarks),
            ("knapsack", "1 2 3", OverBudget),
            ("one", "1 2", RuleBroken),
            ("points", "3", LineUnreadable),
            ("points", "1:11", RuleBroken),
            ("points", "1:5 1:5", LineUnreadable),
            ("ranking", "1 2 3 4", LineUnreadable),
            ("ranking", "2 2", LineUnreadable),
        ],
    )
    def test_is_refused_where_it_is_no_ballot_of_the_round(self, kind, line, refusal):
        with pytest.raises(refusal):
            read_entry(line, ballot(kind))


class TestTwoPeople:
    @pytest.mark.parametrize(
        ("entries", "found"),
        [
            ({}, Stage.WAITS),
            ({Seat.FIRST: A}, Stage.WAITS),
            ({Seat.SECOND: A}, Stage.WAITS),
            ({Seat.FIRST: A, Seat.SECOND: A}, Stage.SETTLED),
            ({Seat.FIRST: A, Seat.SECOND: B}, Stage.DIFFERS),
            ({Seat.FIRST: A, Seat.SECOND: B, Seat.THIRD: B}, Stage.SETTLED),
            ({Seat.FIRST: A, Seat.SECOND: B, Seat.THIRD: C}, Stage.AGAIN),
        ],
    )
    def test_settle_a_ballot_and_nobody_does_alone(self, entries, found):
        assert stage(entries) is found
        assert (agreed(entries) is not None) is (found is Stage.SETTLED)

    def test_decide_what_a_third_cannot_change(self):
        for first, second, third in product((A, B, C), repeat=3):
            said = agreed({Seat.FIRST: first, Seat.SECOND: second, Seat.THIRD: third})
            if first == second:
                assert said == first
            elif said is not None:
                assert said == third

    def test_differ_when_they_give_another_reason(self):
        entries = {Seat.FIRST: Entry(spoiled=Spoiled.BLANK), Seat.SECOND: Entry(spoiled=Spoiled.UNCLEAR)}
        assert stage(entries) is Stage.DIFFERS


class TestTheNames:
    def test_are_there_for_everything_and_the_letters_for_each_reason(self):
        assert (set(SEAT_NAMES), set(ASIDE_NAMES), set(SPOILED_NAMES)) == (set(Seat), set(Aside), set(Spoiled))
        assert len(Spoiled) == len(LETTERS) == 10


class TestASheet:
    def sheet(self, *, returned=14, spoiled=3, **changed):
        counts = {"issued": 40, "voted": 17, "online": 5, "accepted": 12, "entered": 9, "spoiled": 3, **changed}
        return Sheet(
            returned=returned,
            aside={"voted_online": 1, "too_late": 1},
            spoiled={"blank": spoiled},
            classes=[SheetClass(voice_hundredths=100, **counts)],
        )

    def test_balances_when_every_envelope_and_ballot_is_somewhere(self):
        assert list(unbalanced(self.sheet())) == []

    @pytest.mark.parametrize(
        "changed",
        [
            {"returned": 13},
            {"accepted": 13},
            {"entered": 8},
            {"entered": 10},
            {"spoiled": 2},
            {"online": 6},
            {"voted": 16},
            {"issued": 16},
        ],
        ids=str,
    )
    def test_does_not_when_one_number_is_another(self, changed):
        assert len(list(unbalanced(self.sheet(**changed)))) >= 1

    def test_holds_each_voice_apart(self):
        one = self.sheet()
        low, high = (
            one.classes[0],
            SheetClass(voice_hundredths=125, issued=9, voted=1, online=2, accepted=0, entered=0, spoiled=0),
        )
        assert len(list(unbalanced(one.model_copy(update={"classes": [low, high]})))) == 1
