# SPDX-License-Identifier: EUPL-1.2
"""What every rule by which time earns a voice promises."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.text import Text
from wijkbudget.neighbourhoods.rules import RULES, broken_voice_guards, words_of
from wijkbudget.reciprocity import rulebook
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rulebook.decay import share_left
from wijkbudget.reciprocity.rulebook.project import PROJECT
from wijkbudget.reciprocity.rulebook.threshold import THRESHOLD
from wijkbudget.reciprocity.rules.voices import Given, Pledged, capped, guards_of

PARAMETERS = {setting.name: setting.default for settings in RULES.values() for setting in settings}
GUARDS = guards_of(PARAMETERS)

every_rule = pytest.mark.parametrize("rule", RULEBOOK.values(), ids=RULEBOOK)
times = st.builds(
    lambda minutes, pledged: Given(minutes_by_age=tuple(sorted(minutes.items())), pledged=pledged),
    st.dictionaries(st.integers(0, 1_100), st.integers(0, 10_000), max_size=8),
    st.builds(Pledged, open_minutes=st.integers(0, 10_000), is_barred=st.booleans()),
)


def hours(count, *, days=0):
    """Return so many hours, given so many days ago."""
    return Given(minutes_by_age=((days, count * 60),))


def extra(rule, given):
    return capped(RULEBOOK[rule].bonus(given, PARAMETERS), GUARDS).extra


def sentences(rule, given):
    return [str(step) for step in capped(RULEBOOK[rule].bonus(given, PARAMETERS), GUARDS).steps]


@every_rule
class TestEveryRule:
    def test_is_named_after_its_file(self, rule):
        assert type(rule).__module__ == f"{rulebook.__name__}.{rule.key}"

    def test_gives_nothing_for_no_time(self, rule):
        assert rule.bonus(Given(), PARAMETERS).extra == 0

    @given(time=times)
    def test_adds_something_exact_that_is_not_less_than_nothing(self, rule, time):
        extra = rule.bonus(time, PARAMETERS).extra
        assert isinstance(extra, Fraction)
        assert extra >= 0

    @given(time=times, more=st.integers(0, 10_000), days=st.integers(0, 1_100))
    def test_never_adds_less_for_more_time(self, rule, time, more, days):
        minutes = dict(time.minutes_by_age)
        minutes[days] = minutes.get(days, 0) + more
        after = replace(time, minutes_by_age=tuple(minutes.items()))
        assert rule.bonus(after, PARAMETERS).extra >= rule.bonus(time, PARAMETERS).extra

    @given(time=times, later=st.integers(0, 400))
    def test_never_adds_more_because_time_went_by(self, rule, time, later):
        older = tuple((days + later, minutes) for days, minutes in time.minutes_by_age)
        after = replace(time, minutes_by_age=older)
        assert rule.bonus(after, PARAMETERS).extra <= rule.bonus(time, PARAMETERS).extra

    @given(time=times)
    def test_says_why_and_says_the_same_again(self, rule, time):
        bonus = rule.bonus(time, PARAMETERS)
        assert bonus.steps
        assert all(isinstance(step, Text) for step in bonus.steps)
        assert rule.bonus(time, PARAMETERS) == bonus


class TestTheRulebook:
    def test_holds_what_a_policy_can_name(self):
        assert RULEBOOK.keys() == RULES.keys()

    def test_holds_every_file_of_its_folder_but_two_that_earn_no_voice_in_a_round(self):
        files = {path.stem for path in Path(rulebook.__file__).parent.glob("*.py")} - {"__init__"}
        assert files == {*RULEBOOK, THRESHOLD.key, PROJECT.key}

    @pytest.mark.parametrize("rule", RULES)
    def test_begins_safely_and_says_in_plain_words_what_it_does(self, rule):
        chosen = {setting.name: setting.default for setting in RULES[rule]}
        assert list(broken_voice_guards(rule, chosen)) == []
        assert all(str(sentence) for sentence in words_of(rule, chosen))

    @pytest.mark.parametrize(
        ("rule", "setting"),
        [(rule, setting) for rule in RULES for setting in RULES[rule]],
        ids=lambda part: str(part)[:40],
    )
    def test_refuses_what_is_outside_a_setting(self, rule, setting):
        chosen = {each.name: each.default for each in RULES[rule]}
        for value in (setting.least - 1, setting.most + 1):
            assert list(broken_voice_guards(rule, {**chosen, setting.name: value}))


class TestBonus:
    @pytest.mark.parametrize(
        ("minutes", "adds"),
        [
            (15, Fraction(1, 80)),
            (60, Fraction(1, 20)),
            (450, Fraction(3, 8)),
            (600, Fraction(1, 2)),
            (615, Fraction(1, 2)),
        ],
    )
    def test_is_a_twentieth_an_hour_up_to_a_half(self, minutes, adds):
        assert extra("bonus", Given(minutes_by_age=((3, minutes),))) == adds

    def test_says_that_more_does_not_count(self):
        assert sentences("bonus", hours(12)) == [
            "You gave 12:00 hours. Every hour adds 0.05 to your voice: 0.60 extra.",
            "At most 0.50 extra counts.",
        ]


class TestRoot:
    @pytest.mark.parametrize(
        ("given_hours", "adds"),
        [
            (1, Fraction(7, 100)),
            (10, Fraction(1, 4)),
            (20, Fraction(35, 100)),
            (40, Fraction(1, 2)),
            (41, Fraction(1, 2)),
        ],
    )
    def test_adds_twice_as_much_for_four_times_the_hours(self, given_hours, adds):
        assert extra("root", hours(given_hours)) == adds

    def test_says_how(self):
        assert sentences("root", hours(20)) == [
            (
                "You gave 20:00 hours. The first 10:00 hours add 0.25 to your voice, and four times as much time adds "
                "twice as much: 0.35 extra."
            )
        ]


class TestDecay:
    @pytest.mark.parametrize(
        ("days", "adds"), [(0, Fraction(2, 5)), (180, Fraction(1, 5)), (360, Fraction(1, 10)), (1080, Fraction(1, 160))]
    )
    def test_halves_exactly_with_each_half_life(self, days, adds):
        assert extra("decay", hours(8, days=days)) == adds

    def test_lets_time_of_different_days_count_each_by_its_age(self):
        both = Given(minutes_by_age=((0, 120), (180, 240)))
        assert extra("decay", both) == extra("bonus", hours(4))

    def test_says_how_much_is_left(self):
        assert sentences("decay", hours(8, days=90)) == [
            (
                "You gave 8:00 hours. Time counts for half after 180 days, so 5:39 hours is left. "
                "Every hour adds 0.05 to your voice: 0.28 extra."
            )
        ]

    @given(days=st.integers(0, 2_000), half_life=st.sampled_from([30, 180, 1_096]))
    def test_leaves_half_of_it_after_one_more_half_life(self, days, half_life):
        assert share_left(days + half_life, half_life) * 2 == share_left(days, half_life)

    @given(days=st.integers(0, 2_000), half_life=st.integers(30, 1_096))
    def test_leaves_the_largest_share_that_is_not_too_much(self, days, half_life):
        share = share_left(days, half_life)
        step = Fraction(1, 2**32 << days // half_life)
        assert share**half_life <= Fraction(1, 2**days) < (share + step) ** half_life


class TestPledge:
    @pytest.mark.parametrize(
        ("given_hours", "promised", "adds"),
        [
            (4, Pledged(), Fraction(1, 5)),
            (4, Pledged(open_minutes=240), Fraction(3, 10)),
            (0, Pledged(open_minutes=240), Fraction(1, 10)),
            (4, Pledged(open_minutes=240, is_barred=True), Fraction(1, 5)),
            (0, Pledged(open_minutes=240, is_barred=True), Fraction(0)),
            (20, Pledged(open_minutes=240), Fraction(1, 2)),
        ],
    )
    def test_lets_a_promised_hour_count_for_half_unless_one_was_broken(self, given_hours, promised, adds):
        assert extra("pledge", replace(hours(given_hours), pledged=promised)) == adds

    def test_says_how(self):
        assert sentences("pledge", replace(hours(4), pledged=Pledged(open_minutes=240))) == [
            (
                "You gave 4:00 hours and promised 4:00 hours, which counts for 50%. "
                "Every hour adds 0.05 to your voice: 0.30 extra."
            )
        ]
        assert sentences("pledge", replace(hours(4), pledged=Pledged(is_barred=True))) == [
            "You did not keep a promise of time lately. So what you promise does not count for a while.",
            "You gave 4:00 hours. Every hour adds 0.05 to your voice: 0.20 extra.",
        ]

    def test_never_counts_a_promise_for_more_than_time_given(self):
        chosen = {setting.name: setting.default for setting in RULES["pledge"]} | {"pledged_percent": 101}
        said = list(broken_voice_guards("pledge", chosen))
        assert [str(each) for each in said] == [
            "An hour that was promised never counts for more than one that was given."
        ]
