# SPDX-License-Identifier: EUPL-1.2
"""What is written to a `.pb` file about a counted vote."""

from dataclasses import replace

import pytest

from wijkbudget.voting.pabulib import Project, PublishedElection, write

ADD_ONE = {"utility": "cost", "completion": "add1", "stop": "infeasible", "unit_cents": 100}


class TestWrite:
    election = PublishedElection(
        said={"description": "Stem; mee", "country": "Netherlands", "vote_type": "approval", "min_length": ""},
        budget_cents=100_000,
        tally="greedy",
        parameters={"too_dear": "skip"},
        follows=True,
        remark="",
        projects=(
            Project(id="10", cost_cents=40_050, title='Feest "voor" allen', heads=2, points=2, won=True),
            Project(id="9", cost_cents=60_000, title="Bankje", heads=1, points=1, won=False),
        ),
        ballots=({"10": 1, "9": 1}, {"10": 1}, {}),
        ballot_count=3,
        limits=(),
    )

    def test_writes_what_is_published_and_no_more(self):
        assert write(self.election) == (
            'META\nkey;value\ndescription;"Stem; mee"\ncountry;Netherlands\nnum_projects;2\nnum_votes;3\nbudget;1000\n'
            "vote_type;approval\nrule;greedy\n"
            "comment;#1: The votes and what was selected were counted by wijkbudget from these ballots.\n"
            "PROJECTS\nproject_id;cost;votes;name;selected\n"
            '10;400.50;2;"Feest ""voor"" allen";1\n9;600;1;Bankje;0\n'
            "VOTES\nvoter_id;vote\n1;9,10\n2;10\n3;\n"
        )

    def test_writes_points_the_most_first(self):
        pointed = replace(
            self.election, said={"vote_type": "scoring"}, ballots=({"9": 2, "10": 5}, {"9": 0}), ballot_count=2
        )
        text = write(pointed)
        assert "project_id;cost;votes;score;name;selected\n" in text
        assert text.endswith("voter_id;vote;points\n1;10,9;5,2\n2;;\n")

    def test_writes_a_ranking_with_its_points(self):
        ranked = replace(self.election, said={"vote_type": "ordinal"}, ballots=({"9": 2, "10": 3}, {"9": 3}))
        text = write(replace(ranked, ballot_count=2))
        assert text.endswith("voter_id;vote;points\n1;10,9;3,2\n2;9;3\n")

    @pytest.mark.parametrize(
        ("tally", "parameters", "changes", "said"),
        [
            ("greedy", {"too_dear": "skip"}, {}, "greedy"),
            ("greedy", {"too_dear": "stop"}, {}, "greedy-no-skip"),
            ("greedy", {"too_dear": "skip"}, {"heads": 0}, "greedy-threshold"),
            ("greedy", {"too_dear": "stop"}, {"heads": 0}, "greedy-no-skip"),
            ("equal_shares", ADD_ONE | {"completion": "none"}, {}, "equalshares"),
            ("equal_shares", ADD_ONE, {}, "unknown"),
            ("equal_shares", ADD_ONE, {"cost_cents": 40_000}, "equalshares/add1"),
            ("equal_shares", ADD_ONE, {"cost_cents": 40_000, "won": True}, "unknown"),
            ("equal_shares", ADD_ONE | {"stop": "exhaustive"}, {"cost_cents": 40_000}, "unknown"),
            ("equal_shares", ADD_ONE | {"unit_cents": 1}, {"cost_cents": 40_000}, "unknown"),
        ],
    )
    def test_names_a_rule_that_finds_the_same(self, tally, parameters, changes, said):
        first, other = self.election.projects
        projects = (replace(first, cost_cents=changes.get("cost_cents", 40_050)), replace(other, **changes))
        text = write(replace(self.election, tally=tally, parameters=parameters, projects=projects))
        assert f"\nrule;{said}\n" in text
        assert ("\nmin_project_score_threshold;1\n" in text) is (changes == {"heads": 0})
        assert ("#2: It was counted with" in text) is (said == "unknown")

    def test_names_no_rule_when_voices_chose_otherwise(self):
        text = write(replace(self.election, follows=False, remark="Voices"))
        assert "\nrule;unknown\n" in text
        assert "#2: Voices. #3: It was counted with greedy (too_dear skip).\n" in text
