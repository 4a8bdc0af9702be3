# SPDX-License-Identifier: EUPL-1.2
"""What every rule by which time earns a voice promises."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.text import Text
from wijkbudget.neighbourhoods.rules import BONUS_PARAMETERS, RULES
from wijkbudget.reciprocity import rulebook
from wijkbudget.reciprocity.rulebook import RULEBOOK

PARAMETERS = {
    "per_hour_hundredths": 5,
    "bonus_hundredths_max": 50,
    "class_step_hundredths": 25,
    "total_bonus_percent_max": 25,
    "effective_voters_percent_min": 90,
}

every_rule = pytest.mark.parametrize("rule", RULEBOOK.values(), ids=RULEBOOK)
settled = st.integers(0, 100_000)


@every_rule
class TestEveryRule:
    def test_is_named_after_its_file(self, rule):
        assert type(rule).__module__ == f"{rulebook.__name__}.{rule.key}"

    def test_gives_nothing_for_no_time(self, rule):
        assert rule.bonus(0, PARAMETERS).extra == 0

    @given(minutes=settled)
    def test_adds_an_exact_part_between_nothing_and_the_cap(self, rule, minutes):
        extra = rule.bonus(minutes, PARAMETERS).extra
        assert isinstance(extra, Fraction)
        assert 0 <= extra <= Fraction(1, 2)

    @given(minutes=settled, more=settled)
    def test_never_adds_less_for_more_time(self, rule, minutes, more):
        assert rule.bonus(minutes + more, PARAMETERS).extra >= rule.bonus(minutes, PARAMETERS).extra

    @given(minutes=settled)
    def test_says_why_and_says_the_same_again(self, rule, minutes):
        bonus = rule.bonus(minutes, PARAMETERS)
        assert bonus.steps
        assert all(isinstance(step, Text) for step in bonus.steps)
        assert rule.bonus(minutes, PARAMETERS) == bonus


class TestTheRulebook:
    def test_holds_what_a_policy_can_name(self):
        assert set(RULEBOOK) == RULES
        assert PARAMETERS.keys() == BONUS_PARAMETERS.keys()

    def test_holds_every_file_of_its_folder(self):
        files = {path.stem for path in Path(rulebook.__file__).parent.glob("*.py")} - {"__init__"}
        assert files == set(RULEBOOK)


class TestBonus:
    @pytest.mark.parametrize(
        ("minutes", "extra"),
        [
            (15, Fraction(1, 80)),
            (60, Fraction(1, 20)),
            (450, Fraction(3, 8)),
            (600, Fraction(1, 2)),
            (615, Fraction(1, 2)),
        ],
    )
    def test_is_a_twentieth_an_hour_up_to_a_half(self, minutes, extra):
        assert RULEBOOK["bonus"].bonus(minutes, PARAMETERS).extra == extra

    def test_says_that_it_is_capped(self):
        assert [str(step) for step in RULEBOOK["bonus"].bonus(720, PARAMETERS).steps] == [
            "You gave 12:00 hours. Every hour adds 0.05 to your voice: 0.60 extra.",
            "At most 0.50 extra counts.",
        ]
