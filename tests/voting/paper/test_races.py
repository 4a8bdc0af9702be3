# SPDX-License-Identifier: EUPL-1.2
"""Many at one table: each envelope and each ballot is on the list once, whoever is first."""

from collections import Counter

from tests.races.racing import together
from wijkbudget.voting.paper.rules import Seat

from .conftest import FIRST, SECOND, guide


class TestManyAtOnce:
    def test_enter_one_ballot_on_one_side_once(self, vote):
        vote.everybody_takes_a_seat()
        others = [guide(f"frans {number}") for number in range(5)]
        for other in others:
            vote.take(other, Seat.FIRST)
        vote.voting_ends()
        vote.receive(vote.letters()[0].code)
        vote.end_receiving(1)
        enter = [lambda n=n, who=who: vote.enter(who, 1, str(1 + n % 4)) for n, who in enumerate([FIRST, *others] * 2)]
        came = Counter(each if isinstance(each, str) else "entered" for each in together(*enter))
        assert vote.rows("SELECT count(*), count(DISTINCT person) FROM voting_paper_entry") == [(1, 1)]
        assert came["entered"] + came["EnteredDifferently"] == 12
        assert came["entered"] >= 1

    def test_take_one_seat_each(self, vote):
        came = together(*(lambda seat=seat: vote.take(FIRST, seat) for seat in list(Seat) * 2))
        assert Counter(each if isinstance(each, str) else "taken" for each in came) == {"taken": 1, "SeatTaken": 7}

    def test_type_one_code_once(self, vote):
        vote.everybody_takes_a_seat()
        vote.voting_ends()
        code = vote.letters()[0].code
        came = together(*(lambda: vote.receive(code) for _each in range(8)))
        assert Counter(each.is_known for each in came) == {True: 7, False: 1}
        assert {each.is_accepted for each in came} == {True}
        assert vote.rows("SELECT count(voted_on) FROM voting_register") == [(1,)]

    def test_settle_a_ballot_from_both_sides(self, vote):
        vote.ready_to_enter(1)
        together(lambda: vote.enter(FIRST, 1, "1 2"), lambda: vote.enter(SECOND, 1, "2 1"))
        together(*(vote.balance for _each in range(4)))
        assert vote.rows("SELECT count(*) FROM voting_box") == [(1,)]
        assert vote.rows("SELECT count(*) FROM voting_paper_sheet") == [(1,)]
