# SPDX-License-Identifier: EUPL-1.2
"""Whoever guesses codes learns nothing: the same answer in the same time, whatever is wrong.

`make proof-letters` measures the time more often and more closely.
"""

import os
from statistics import median
from time import perf_counter_ns
from uuid import UUID

import pytest

from tests.voting.conftest import OFFICIAL, rows
from wijkbudget.voting import queries, service
from wijkbudget.voting.codes import WrongCode
from wijkbudget.voting.schemas import OpenBallot, ReplaceCode

NEVER = "0000-0000-0000-0000"
GUESSES = int(os.environ.get("WIJKBUDGET_PROOF_GUESSES", "100"))
APART_PERCENT_MAX = 50 if GUESSES < 1_000 else 5
"""How far medians may lie apart. Few tries on a busy machine say little; the small run finds only what is blatant."""


def is_refused(desk, code):
    try:
        desk.ask(queries.paper, OpenBallot(code=code))
    except WrongCode:
        return True
    return False


@pytest.fixture
def replaced(desk, vote):
    """Return a code that was made void."""
    before = {letter.code for letter in vote.letters()}
    person = UUID(rows(desk, "SELECT person FROM voting_register ORDER BY code_hash")[0][0])
    desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=person))
    (void,) = (code for code in before if is_refused(desk, code))
    return void


class TestAWrongCode:
    def test_gets_the_same_answer_whatever_is_wrong(self, client, vote, replaced):
        def answer(code):
            told = client.send("/api/v1/papers", {"code": code})
            return told.status_code, told.json()

        in_use = next(letter.code for letter in vote.letters() if letter.code != replaced)
        unknown = answer(NEVER)
        assert unknown[0] == 403
        assert answer(replaced) == unknown
        vote.close()
        assert answer(in_use) == unknown

    def test_takes_the_same_time_whatever_is_wrong(self, desk, vote, replaced):
        vote.close()
        kinds = {"unknown": NEVER, "replaced": replaced, "closed": vote.letters()[-1].code}
        took = {kind: [] for kind in kinds}
        # In turns, and to and fro, so that a busy moment falls on all of them and none gains by who went before.
        for turn in range(GUESSES):
            for kind, code in sorted(kinds.items(), reverse=turn % 2 == 1):
                began = perf_counter_ns()
                assert is_refused(desk, code)
                took[kind].append(perf_counter_ns() - began)
        medians = {kind: median(times) for kind, times in took.items()}
        assert max(medians.values()) * 100 <= min(medians.values()) * (100 + APART_PERCENT_MAX), medians
