# SPDX-License-Identifier: EUPL-1.2
"""What would raise a voice, and when it fades: held against asking the rule for every quarter and every day."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkbudget.neighbourhoods.rules import RULES
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rules.outlook import Ceiling, Fall, Outlook, Rise, halves_on, leaves_on
from wijkbudget.reciprocity.rules.voices import (
    Given,
    Giver,
    capped,
    guards_of,
    merge_classes,
    weigh,
    weight_of,
    window_start,
)

pytestmark = pytest.mark.pure

ON = date(2026, 3, 16)
MONTHS = 12
CROWD = [Giver(person_id=f"p{index}", given=Given(minutes_by_age=((30, 600),))) for index in range(12)] + [
    Giver(person_id=f"q{index}", given=Given()) for index in range(60)
]
times = st.dictionaries(st.integers(0, 364), st.integers(1, 24).map(lambda quarters: quarters * 15), max_size=6)


def outlook(key, by_age, *, crowd=CROWD, least=1, exempt_until=None, **settings_):
    """Return the outlook of somebody with this time among others, by a rule as a careful council would set it."""
    parameters = {setting.name: setting.default for setting in RULES[key]} | settings_
    me = Giver(person_id="me", given=Given(minutes_by_age=tuple(by_age.items())), is_exempt=exempt_until is not None)
    rule = RULEBOOK[key]
    voices = weigh([me, *crowd], lambda each: rule.bonus(each, parameters), guards_of(parameters))
    return Outlook(
        giver=me,
        rule=lambda each: rule.bonus(each, parameters),
        voices=voices,
        merged=merge_classes(Counter(voices.weights.values()), least),
        on=ON,
        window_months=MONTHS,
        exempt_until=exempt_until,
    )


def with_more(seen, quarters):
    by_age = dict(seen.giver.given.minutes_by_age)
    by_age[0] = by_age.get(0, 0) + quarters * 15
    return replace(seen.giver, given=Given(minutes_by_age=tuple(by_age.items())))


def on_day(seen, day):
    """Return the voter on a later day, made again from the days on which time was given."""
    given_on = {ON - timedelta(days=age): minutes for age, minutes in seen.giver.given.minutes_by_age}
    first = window_start(day, MONTHS)
    left = tuple(((day - when).days, minutes) for when, minutes in given_on.items() if when >= first)
    is_exempt = seen.exempt_until is not None and day < seen.exempt_until
    return replace(seen.giver, given=Given(minutes_by_age=left), is_exempt=is_exempt)


@pytest.mark.parametrize("key", RULEBOOK)
class TestEveryRule:
    @settings(max_examples=15, deadline=None)
    @given(by_age=times)
    def test_tells_the_least_time_by_which_a_voice_rises(self, key, by_age):
        seen = outlook(key, by_age)
        now = seen.weight(seen.giver)
        assert now == seen.merged.voice(seen.voices.weights["me"])
        risen = next((more for more in range(1, 250) if seen.weight(with_more(seen, more)) > now), None)
        found = seen.rise()
        if risen is None:
            assert isinstance(found, Ceiling)
        else:
            assert found == Rise(more_minutes=risen * 15, weight_hundredths=seen.weight(with_more(seen, risen)))

    @settings(max_examples=10, deadline=None)
    @given(by_age=times, exempt_days=st.sampled_from([None, 1, 40]))
    def test_tells_the_first_day_on_which_a_voice_falls(self, key, by_age, exempt_days):
        seen = outlook(key, by_age, exempt_until=ON + timedelta(days=exempt_days) if exempt_days else None)
        now = seen.weight(seen.giver)
        days = (ON + timedelta(days=number) for number in range(1, 400))
        fallen = next((day for day in days if seen.weight(on_day(seen, day)) < now), None)
        assert seen.fall() == (Fall(on=fallen, weight_hundredths=seen.weight(on_day(seen, fallen))) if fallen else None)

    def test_says_of_every_voter_what_weighing_says(self, key):
        seen = outlook(key, {0: 300})
        guards = seen.voices.guards
        for giver in CROWD:
            extra = capped(seen.rule(giver.given), guards).extra
            assert weight_of(extra, seen.voices) == seen.voices.weights[giver.person_id]


class TestACeiling:
    def test_is_that_all_voices_are_equal(self):
        assert outlook("equal", {0: 600}).rise() is Ceiling.EQUAL

    def test_is_the_cap(self):
        assert outlook("bonus", {0: 600}).rise() is Ceiling.CAP

    def test_is_that_too_few_have_the_next_voice(self):
        nobody_else = [Giver(person_id=f"q{index}", given=Given()) for index in range(60)]
        assert outlook("bonus", {0: 300}, crowd=nobody_else, least=20).rise() is Ceiling.CLASSES


class TestADayOfTime:
    @pytest.mark.parametrize(
        ("given_on", "months", "leaves"),
        [
            (date(2026, 3, 1), 12, date(2027, 3, 2)),
            (date(2025, 2, 28), 12, date(2026, 3, 1)),
            (date(2024, 2, 29), 12, date(2025, 3, 1)),
            (date(2026, 1, 31), 1, date(2026, 3, 1)),
            (date(2025, 12, 31), 2, date(2026, 3, 1)),
        ],
    )
    def test_leaves_when_the_period_begins_after_it(self, given_on, months, leaves):
        assert leaves_on(given_on, months) == leaves
        assert window_start(leaves, months) > given_on >= window_start(leaves - timedelta(days=1), months)

    def test_halves_after_each_half_life(self):
        given_on = date(2026, 1, 1)
        assert halves_on(given_on, 180, date(2026, 1, 1)) == date(2026, 6, 30)
        assert halves_on(given_on, 180, date(2026, 6, 30)) == date(2026, 12, 27)
