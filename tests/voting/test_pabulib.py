# SPDX-License-Identifier: EUPL-1.2
"""What is read from a `.pb` file, what is refused with its line, and what is reported of a count."""

import tracemalloc

import pytest

from wijkbudget.voting.pabulib import (
    BYTES_MAX,
    BadPabulib,
    read,
    report,
    text_of,
)
from wijkbudget.voting.pabulib.election import POINTED, RANKED, TICKED
from wijkbudget.voting.rules import CountedBallot, Option, ties_by_id, ties_by_lot
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll

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

KNOWN = ", ".join((*TICKED, *POINTED, *RANKED))


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
        assert tuple(election.ballots) == (
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
        assert tuple(read(text).ballots) == (
            CountedBallot(marks={"1": 5, "2": 0}),
            CountedBallot(marks={"1": 2, "2": 3}),
            CountedBallot(marks={"2": 12}),
            CountedBallot(marks={}),
        )

    def test_reads_places_as_its_scores_count_them(self):
        assert list(read(swapped("approval", "ordinal")).ballots) == [
            CountedBallot(marks={"1": 2, "2": 1}),
            CountedBallot(marks={"1": 1, "2": 2}),
            CountedBallot(marks={"2": 1}),
            CountedBallot(marks={}),
        ]

    def test_reads_the_points_of_places_where_a_city_gave_them(self):
        text = swapped("approval", "ordinal").replace("vote;age", "vote;points").replace("ann;1,2;34", "ann;1,2;5,3")
        assert list(read(text.replace("cas;2;12", "cas;2;5")).ballots) == [
            CountedBallot(marks={"1": 5, "2": 3}),
            CountedBallot(marks={"1": 1, "2": 2}),
            CountedBallot(marks={"2": 5}),
            CountedBallot(marks={}),
        ]

    def test_refuses_a_project_in_two_places(self):
        with pytest.raises(BadPabulib, match=r"Line 17: the vote puts a project in two places\."):
            read(swapped("approval", "ordinal").replace("cas;2;12", "cas;2,2;12"))

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Line 1: the file is empty."),
            ("hello", "Line 1: the file must begin with META."),
            (SMALL.split("META\n", maxsplit=1)[1], "Line 1: the file must begin with META."),
            (SMALL.split("PROJECTS", maxsplit=1)[0], "Line 7: the section PROJECTS is missing here."),
            (SMALL.split("VOTES", maxsplit=1)[0], "Line 12: the section VOTES is missing here."),
            (swapped("PROJECTS", "VOTES"), "Line 8: the section PROJECTS is missing here."),
            (swapped("VOTES", "META"), "Line 13: the section META comes twice."),
            (SMALL + "VOTES\nvoter_id;vote\n", "Line 19: the section VOTES comes twice."),
            (SMALL.replace(";", ","), "Line 2: the column “key,value” is not known."),
            (SMALL.replace(";", "\t"), "Line 2: the column “key\tvalue” is not known."),
            (swapped("key;value", "key"), "Line 2: the column “value” is missing."),
            (swapped("voter_id;vote;age", "voter_id;vote;iban"), "Line 14: the column “iban” is not known."),
            (swapped("voter_id;vote;age", "voter_id;vote;vote"), "Line 14: the column “vote” comes twice."),
            (swapped("project_id;cost", "project_id;votes2"), "Line 9: the column “votes2” is not known."),
            (swapped("project_id;cost;", "project_id;"), "Line 9: the column “cost” is missing."),
            (swapped("cas;2;12", "cas;2;12;0"), "Line 17: there are 4 fields and 3 columns."),
            (
                swapped("approval", "veto"),
                f"Line 7: ballots of type “veto” cannot be counted here, only {KNOWN}.",
            ),
            (swapped("vote_type;approval\n", ""), "Line 7: “vote_type” is missing before this."),
            (swapped("budget;1000\n", ""), "Line 7: “budget” is missing before this."),
            (swapped("budget;1000", "budget;much"), "Line 6: the budget “much” is no amount."),
            (swapped("budget;1000", "budget;0"), "Line 6: the budget “0” is no amount."),
            (swapped("budget;1000", "budget;-1000"), "Line 6: the budget “-1000” is no amount."),
            (swapped("budget;1000", "budget"), "Line 6: the column “value” is missing."),
            (swapped("budget;1000", "budget;1000\nbudget;9"), "Line 7: “budget” is said twice."),
            (swapped("num_votes;4", "num_votes;5"), "Line 5: the file says num_votes is 5, but has 4."),
            (swapped("num_votes;4", "num_votes;four"), "Line 5: the file says num_votes is four, but has 4."),
            (swapped("num_projects;3", "num_projects;2"), "Line 4: the file says num_projects is 2, but has 3."),
            (swapped("1;600;", "1;-600;"), "Line 10: the cost “-600” is no amount."),
            (swapped("1;600;", "1;1e3;"), "Line 10: the cost “1e3” is no amount."),
            (swapped("1;600;", "1;0.005;"), "Line 10: the cost “0.005” is no amount."),
            (swapped("1;600;", "1;999999999999999;"), "Line 10: the cost “999999999999999” is no amount."),
            (swapped("\n10;1000.5", "\n2;1000.5"), "Line 12: the project id “2” is empty or comes twice."),
            (swapped("\n10;1000.5", "\n;1000.5"), "Line 12: the project id “” is empty or comes twice."),
            (swapped("Bankje", "x" * 1_001), "Line 10: “name” is too long: at most 1000 characters."),
            (swapped("Buurtbudget", "x" * 1_001), "Line 3: “value” is too long: at most 1000 characters."),
            (swapped("cas;2;", "cas;3;"), "Line 17: the vote names the project “3”, which is not in the file."),
            (swapped("cas;2;", "cas;2|1;"), "Line 17: the vote names the project “2|1”, which is not in the file."),
            (swapped("cas;2;", "ann;2;"), "Line 17: the voter “ann” comes twice."),
            (swapped("cas;2;12", "cas"), "Line 17: the column “vote” is missing."),
            (swapped('"iedereen""";', '"iedereen"";'), "Line 18: the quotes do not match, or a field is too long."),
            (swapped("Bankje", "x" * 100_000), "Line 10: the line is too long: at most 100000 characters."),
            (swapped("Bankje", '"' + "x\n" * 90_000), "Line 65546: the quotes do not match, or a field is too long."),
            (swapped("Bankje", "Ban\0kje"), "Line 10: there is a character here that no text has."),
            (swapped("Bankje", "Ban\ud800kje"), "Line 10: there is a character here that no text has."),
        ],
    )
    def test_refuses_with_the_line_and_the_reason(self, text, sentence):
        # Rows that are plain are read many at once, and must be refused alike.
        for written in (text, text.replace("bo; 2 , 1 ;", "bo;2,1;")):
            with pytest.raises(BadPabulib) as refused:
                read(written)
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
        with pytest.raises(BadPabulib, match=r"too large: at most 16 million bytes"):
            read("x" * (BYTES_MAX + 1))
        begin = "META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
        with pytest.raises(BadPabulib, match=r"Line 1003: there are more than 1000 rows"):
            read("META\nkey;value\n" + "".join(f"key{number};b\n" for number in range(1_001)))
        with pytest.raises(BadPabulib, match=r"Line 10007: there are more than 10000 rows"):
            read(begin + "".join(f"{number};1\n" for number in range(10_001)))

    def test_keeps_little_more_than_the_file(self):
        votes = "".join(f"{number};{number % 50},{number % 49},{number % 47}\n" for number in range(5_000))
        projects = "".join(f"{number};1\n" for number in range(50))
        begin = "META\nkey;value\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\n"
        text = f"{begin}{projects}VOTES\nvoter_id;vote\n{votes}"
        tracemalloc.start()
        election = read(text)
        _left, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert sum(ballot.count for ballot in election.ballots) == 5_000
        assert most < 30 * len(text)


class TestTextOf:
    def test_names_the_line_that_is_no_text(self):
        with pytest.raises(BadPabulib) as refused:
            text_of(SMALL.encode().replace(b"Bankje", b"Caf\xe9"))
        assert str(refused.value) == "Line 10: this is not text in UTF-8."

    def test_refuses_a_file_that_is_too_large_before_it_is_read_as_text(self):
        with pytest.raises(BadPabulib, match="too large"):
            text_of(b"\xff" * (BYTES_MAX + 1))


def counted(election, ties):
    """Return the outcome of the most usual count."""
    greedy = TALLIES["greedy"]
    return greedy.tally(Poll.of(election.election(ties)), greedy.parameters({}))


class TestReport:
    def test_is_what_the_command_prints(self):
        election = read(SMALL)
        outcome = counted(election, ties_by_id(["1", "2", "10"]))
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
        outcome = counted(election, ties)
        assert report(outcome)["seed"] == "oost-2026"
