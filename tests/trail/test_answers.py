# SPDX-License-Identifier: EUPL-1.2
"""What the desk kept to answer repeats is forgotten after two days, and not before."""

from tests.trail.test_desk import counted, deposit
from wijkbudget.trail import answers, tries
from wijkbudget.trail.desk import Desk


class TestForget:
    def test_leaves_what_may_still_be_asked_for(self, desk: Desk, clock) -> None:
        first = desk.once("a").act(deposit, "oost", 500)
        clock.forward(days=2)
        assert desk.act(answers.forget) == 0
        assert desk.once("a").act(deposit, "oost", 500) == first

    def test_empties_what_is_older(self, desk: Desk, clock) -> None:
        desk.once("a").act(deposit, "oost", 500)
        clock.forward(days=2, minutes=1)
        assert desk.act(answers.forget) == 1
        assert desk.ask(counted, "kept_answer") == 0
        assert desk.ask(counted, "ledger_transfer") == 1

    def test_empties_wrong_tries_of_windows_that_are_over(self, desk: Desk, clock) -> None:
        desk.act(tries.count, "voting code", "127.0.0.1")
        assert desk.act(answers.forget) == 0
        clock.forward(minutes=50)
        assert desk.act(answers.forget) == 0
        clock.forward(minutes=10)
        # The tries of this machine, and those of all together.
        assert desk.act(answers.forget) == 2
        assert desk.ask(counted, "wrong_try") == 0
