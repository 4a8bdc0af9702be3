# SPDX-License-Identifier: EUPL-1.2
"""What no rule by which time earns a voice can break, whatever a council sets: the guards G1 to G7 and G10."""

from collections import Counter
from dataclasses import dataclass, fields, replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wijkbudget.neighbourhoods.rules import MONEY_WORDS, RULES, broken_voice_guards
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rules.voices import Bonus, Given, Giver, Guards, Pledged, guards_of, merge_classes, weigh

pytestmark = pytest.mark.pure

WILD = "wild"
"""No rule of the house: it adds whatever comes to mind, less than nothing too."""


@dataclass
class Chosen:
    """A rule with what a council set of it."""

    bonus: object
    guards: Guards

    def weigh(self, crowd):
        return weigh(crowd, self.bonus, self.guards)

    def weights(self, crowd):
        return self.weigh(crowd).weights

    def held(self, giver):
        """Return what somebody earned, between the floor and the cap."""
        return min(Fraction(self.guards.bonus_hundredths_max, 100), max(Fraction(0), self.bonus(giver.given).extra))


minutes = st.dictionaries(
    st.sampled_from([0, 1, 29, 180, 181, 360]), st.integers(0, 40).map(lambda n: n * 15), max_size=3
)
times = st.builds(
    lambda by_age, pledged: Given(minutes_by_age=tuple(sorted(by_age.items())), pledged=pledged),
    minutes,
    st.builds(Pledged, open_minutes=st.integers(0, 40).map(lambda n: n * 15), is_barred=st.booleans()),
)


def crowd_of(givers, quiet_count):
    """Return voters of whom many give nothing, as in a neighbourhood: or all extra voice shrinks to none."""
    quiet = [(Given(), False)] * quiet_count
    return [
        Giver(person_id=str(index), given=time, is_exempt=is_exempt)
        for index, (time, is_exempt) in enumerate([*givers, *quiet])
    ]


crowds = st.builds(
    crowd_of, st.lists(st.tuples(times, st.booleans()), min_size=1, max_size=8), st.sampled_from([0, 4, 32])
)


def parameters_of(rule):
    """Return all that a council can set of a rule without breaking a guard."""
    drawn = {setting.name: st.integers(setting.least, setting.most) for setting in RULES[rule]}
    # Few half-lives, as each is slow at first; and what makes G4 bite, which is rare.
    if "half_life_days" in drawn:
        drawn["half_life_days"] = st.sampled_from([30, 180, 365])
    if "effective_voters_percent_min" in drawn:
        drawn["effective_voters_percent_min"] = st.sampled_from([90, 98, 100])
    return st.fixed_dictionaries(drawn).filter(lambda set_: not list(broken_voice_guards(rule, set_)))


def chosen_of(rule):
    """Return a rule with anything a council can set."""
    if rule == WILD:
        return st.lists(st.fractions(-3, 5), min_size=8, max_size=8).map(
            lambda adds: Chosen(bonus=lambda time: Bonus(extra=adds[time.minutes // 15 % 8], steps=()), guards=Guards())
        )
    return parameters_of(rule).map(
        lambda set_: Chosen(bonus=lambda time: RULEBOOK[rule].bonus(time, set_), guards=guards_of(set_))
    )


def unless_nothing(bonus):
    """Return a rule that adds nothing to whoever gave nothing."""
    return lambda time: bonus(time) if time != Given() else Bonus(extra=Fraction(0), steps=())


def every(*rules):
    return pytest.mark.parametrize("rule", rules)


every_rule = every(*RULEBOOK)
whatever_is_added = every(*RULEBOOK, WILD)
few = settings(max_examples=12)


@whatever_is_added
class TestWhateverARuleAdds:
    @few
    @given(data=st.data(), crowd=crowds)
    def test_the_voices_keep_every_guard(self, rule, data, crowd):
        chosen = data.draw(chosen_of(rule))
        guards, weights = chosen.guards, chosen.weights(crowd)
        each, bonuses = list(weights.values()), [weight - 100 for weight in weights.values()]
        assert weights.keys() == {giver.person_id for giver in crowd}, "G1: nobody is left out"
        assert min(bonuses) >= 0, "G1"
        assert max(bonuses) <= guards.bonus_hundredths_max <= 100, "G2"
        assert sum(bonuses) <= guards.total_bonus_percent_max * len(crowd) <= 25 * len(crowd), "G3"
        worth = Fraction(sum(each) ** 2, sum(weight * weight for weight in each))
        assert worth * 100 >= guards.effective_voters_percent_min * len(crowd) >= 90 * len(crowd), "G4"
        assert all(bonus % guards.class_step_hundredths == 0 for bonus in bonuses), "G5"

    @few
    @given(data=st.data(), crowd=crowds, minimum=st.integers(1, 8))
    def test_classes_are_shared_and_nobody_rises_by_that(self, rule, data, crowd, minimum):
        each = list(data.draw(chosen_of(rule)).weights(crowd).values())
        merged = merge_classes(Counter(each), minimum)
        left = [merged.voice(weight) for weight in each]
        assert all(100 <= after <= before for before, after in zip(each, left, strict=True)), "G1, G5"
        assert len(set(left)) == 1 or min(Counter(left).values()) >= minimum, "G5"

    @few
    @given(data=st.data(), crowd=crowds)
    def test_who_is_exempt_has_what_is_usual_and_costs_nobody_else_while_there_is_room(self, rule, data, crowd):
        chosen = data.draw(chosen_of(rule))
        chosen.guards = replace(chosen.guards, total_bonus_percent_max=25, effective_voters_percent_min=90)
        quiet = [Giver(person_id=f"quiet {number}", given=Given()) for number in range(64)]
        chosen.bonus = unless_nothing(chosen.bonus)
        before = chosen.weigh([*(replace(giver, is_exempt=False) for giver in crowd), *quiet])
        after = chosen.weigh([*crowd, *quiet])
        assert before.factor == after.factor == 1, "there is room"
        earned = sorted(chosen.held(giver) for giver in crowd if not giver.is_exempt and chosen.held(giver))
        usual = (earned[(len(earned) - 1) // 2] + earned[len(earned) // 2]) / 2 if earned else 0
        assert after.usual == usual, "G6: the median"
        step = chosen.guards.class_step_hundredths
        for giver in crowd:
            own, was = after.weights[giver.person_id], before.weights[giver.person_id]
            assert own == (max(was, 100 + usual * 100 // step * step) if giver.is_exempt else was), "G6"

    @few
    @given(data=st.data(), crowd=crowds, random=st.randoms(use_true_random=False))
    def test_counting_again_or_in_another_order_changes_nothing(self, rule, data, crowd, random):
        chosen = data.draw(chosen_of(rule))
        assert chosen.weigh(crowd) == chosen.weigh(crowd)
        assert chosen.weights(random.sample(crowd, len(crowd))) == chosen.weights(crowd)


@every_rule
class TestEveryRule:
    @few
    @given(data=st.data(), crowd=crowds, more=st.integers(1, 40), age=st.sampled_from([0, 29, 360]))
    def test_never_lowers_a_voice_for_more_time(self, rule, data, crowd, more, age):
        chosen = data.draw(chosen_of(rule))
        first, *others = crowd
        by_age = dict(first.given.minutes_by_age)
        by_age[age] = by_age.get(age, 0) + more * 15
        after = chosen.weigh(
            [replace(first, given=replace(first.given, minutes_by_age=tuple(by_age.items()))), *others]
        )
        assume(after.is_equal_enough)
        assert after.weights["0"] >= chosen.weights(crowd)["0"], "G10"

    @few
    @given(data=st.data(), time=times)
    def test_counts_promises_only_under_the_rule_of_promises(self, rule, data, time):
        chosen = data.draw(chosen_of(rule))
        without = chosen.bonus(replace(time, pledged=Pledged())).extra
        assert chosen.bonus(time).extra >= without
        if rule != "pledge" or time.pledged.is_barred:
            assert chosen.bonus(time).extra == without

    def test_is_told_nothing_about_money(self, rule):
        told = {setting.name for setting in RULES[rule]} | {
            each.name for part in (Given, Giver) for each in fields(part)
        }
        words = {word for name in told for word in name.split("_")}
        assert not words & MONEY_WORDS, "G7"
        with_money = {setting.name: setting.default for setting in RULES[rule]} | {"per_euro_hundredths": 1}
        assert "G7" in str(next(broken_voice_guards(rule, with_money)))


class TestTheEqualRule:
    @few
    @given(crowd=crowds, times_as_much=st.integers(0, 50))
    def test_does_not_change_when_everybody_gives_so_many_times_as_much(self, crowd, times_as_much):
        equal = Chosen(bonus=lambda time: RULEBOOK["equal"].bonus(time, {}), guards=guards_of({}))
        scaled = [
            replace(
                giver,
                given=Given(minutes_by_age=tuple((age, n * times_as_much) for age, n in giver.given.minutes_by_age)),
            )
            for giver in crowd
        ]
        assert set(equal.weights(scaled).values()) == set(equal.weights(crowd).values()) == {100}
