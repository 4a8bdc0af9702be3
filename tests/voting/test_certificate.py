# SPDX-License-Identifier: EUPL-1.2
"""Who paid what: that it is right, and that what is wrong is told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.elections import election, elections_full_of_ties, small_elections, utilities
from tools import check_certificate
from tools.check_certificate import faults
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.certificate import certificate
from wijkbudget.voting.tallies.poll import Poll


def certified(asked, **raw):
    return certificate(Poll.of(asked), TALLIES["equal_shares"].parameters(raw))


class TestCertificate:
    asked = election(
        {"park": 900, "playground": 600, "bench": 100, "tree": 300, "pond": 990},
        [
            (["park", "playground"], "3/2"),
            ["park", "bench"],
            ["park", "tree"],
            ["playground", "tree", "pond"],
            ["pond"],
        ],
        2_000,
    )

    def test_says_what_each_group_paid_and_nobodys_name(self):
        made = certified(self.asked, completion="none")
        assert made["purse"] == "4000/11"
        assert made["bought"] == [
            {"id": "park", "cost_cents": 900, "price": "1800/7"},
            {"id": "tree", "cost_cents": 300, "price": "14900/77"},
            {"id": "bench", "cost_cents": 100, "price": "100"},
        ]
        assert [option["id"] for option in made["lost"]] == ["playground", "pond"]
        assert made["groups"][1] == {
            "marks": {"bench": 1, "park": 1},
            "voice": "1",
            "paid": ["park", "bench"],
            "rest": None,
        }
        assert made["groups"][2] == {"marks": {"park": 1, "tree": 1}, "voice": "1", "paid": ["park"], "rest": "tree"}
        assert list(faults(made)) == []

    @settings(max_examples=50, deadline=None)
    @given(
        asked=small_elections() | elections_full_of_ties(),
        utility=utilities,
        completion=st.sampled_from(["none", "add1", "add1_greedy"]),
    )
    def test_holds_for_every_election(self, asked, utility, completion):
        made = certified(asked, utility=utility, completion=completion, unit_cents=1)
        assert made is None if not asked.ballots.cast else list(faults(made)) == []

    @pytest.mark.parametrize(
        ("breaks", "fault"),
        [
            (lambda made: made["bought"][0].update(price="1801/7"), "what is paid for park is not what it costs"),
            (lambda made: made["bought"][1].update(cost_cents=301), "what is paid for tree is not what it costs"),
            (lambda made: made.update(purse="257"), "group 0 pays more than it has"),
            (lambda made: made["groups"][2].update(paid=["park", "tree"], rest=None), "group 2 pays more than it has"),
            (
                lambda made: made["groups"][1].update(rest="bench", paid=["park"]),
                "group 1 pays more than the price",
            ),
            (lambda made: made["groups"][4]["paid"].append("park"), "group 4 pays for park, which it did not choose"),
            (lambda made: made["groups"][0]["paid"].append("playground"), "group 0 pays for playground, which"),
            (
                lambda made: made["lost"][0].update(cost_cents=300),
                "the supporters of playground could have",
            ),
            (
                lambda made: made["bought"].reverse(),
                "something was bought before something",
            ),
            (lambda made: made.update(budget_cents=1_299), "what was bought costs more than the budget"),
        ],
    )
    def test_that_is_wrong_is_told_from_one_that_is_right(self, breaks, fault):
        made = certified(self.asked, completion="none")
        breaks(made)
        assert any(told.startswith(fault) for told in faults(made)), list(faults(made))

    def test_is_checked_by_a_file_that_needs_nothing_else(self, tmp_path):
        (tmp_path / "right.json").write_text(json.dumps(certified(self.asked)))
        (tmp_path / "wrong.json").write_text(json.dumps(certified(self.asked) | {"purse": "1"}))
        checker = [sys.executable, "-I", "-S", str(Path(check_certificate.__file__))]
        right, wrong = (
            subprocess.run([*checker, name], cwd=tmp_path, capture_output=True, text=True, check=False)
            for name in ("right.json", "wrong.json")
        )
        assert (right.returncode, right.stdout) == (0, "The payments are right.\n")
        assert wrong.returncode == 1
        assert "group 0 pays more than it has" in wrong.stdout

    def test_is_not_there_where_nobody_voted(self):
        assert certified(election({"a": 100}, [], 100)) is None
