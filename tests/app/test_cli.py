# SPDX-License-Identifier: EUPL-1.2
"""The command line: from an empty folder to a house that proves itself, and real elections counted."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wijkbudget.app import house
from wijkbudget.app.cli import main
from wijkbudget.identity import seed as people
from wijkbudget.identity.logins import totp
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.voting.tallies import TALLIES

ASSEN_WINNERS = ["3", "9", "11", "2", "13", "14", "5", "6", "12"]

TINY = """META
key;value
num_projects;2
num_votes;3
budget;100
vote_type;approval
PROJECTS
project_id;cost;votes;name
a;60;2;Boom
b;50;2;Bank
VOTES
voter_id;vote
1;a
2;a,b
3;b
"""


@pytest.fixture
def run(tmp_path, monkeypatch, store):
    """Return how to run a command in an own, empty folder, with an empty database."""
    url = store.make(tables=False)
    monkeypatch.setenv("WIJKBUDGET_FOLDER", str(tmp_path / "var"))
    monkeypatch.setenv("WIJKBUDGET_DATABASE_URL", url)

    def command(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    yield command
    store.drop(url)


@pytest.fixture
def election(tmp_path) -> Path:
    path = tmp_path / "tiny.pb"
    path.write_text(TINY)
    return path


class TestTheFirstDay:
    def test_goes_from_an_empty_folder_to_a_proven_house(self, run, tmp_path):
        for name in ("meerwijk", "oost"):
            (tmp_path / f"{name}.toml").write_text(demo_toml(name))
        (tmp_path / "register.csv").write_text(people.register_csv({"oost": 12}))
        assert run("found", tmp_path / "meerwijk.toml").exit_code == 0
        adopted = ("--from", "2025-01-01", "--decided-by", "Raadsbesluit 1")
        assert run("adopt-policy", "oost", tmp_path / "oost.toml", *adopted).exit_code == 0
        imported = json.loads(run("import-register", tmp_path / "register.csv").output)
        assert imported == {"new_count": 12, "changed_count": 0, "ended_count": 0, "unchanged_count": 0}
        code = run("appoint", "Esther Vermeer", "administrator").output.strip()
        assert len(code) == len("XXXX-XXXX-XXXX-XXXX")
        proven = run("verify")
        assert (proven.exit_code, proven.output) == (
            0,
            "Everything is as it must be: books, trail, votes, vouchers and files.\n",
        )

    def test_refuses_with_a_sentence_and_changes_nothing(self, run, tmp_path):
        (tmp_path / "meerwijk.toml").write_text(demo_toml("meerwijk"))
        assert run("found", tmp_path / "meerwijk.toml").exit_code == 0
        again = run("found", tmp_path / "meerwijk.toml")
        assert again.exit_code == 1
        assert again.output.startswith("Error: ")
        assert "Traceback" not in again.output

    def test_appoints_nobody_before_there_is_a_municipality(self, run):
        refused = run("appoint", "Esther Vermeer", "administrator")
        assert (refused.exit_code, refused.output[:7]) == (1, "Error: ")

    def test_says_that_a_file_is_not_text(self, run, tmp_path):
        (tmp_path / "picture.toml").write_bytes(b"\xff\xfe\x00")
        refused = run("found", tmp_path / "picture.toml")
        assert refused.exit_code == 2
        assert "a text file in UTF-8" in refused.output


class TestSecondStep:
    def test_prints_what_a_phone_with_this_secret_shows(self, run):
        shown = run("second-step", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").output.strip()
        now = totp.step_at(house.now())
        assert shown in {totp.digits_at(b"12345678901234567890", step) for step in (now - 1, now)}

    def test_says_what_is_no_secret(self, run):
        assert run("second-step", "1").exit_code == 2


class TestTally:
    def test_prints_who_wins_and_why(self, run, election):
        printed = json.loads(run("tally", election, "--rule", "equal_shares", "--ties", "id", "--json").output)
        assert list(printed) == ["rule", "winners", "spent_cents", "budget_cents", "projects"]
        assert (printed["rule"], printed["winners"], printed["spent_cents"]) == ("equal_shares", ["a"], 60_00)
        assert [list(project) for project in printed["projects"]] == [["id", "cost_cents", "votes", "won", "why"]] * 2
        assert [project["votes"] for project in printed["projects"]] == [2, 2]

    def test_prints_the_seed_of_a_lot(self, run, election):
        printed = json.loads(run("tally", election, "--rule", "greedy", "--json").output)
        assert len(printed["seed"]) == 32

    @pytest.mark.parametrize(
        ("words", "winners"), [(("--too-dear", "skip"), ["a"]), (("--too-dear", "stop"), ["a"])], ids=str
    )
    def test_counts_by_votes(self, run, election, words, winners):
        printed = json.loads(run("tally", election, "--rule", "greedy", "--ties", "id", "--json", *words).output)
        assert printed["winners"] == winners

    def test_says_what_would_have_been_enough(self, run, election):
        printed = json.loads(run("tally", election, "--rule", "greedy", "--ties", "id", "--why", "--json").output)
        assert printed["enough"] == {
            "b": [
                "With one more voter, for this plan only, it would have won.",
                "It would also have won had it cost €10.00 less, so €40.00.",
            ]
        }

    def test_puts_several_ways_side_by_side(self, run, election):
        printed = json.loads(run("tally", election, "--compare", "greedy", "phragmen", "--ties", "id", "--json").output)
        assert printed == {
            "greedy": {
                "winners": ["a"],
                "spent_cents": 6_000,
                "reached": 2,
                "reached_percent": "200/3",
                "cents_per_supporter": "3000",
            },
            "phragmen": {
                "winners": ["b"],
                "spent_cents": 5_000,
                "reached": 2,
                "reached_percent": "200/3",
                "cents_per_supporter": "2500",
            },
            "differs": ["a", "b"],
        }
        assert list(json.loads(run("tally", election, "--compare", "--json").output)) == [*TALLIES, "differs"]

    @pytest.mark.parametrize("words", [(), ("--rule", "greedy", "--compare"), ("greedy", "--rule", "greedy")], ids=str)
    def test_counts_in_one_way_or_in_several(self, run, election, words):
        assert run("tally", election, *words).exit_code == 2

    def test_refuses_what_a_way_to_count_does_not_know(self, run, election):
        refused = run("tally", election, "--rule", "greedy", "--utility", "cost")
        assert (refused.exit_code, refused.output) == (
            1,
            "Error: Je kunt hier niets instellen met de naam “utility”.\n",
        )

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [("b;50", "b;vijftig", "10"), ("num_votes;3", "num_votes;4", ""), ("approval", "veto", "veto")],
    )
    def test_refuses_a_malformed_file_with_line_and_reason(self, run, election, old, new, sentence):
        election.write_text(TINY.replace(old, new))
        refused = run("tally", election, "--rule", "greedy")
        assert refused.exit_code == 1
        assert refused.output.startswith("Error: ")
        assert sentence in refused.output
        assert "Traceback" not in refused.output

    @pytest.mark.parametrize("command", [("tally", "--rule", "greedy"), ("import-pabulib",)], ids=str)
    def test_reads_no_more_of_a_file_than_it_can_count(self, run, tmp_path, command):
        endless = tmp_path / "endless.pb"
        with endless.open("wb") as file:
            file.truncate(200_000_000)
        (tmp_path / "meerwijk.toml").write_text(demo_toml("meerwijk"))
        run("found", tmp_path / "meerwijk.toml")
        refused = run(*command, endless)
        assert (refused.exit_code, "16" in refused.output, "Traceback" in refused.output) == (1, True, False)

    def test_gives_the_official_winners_of_assen(self, run, data):
        file = data / "pabulib" / "Netherlands_Assen_2024.pb"
        printed = json.loads(run("tally", file, "--rule", "equal_shares", "--ties", "id", "--json").output)
        assert printed["winners"] == ASSEN_WINNERS
        assert (printed["spent_cents"], printed["budget_cents"]) == (76_700_00, 100_000_00)


class TestImportPabulib:
    def test_makes_a_counted_round_with_a_page(self, run, election, tmp_path):
        (tmp_path / "meerwijk.toml").write_text(demo_toml("meerwijk"))
        run("found", tmp_path / "meerwijk.toml")
        made = run("import-pabulib", election)
        assert made.exit_code == 0
        assert made.output.startswith("http://127.0.0.1:8000/wijken/oost/stemrondes/")
        assert run("verify").exit_code == 0

    def test_asks_for_a_municipality_first(self, run, election):
        refused = run("import-pabulib", election)
        assert (refused.exit_code, refused.output[:7]) == (1, "Error: ")
