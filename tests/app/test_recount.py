# SPDX-License-Identifier: EUPL-1.2
"""Every counted vote of the demo, downloaded as anybody can, counted again by the script that stands beside it."""

import json
import subprocess
import sys
from uuid import UUID

import pytest

from tests.app.house import House
from wijkbudget.voting import queries


@pytest.fixture
def folder(house: House, tmp_path):
    """Return a folder with the script and every counted vote, and nothing else."""
    (tmp_path / "recount.py").write_bytes(house.knocker.get("/api/v1/recount-script").body)
    for found, place in house.rows("SELECT id, place FROM voting_round WHERE phase IN ('counted', 'final')"):
        round_id = str(UUID(found))
        answer = house.knocker.get(f"/api/v1/neighbourhoods/{place}/rounds/{round_id}/count.json")
        (tmp_path / f"{place}-{round_id}.json").write_bytes(answer.body)
    return tmp_path


class TestTheVotesOfTheDemo:
    def test_follow_from_their_files(self, house: House, folder):
        files = sorted(folder.glob("*.json"))
        assert files != []
        for file in files:
            done = subprocess.run(
                [sys.executable, "-I", "-S", "recount.py", file.name],
                cwd=folder, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert (done.stderr, done.returncode) == ("", 0), done.stdout
            told = json.loads(file.read_text())
            assert done.stdout.startswith(f"RIGHT: {len(told['ballots'])} ballots with root {told['seal']['root']}")

    def test_tell_their_turnout_though_it_is_forgotten_who_voted(self, house: House):
        round_id = house.desk.ask(queries.rounds, "oost")[0].id
        turnout = house.desk.ask(queries.round_, "oost", round_id).turnout
        assert (turnout.voters, turnout.voted) == (1327, 451)
        assert min(part.voted for part in [*turnout.days, *turnout.classes]) >= turnout.least
