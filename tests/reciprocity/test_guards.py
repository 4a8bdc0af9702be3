# SPDX-License-Identifier: EUPL-1.2
"""What every voice keeps to, whatever rule a council chose, and how small voice classes merge."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.reciprocity.rules.voices import Bonus, Given, Giver, Guards, guards_of, steps_to, weigh, window_start

pytestmark = pytest.mark.pure

POLICY = read_policy(demo_toml("oost")).reciprocity
OOST = guards_of(POLICY.parameters)


def bonus(given):
    return RULEBOOK["bonus"].bonus(given, POLICY.parameters)


def gave(minutes):
    return Given(minutes_by_age=((0, minutes),) if minutes else ())


def weights(givers, rule=bonus, guards=OOST):
    return weigh(givers, rule, guards).weights


def sentences(steps):
    return [str(step) for step in steps]


def reasons(givers, person_id):
    """Return why one of them has their voice."""
    giver = next(each for each in givers if each.person_id == person_id)
    return sentences(steps_to(giver, bonus, weigh(givers, bonus, OOST)))


def people(*minutes, exempt=0):
    givers = [Giver(person_id=f"p{index}", given=gave(each)) for index, each in enumerate(minutes)]
    return givers + [Giver(person_id=f"e{index}", given=Given(), is_exempt=True) for index in range(exempt)]


crowds = st.lists(
    st.tuples(st.integers(0, 60).map(lambda quarters: quarters * 15), st.booleans()), min_size=1, max_size=40
).map(
    lambda pairs: [
        Giver(person_id=str(index), given=gave(minutes), is_exempt=is_exempt)
        for index, (minutes, is_exempt) in enumerate(pairs)
    ]
)


class TestThePeriod:
    @pytest.mark.parametrize(
        ("on", "months", "start"),
        [
            (date(2026, 3, 2), 12, date(2025, 3, 2)),
            (date(2026, 3, 31), 1, date(2026, 2, 28)),
            (date(2024, 2, 29), 12, date(2023, 2, 28)),
            (date(2026, 1, 15), 1, date(2025, 12, 15)),
            (date(2026, 12, 1), 36, date(2023, 12, 1)),
        ],
    )
    def test_begins_the_same_day_some_months_before(self, on, months, start):
        assert window_start(on, months) == start


class TestAVoice:
    def test_is_one_for_everybody_where_nobody_gave_time(self):
        assert weights(people(0, 0, exempt=1)) == {"p0": 100, "p1": 100, "e0": 100}

    def test_goes_up_in_steps_and_down_in_rounding(self):
        crowd = people(0, 295, 300, 595, 600, 6000, *[0] * 20)
        assert list(weights(crowd).values())[:6] == [100, 100, 125, 125, 150, 150]

    def test_says_how_it_came_to_be(self):
        crowd = people(450, *[0] * 9)
        assert weights(crowd)["p0"] == 125
        assert reasons(crowd, "p0") == [
            "Everybody who may vote has a voice of 1.00.",
            "You gave 7:30 hours. Every hour adds 0.05 to your voice: 0.37 extra.",
            "Voices go up in steps, and are rounded down. Yours is 1.25.",
        ]

    def test_says_little_where_there_is_little_to_say(self):
        assert reasons(people(0), "p0") == [
            "Everybody who may vote has a voice of 1.00.",
            "No time of yours counts in this period.",
        ]

    def test_of_somebody_exempt_is_what_is_usual_among_those_who_gave(self):
        crowd = people(300, 600, 600, *[0] * 20, exempt=1)
        assert weights(crowd)["e0"] == 150
        steps = reasons(crowd, "e0")
        assert "You are exempt. So you get at least what is usual among people who gave time: 0.50 extra." in steps

    def test_of_somebody_exempt_keeps_what_they_gave_if_that_is_more(self):
        exempt = Giver(person_id="x", given=gave(600), is_exempt=True)
        assert weights([exempt, *people(300, 300, *[0] * 20)])["x"] == 150

    def test_shrinks_when_all_extra_voice_is_more_than_a_quarter(self):
        crowd = people(600, 600, 600, 0)
        found = weigh(crowd, bonus, OOST)
        assert list(found.weights.values()) == [125, 125, 125, 100]
        said = (
            "All extra voice together may be at most 25% of the number of voters. "
            "So everybody keeps 66% of their extra voice, rounded down."
        )
        assert sentences(found.notes) == [said]
        assert said in reasons(crowd, "p0")

    def test_is_equal_for_all_when_the_voices_would_differ_too_much(self):
        def steep(given):
            return Bonus(extra=Fraction(1 if given.minutes else 0), steps=())

        found = weigh(people(60, 0, 0, 0), steep, Guards())
        assert set(found.weights.values()) == {100}
        assert sentences(found.notes) == ["The voices would differ too much. So everybody has the same voice."]

    @given(crowds)
    def test_keeps_every_guard(self, crowd):
        voices = weights(crowd)
        assert voices.keys() == {giver.person_id for giver in crowd}
        assert all(100 <= weight <= 150 and weight % 25 == 0 for weight in voices.values())
        assert sum(weight - 100 for weight in voices.values()) * 4 <= 100 * len(crowd)
        squares = sum(weight * weight for weight in voices.values())
        assert sum(voices.values()) ** 2 * 10 >= 9 * len(crowd) * squares

    @given(crowds, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order(self, crowd, random):
        assert weights(random.sample(crowd, len(crowd))) == weights(crowd)

    @given(crowds, st.data())
    def test_never_falls_by_giving_more(self, crowd, data):
        index = data.draw(st.integers(0, len(crowd) - 1))
        one = crowd[index]
        more = Giver(
            person_id=one.person_id,
            given=gave(one.given.minutes + data.draw(st.integers(1, 40)) * 15),
            is_exempt=one.is_exempt,
        )
        after = [*crowd[:index], more, *crowd[index + 1 :]]
        assert weights(after)[one.person_id] >= weights(crowd)[one.person_id]

    @given(st.lists(st.integers(0, 900), min_size=8, max_size=30), st.integers(0, 3))
    def test_of_others_does_not_change_by_an_exemption_while_there_is_room(self, minutes, exempt):
        crowd = people(*minutes, *[0] * 60)
        assert weights(people(*minutes, *[0] * 60, exempt=exempt)).items() >= weights(crowd).items()

    @given(crowds)
    def test_is_one_under_the_equal_rule(self, crowd):
        equal = RULEBOOK["equal"]
        assert set(weights(crowd, lambda given: equal.bonus(given, {})).values()) == {100}


class TestGuards:
    def test_can_be_stricter_than_the_house_and_never_looser(self):
        strict = {
            "bonus_hundredths_max": 40,
            "class_step_hundredths": 50,
            "total_bonus_percent_max": 10,
            "effective_voters_percent_min": 95,
        }
        assert guards_of(strict) == Guards(**strict)
        loose = {
            "bonus_hundredths_max": 300,
            "class_step_hundredths": 1,
            "total_bonus_percent_max": 90,
            "effective_voters_percent_min": 10,
        }
        assert guards_of(loose) == guards_of({}) == Guards()


class TestMergingClasses:
    @pytest.mark.parametrize(
        ("sizes", "mapping", "left"),
        [
            ({100: 900, 125: 400, 150: 200}, {100: 100, 125: 125, 150: 150}, {100: 900, 125: 400, 150: 200}),
            ({100: 900, 125: 400, 150: 20}, {100: 100, 125: 125, 150: 125}, {100: 900, 125: 420}),
            ({100: 900, 125: 20, 150: 100}, {100: 100, 125: 100, 150: 150}, {100: 920, 150: 100}),
            ({100: 900, 125: 40, 150: 45}, {100: 100, 125: 125, 150: 125}, {100: 900, 125: 85}),
            ({100: 900, 125: 20, 150: 20}, {100: 100, 125: 100, 150: 100}, {100: 940}),
            ({100: 20, 125: 400, 150: 90}, {100: 100, 125: 100, 150: 150}, {100: 420, 150: 90}),
            ({100: 30}, {100: 100}, {100: 30}),
            ({100: 90, 125: 0}, {100: 100, 125: 100}, {100: 90}),
            ({}, {}, {}),
        ],
    )
    def test_takes_the_lower_voice(self, sizes, mapping, left):
        merged = merge_classes(sizes, 80)
        assert (merged.mapping, merged.sizes) == (mapping, left)

    def test_says_why(self):
        assert sentences(merge_classes({100: 20, 125: 400, 150: 60}, 80).steps) == [
            (
                "Too few voters have a voice of 1.50: 60, and 80 are needed. "
                "To keep their votes secret they get a voice of 1.25."
            ),
            (
                "Too few voters have a voice of 1.00: 20, and 80 are needed. "
                "To keep their votes secret voters with 1.25 get that voice too."
            ),
        ]
        assert merge_classes({100: 900, 125: 400}, 80).steps == ()

    def test_makes_all_voices_equal_rather_than_too_different(self):
        merged = merge_classes({100: 300, 200: 100}, 80)
        assert (merged.mapping, merged.sizes) == ({100: 100, 200: 100}, {100: 400})
        assert sentences(merged.steps) == ["The voices would differ too much. So everybody has the same voice."]

    @given(st.dictionaries(st.sampled_from([100, 125, 150, 175, 200]), st.integers(0, 300)), st.integers(1, 120))
    def test_leaves_only_classes_that_are_large_enough_and_raises_nobody(self, sizes, minimum):
        merged = merge_classes(sizes, minimum)
        after = Counter()
        for weight, count in sizes.items():
            after[merged.mapping[weight]] += count
        assert {weight: count for weight, count in after.items() if count} == merged.sizes
        assert all(to <= weight for weight, to in merged.mapping.items())
        assert all(to >= 100 for to in merged.mapping.values())
        assert len(merged.sizes) <= 1 or min(merged.sizes.values()) >= minimum
        assert sorted(merged.mapping, key=lambda weight: (merged.mapping[weight], weight)) == sorted(merged.mapping)
        again = merge_classes(merged.sizes, minimum)
        assert (again.sizes, again.steps) == (merged.sizes, ())
