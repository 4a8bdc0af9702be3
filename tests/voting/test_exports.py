# SPDX-License-Identifier: EUPL-1.2
"""A vote that was held here, as a file that others can read."""

import contextlib
import io

import pytest
from pabulib.checker import Checker

from wijkbudget.voting import queries, seed
from wijkbudget.voting.pabulib import read
from wijkbudget.voting.phases import NotThere
from wijkbudget.voting.schemas import CastBallot

CHOICES = [
    seed.Choice(count=12, voice_hundredths=100, options=["1"]),
    seed.Choice(count=5, voice_hundredths=100, options=["2", "4"]),
    seed.Choice(count=5, voice_hundredths=100, options=["3", "4"]),
]


def errors(text):
    with contextlib.redirect_stdout(io.StringIO()):
        return Checker().process_files([text])[1]["results"]["errors"]


@pytest.fixture
def counted(vote):
    seed.vote(vote.desk, vote.letters(), CHOICES)
    vote.close()
    vote.count()
    return vote


class TestTheFileOfAVote:
    def test_is_not_there_before_the_count(self, desk, vote):
        seed.vote(desk, vote.letters(), CHOICES)
        for end in (lambda: None, vote.close):
            end()
            with pytest.raises(NotThere):
                desk.ask(queries.election, "oost", vote.id)

    def test_says_what_was_chosen_and_is_accepted(self, desk, counted):
        text = desk.ask(queries.election, "oost", counted.id)
        assert errors(text) == {}
        assert text.splitlines()[:16] == [
            "META",
            "key;value",
            "description;Stem voor Oost",
            "country;Netherlands",
            "unit;Meerwijk",
            "district;Meerwijk-Oost",
            "instance;2026",
            "num_projects;4",
            "num_votes;22",
            "budget;30000",
            "vote_type;approval",
            "rule;equalshares/add1",
            "date_begin;02.03.2026",
            "date_end;15.03.2026",
            "min_length;1",
            "language;nl",
        ]
        election = read(text)
        assert sorted((dict(each.marks), each.count) for each in election.ballots if each.count == 12) == [
            ({"1": 1}, 12)
        ]
        outcome = counted.outcome()
        won = {each.key for each in outcome.winners}
        rows = text.split("PROJECTS\n")[1].split("VOTES\n")[0].splitlines()[1:]
        assert {row.split(";")[0] for row in rows if row.endswith(";1")} == won

    def test_holds_nothing_that_tells_who_voted(self, desk, counted):
        text = desk.ask(queries.election, "oost", counted.id)
        for secret in (*(each.receipt for each in counted.published().ballots), "2026-03"):
            assert secret not in text
        assert text.count("\n1;") == 2  # the first ballot, and the first plan


class TestTheFileOfOtherBallots:
    @pytest.mark.parametrize(
        ("ballot", "told", "marks"),
        [
            ("one", {"vote_type": "choose-1", "max_length": "1"}, [{"1": 1}, {"4": 1}]),
            (
                "points",
                {"vote_type": "cumulative", "max_points": "4", "max_sum_points": "5"},
                [{"1": 4, "2": 1}, {"3": 2}],
            ),
            ("ranking", {"vote_type": "ordinal", "max_length": "3"}, [{"1": 3, "4": 2, "2": 1}, {"4": 3}]),
        ],
    )
    def test_is_accepted_and_keeps_every_mark(self, desk, vote_by, ballot, told, marks):
        vote = vote_by(ballot)
        ballots = [
            CastBallot(code=letter.code, marks=marks[number % 2]) for number, letter in enumerate(vote.letters()[:24])
        ]
        seed.cast(desk, ballots)
        vote.close()
        vote.count()
        text = desk.ask(queries.election, "oost", vote.id)
        assert errors(text) == {}
        election = read(text)
        assert {name: election.meta[name] for name in told} == told
        assert sorted((sorted(each.marks.items()), each.count) for each in election.ballots) == sorted(
            (sorted(each.items()), 12) for each in marks
        )
        assert vote.faults() == []
