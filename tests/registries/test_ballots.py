# SPDX-License-Identifier: EUPL-1.2
"""What every ballot promises."""

import json
from dataclasses import FrozenInstanceError, asdict
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.voting.ballots import BALLOTS
from wijkbudget.voting.rules import BadParameter, Option, UnknownOption

OPTIONS = tuple(Option(id=id_, cost_cents=1_000, title=id_) for id_ in "abcd")
MARKS = st.dictionaries(st.sampled_from("abcd"), st.integers(-1, 4))


@pytest.mark.parametrize("key", BALLOTS)
class TestEveryBallot:
    def test_has_a_file_of_its_name(self, key):
        part = getattr(import_module(f"wijkbudget.voting.ballots.{key}"), key.upper())
        assert part is BALLOTS[key]
        assert part.key == key

    def test_describes_itself_in_plain_frozen_data(self, key):
        parameters = BALLOTS[key].parameters({}, budget_cents=3_000)
        assert json.loads(json.dumps(asdict(parameters))) == asdict(parameters)
        with pytest.raises(FrozenInstanceError):
            parameters.marks_min = 0

    def test_refuses_a_parameter_it_does_not_know(self, key):
        with pytest.raises(BadParameter):
            BALLOTS[key].parameters({"colour": "red"}, budget_cents=3_000)

    def test_refuses_an_option_of_another_round(self, key):
        with pytest.raises(UnknownOption):
            BALLOTS[key].check({"z": 1}, OPTIONS, BALLOTS[key].parameters({}, budget_cents=3_000))

    @given(marks=MARKS)
    def test_returns_one_form_of_the_marks_or_refuses_them(self, key, marks):
        parameters = BALLOTS[key].parameters({}, budget_cents=3_000)
        before = dict(marks)
        try:
            checked = BALLOTS[key].check(marks, OPTIONS, parameters)
        except RuleBroken:
            checked = None
        assert marks == before
        if checked is not None:
            assert list(checked) == sorted(checked)
            assert checked == {id_: mark for id_, mark in marks.items() if mark}
            assert BALLOTS[key].check(checked, OPTIONS, parameters) == checked
