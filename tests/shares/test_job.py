# SPDX-License-Identifier: EUPL-1.2
"""The job with shares: who left, a run that broke off half way, and many runs at once."""

from dataclasses import replace
from datetime import date

import pytest

from tests.identity.people import load
from tests.races.test_races import together
from tests.shares.conftest import ANNA, BRAM, EVERYBODY, HELD, books, faults, shares_of, trail
from wijkbudget.app.due import review_shares
from wijkbudget.ledger import chart
from wijkbudget.shares import queries, service
from wijkbudget.shares.queries import due
from wijkbudget.shares.rules import Reason


class TestWhoLeft:
    def leave(self, wijk):
        """Let Bram stand on the register no more from 2 March on."""
        wijk.review()
        load(wijk.desk, *(line for line in EVERYBODY if line != BRAM), is_full=True)

    def test_keeps_shares_for_three_months_and_gets_no_more(self, wijk):
        self.leave(wijk)
        wijk.on(date(2026, 6, 1))
        assert wijk.held()["Bram Bos"] == 2
        wijk.on(date(2026, 6, 2))
        assert "Bram Bos" not in wijk.held()
        address = chart.share("oost", str(wijk.id_of("p-2"))).address
        assert wijk.desk.ask(books)[address] == 0
        assert wijk.desk.ask(faults) == []

    def test_keeps_them_when_they_are_back_in_time(self, wijk):
        self.leave(wijk)
        wijk.on(date(2026, 4, 1))
        load(wijk.desk, "p-2;Bram Bos;9901AA;3;;2014;2026-04-01")
        wijk.on(date(2026, 9, 1))
        assert wijk.held()["Bram Bos"] == 2
        wijk.on(date(2027, 4, 1))
        assert wijk.held()["Bram Bos"] == 2
        wijk.on(date(2028, 4, 1))
        assert wijk.held()["Bram Bos"] == 3

    def test_begins_with_a_first_share_when_they_are_back_later(self, wijk):
        self.leave(wijk)
        wijk.on(date(2026, 6, 2))
        load(wijk.desk, "p-2;Bram Bos;9901AA;3;;2014;2026-06-02")
        wijk.on(date(2026, 6, 3))
        assert shares_of(wijk, "Bram Bos") == [(Reason.RESIDENT, 0, date(2026, 6, 3), 1)]
        wijk.on(date(2027, 6, 2))
        assert wijk.held()["Bram Bos"] == 2
        assert wijk.desk.ask(faults) == []

    def test_has_a_share_in_the_neighbourhood_they_moved_to(self, wijk):
        wijk.review("oost", "west")
        load(wijk.desk, ANNA.replace("9901AA;1", "9902AA;5"))
        wijk.clock.forward(days=1)
        wijk.review("oost", "west")
        assert (wijk.held()["Anna Bos"], wijk.held("west")["Anna Bos"]) == (3, 1)


class TestABrokenRun:
    def test_is_finished_by_the_next_one(self, wijk, monkeypatch):
        monkeypatch.setattr(due, "TOGETHER_MAX", 2)
        drawn = 0

        def runs_dry(count):
            nonlocal drawn
            drawn += 1
            if drawn > 40:
                raise InterruptedError
            return wijk.desk.entropy(count)

        with pytest.raises(InterruptedError):
            review_shares(replace(wijk.desk, entropy=runs_dry), "oost")
        held = wijk.held()
        # All five first shares, and then two of the acts that each grant two years; the third left nothing.
        assert sum(held.values()) == 5 + 2 * 2
        assert wijk.desk.ask(faults) == []
        assert wijk.desk.ask(queries.is_due, "oost")
        wijk.review()
        assert wijk.held() == HELD
        assert wijk.desk.ask(faults) == []

    def test_leaves_the_same_as_one_that_went_well(self, wijk, monkeypatch):
        monkeypatch.setattr(due, "TOGETHER_MAX", 1)
        wijk.desk.act(service.grant_first, "oost")
        wijk.desk.act(service.accrue, "oost")
        assert sum(wijk.held().values()) == 2
        wijk.review()
        assert wijk.held() == HELD


class TestManyRuns:
    def test_at_the_same_moment_grant_everything_once(self, wijk):
        together(*(lambda: review_shares(wijk.desk, "oost") for _each in range(4)))
        assert wijk.held() == HELD
        assert wijk.desk.ask(faults) == []
        assert [kind for kind, *_more in wijk.desk.ask(trail)].count("shares.SharesReviewed") == 1
