"""What is read from a `.pb` file, and what is refused with its line."""

import pytest

from wijkbudget.voting.pabulib import VOTES_MAX, BadPabulib, read, report
from wijkbudget.voting.rules import CountedBallot, Option, ties_by_id, ties_by_lot
from wijkbudget.voting.tallies import TALLIES

SMALL = """META
key;value
description;Buurtbudget
num_projects;3
num_votes;4
budget;1000
vote_type;approval
PROJECTS
project_id;cost;votes;name;category
1;600;2;Bankje;groen
2;400,50;3;"Feest; voor ""iedereen""\";spel
10;1000.5;0;;
VOTES
voter_id;vote;age
ann;1,2;34
bo; 2 , 1 ;
cas;2;12
dee;;
"""


def swapped(old, new):
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)


class TestRead:
    def test_returns_options_and_ballots_with_the_same_marks_together(self):
        election = read(SMALL)
        assert election.budget_cents == 100_000
        assert election.vote_type == "approval"
        assert election.meta["description"] == "Buurtbudget"
        assert election.options == (
            Option(id="1", cost_cents=60_000, title="Bankje"),
            Option(id="2", cost_cents=40_050, title='Feest; voor "iedereen"'),
            Option(id="10", cost_cents=100_050, title="10"),
        )
        assert election.ballots == (
            CountedBallot(marks={"1": 1, "2": 1}, count=2),
            CountedBallot(marks={"2": 1}),
            CountedBallot(marks={}),
        )

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff" + SMALL,
            SMALL.replace("\n", "\r\n"),
            SMALL.replace("\n", "\n\n"),
            swapped("dee;;", "dee;none;"),
            swapped("cas;2;12", "cas;2,2;12"),
            swapped("1;600;", "1;600.00;"),
            SMALL.lower().replace("bankje", "Bankje").replace("feest", "Feest").replace("buurtb", "Buurtb"),
        ],
        ids=["mark", "windows", "blank lines", "none", "ticked twice", "decimals", "lower case"],
    )
    def test_reads_the_same_from_other_spellings(self, text):
        assert read(text) == read(SMALL)

    def test_reads_points(self):
        text = swapped("approval", "cumulative").replace("vote;age", "vote;points").replace("ann;1,2;34", "ann;1,2;5,0")
        text = text.replace("bo; 2 , 1 ;", "bo;2,1;3, 2")
        assert read(text).ballots == (
            CountedBallot(marks={"1": 5, "2": 0}),
            CountedBallot(marks={"1": 2, "2": 3}),
            CountedBallot(marks={"2": 12}),
            CountedBallot(marks={}),
        )

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "The section META is missing."),
            ("hello", "Line 1: the file must begin with META."),
            (SMALL.split("VOTES", maxsplit=1)[0], "The section VOTES is missing."),
            (swapped("VOTES", "META"), "Line 13: the section META comes twice."),
            (
                swapped("approval", "ordinal"),
                "Ballots of type “ordinal” cannot be counted here, only approval, choose-1, cumulative, scoring.",
            ),
            (swapped("budget;1000", "budget;much"), "The budget in the file is “much”; that is no amount."),
            (swapped("budget;1000", "budget"), "Line 6: the column “value” is missing."),
            (swapped("num_votes;4", "num_votes;5"), "The file says num_votes is 5, but has 4."),
            (swapped("project_id;cost", "project_id;price"), "Line 10: the column “cost” is missing."),
            (swapped("1;600;", "1;-600;"), "Line 10: the cost “-600” is no amount."),
            (swapped("1;600;", "1;1e3;"), "Line 10: the cost “1e3” is no amount."),
            (swapped("1;600;", "1;0.005;"), "Line 10: the cost “0.005” is no amount."),
            (swapped("1;600;", "1;999999999999999;"), "Line 10: the cost “999999999999999” is no amount."),
            (swapped("\n10;1000.5", "\n2;1000.5"), "Line 12: the project id “2” is empty or comes twice."),
            (swapped("cas;2;", "cas;3;"), "Line 17: the vote names the project “3”, which is not in the file."),
            (swapped("cas;2;", "ann;2;"), "Line 17: the voter “ann” comes twice."),
            (swapped("cas;2;12", "cas"), "Line 17: the column “vote” is missing."),
            (swapped('"iedereen""";', '"iedereen"";'), "Line 18: the quotes do not match, or a field is too long."),
            (
                swapped("1;600;2;Bankje", "1;600;2;" + "x" * 200_000),
                "Line 10: the quotes do not match, or a field is too long.",
            ),
        ],
    )
    def test_refuses_with_the_line_and_the_reason(self, text, sentence):
        with pytest.raises(BadPabulib) as refused:
            read(text)
        assert str(refused.value) == sentence

    @pytest.mark.parametrize(
        ("points", "sentence"),
        [
            ("5", "Line 15: the vote names 2 projects and 1 points."),
            ("5,-1", "Line 15: “-1” is no whole number of points."),
            ("5,1.5", "Line 15: “1.5” is no whole number of points."),
        ],
    )
    def test_refuses_points_that_do_not_fit(self, points, sentence):
        text = (
            swapped("approval", "scoring").replace("vote;age", "vote;points").replace("ann;1,2;34", f"ann;1,2;{points}")
        )
        with pytest.raises(BadPabulib) as refused:
            read(text)
        assert str(refused.value) == sentence

    def test_refuses_points_given_twice(self):
        text = swapped("approval", "scoring").replace("vote;age", "vote;points").replace("ann;1,2;34", "ann;1,1;2,3")
        with pytest.raises(BadPabulib, match="Line 15: the vote gives a project points twice"):
            read(text)

    def test_refuses_more_than_it_can_hold(self):
        with pytest.raises(BadPabulib, match="too large"):
            read("x" * 64_000_001)
        with pytest.raises(BadPabulib, match=f"more than {VOTES_MAX} rows"):
            read("META\nkey;value\n" + "a;b\n" * (VOTES_MAX + 1))
        with pytest.raises(BadPabulib, match=r"more than 10000 projects"):
            read(
                "META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
                + "".join(f"{number};1\n" for number in range(10_001))
                + "VOTES\nvoter_id;vote\n"
            )


class TestReport:
    def test_is_what_the_command_prints(self):
        election = read(SMALL)
        outcome = TALLIES["greedy"].tally(election.election(ties_by_id(["1", "2", "10"])), {"too_dear": "skip"})
        assert report(outcome) == {
            "rule": "greedy",
            "winners": ["2"],
            "spent_cents": 40_050,
            "budget_cents": 100_000,
            "projects": [
                {
                    "id": "1",
                    "cost_cents": 60_000,
                    "votes": 2,
                    "won": False,
                    "why": "It has 2 votes, but only €599.50 was left and it costs €600.00.",
                },
                {
                    "id": "2",
                    "cost_cents": 40_050,
                    "votes": 3,
                    "won": True,
                    "why": "It has 3 votes and fitted in the €1,000.00 that was left.",
                },
                {"id": "10", "cost_cents": 100_050, "votes": 0, "won": False, "why": "Nobody voted for it."},
            ],
        }

    def test_names_the_seed_of_a_lot(self):
        election = read(SMALL)
        ties = ties_by_lot((option.id for option in election.options), "oost-2026")
        outcome = TALLIES["greedy"].tally(election.election(ties), {"too_dear": "skip"})
        assert report(outcome)["seed"] == "oost-2026"
