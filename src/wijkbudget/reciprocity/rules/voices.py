# SPDX-License-Identifier: EUPL-1.2
"""From time given to a voice: the guards that hold whatever rule a council chose, and the classes of a round.

Source: the guards G1 to G12 of docs/rules/reciprocity.md; the names G1 and so on below are theirs.
Euros are no input anywhere here (G7), and time counts for the person who gave it, never for an organisation (G12).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from wijkbudget.kit.period import months_after
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods.rules import (
    BONUS_HUNDREDTHS_MAX,
    CLASS_STEP_HUNDREDTHS,
    EFFECTIVE_VOTERS_PERCENT_MIN,
    TOTAL_BONUS_PERCENT_MAX,
)

FLOOR_HUNDREDTHS = 100
"""Everybody who may vote has a voice of at least one (G1)."""


@dataclass(frozen=True, kw_only=True)
class Pledged:
    """Time that somebody promised for a day to come, and whether they lately broke a promise."""

    open_minutes: int = 0
    is_barred: bool = False
    """While it is so no promise counts; somebody can lift it."""


NOTHING_PLEDGED = Pledged()


@dataclass(frozen=True, kw_only=True)
class Given:
    """Time that counts of one voter on a day: settled minutes, by how many days ago they were given."""

    minutes_by_age: tuple[tuple[int, int], ...] = ()
    """Pairs of days and minutes, each number of days once."""
    pledged: Pledged = NOTHING_PLEDGED
    """Only a rule that counts promises looks at it."""

    @property
    def minutes(self) -> int:
        """Return all of it, however long ago."""
        return sum(minutes for _days, minutes in self.minutes_by_age)


NOTHING_GIVEN = Given()


@dataclass(frozen=True, kw_only=True)
class Giver:
    """What counts of one voter: time given in the period, and whether they are exempt; nothing else does."""

    person_id: str
    given: Given
    is_exempt: bool = False


@dataclass(frozen=True, kw_only=True)
class Bonus:
    """What a rule adds to a voice of one, exact and before any guard, and why."""

    extra: Fraction
    steps: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Guards:
    """How far voices may differ; a policy can be stricter than the house, never looser."""

    bonus_hundredths_max: int = BONUS_HUNDREDTHS_MAX
    class_step_hundredths: int = CLASS_STEP_HUNDREDTHS
    total_bonus_percent_max: int = TOTAL_BONUS_PERCENT_MAX
    effective_voters_percent_min: int = EFFECTIVE_VOTERS_PERCENT_MIN


@dataclass(frozen=True, kw_only=True)
class Voices:
    """The voice of every voter, and what the guards changed for all."""

    weights: dict[str, int]
    """By person, in hundredths; why one is what it is, is said only where that is asked."""
    usual: Fraction
    """What is usual among those who gave; somebody exempt gets at least that."""
    factor: Fraction
    """Which part of every bonus is kept."""
    is_equal_enough: bool
    """Whether they differ little enough to differ at all."""
    guards: Guards
    notes: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Where each class went, how many voters each class that is left has, and why."""

    mapping: dict[int, int]
    sizes: dict[int, int]
    steps: tuple[Text, ...]

    def voice(self, weight: int) -> int:
        """Return what a voice counts as; one that nobody has counts as the next lower one that is left."""
        return self.mapping.get(weight, _at_most(weight, self.sizes))


def nothing_given() -> Bonus:
    """Return what no time adds, by any rule."""
    return Bonus(extra=Fraction(0), steps=(_("No time of yours counts in this period."),))


def guards_of(parameters: Mapping[str, int]) -> Guards:
    """Return the guards that a rule's parameters set, held within those of the house."""
    house = Guards()
    most = parameters.get("bonus_hundredths_max", house.bonus_hundredths_max)
    step = parameters.get("class_step_hundredths", house.class_step_hundredths)
    total = parameters.get("total_bonus_percent_max", house.total_bonus_percent_max)
    effective = parameters.get("effective_voters_percent_min", house.effective_voters_percent_min)
    return Guards(
        bonus_hundredths_max=min(most, house.bonus_hundredths_max),
        class_step_hundredths=max(step, house.class_step_hundredths),
        total_bonus_percent_max=min(total, house.total_bonus_percent_max),
        effective_voters_percent_min=max(effective, house.effective_voters_percent_min),
    )


def window_start(on: date, months: int) -> date:
    """Return the first day of the period that counts on a day; a day that a month lacks becomes its last."""
    return months_after(on, -months)


def capped(bonus: Bonus, guards: Guards) -> Bonus:
    """Return what counts of a bonus, and why: never less than nothing (G1), and never more than the cap (G2)."""
    most = Fraction(guards.bonus_hundredths_max, 100)
    if bonus.extra <= most:
        return Bonus(extra=max(bonus.extra, Fraction(0)), steps=bonus.steps)
    said = _("At most %(most_hundredths)s extra counts.", most_hundredths=guards.bonus_hundredths_max)
    return Bonus(extra=most, steps=(*bonus.steps, said))


def usual_extra(earned: Iterable[Fraction]) -> Fraction:
    """Return what is usual among those who have extra voice: half of them have more, half less (G6)."""
    return median([extra for extra in earned if extra] or [Fraction(0)])


def weigh(givers: Iterable[Giver], rule: Callable[[Given], Bonus], guards: Guards) -> Voices:
    """Return the voice of every voter, with every guard that concerns voices, whatever the rule returns.

    Only that more time never earns less (G10) is the rule's own promise, because nothing here can see it.
    """
    voters = list(givers)
    # Most voters gave nothing, and that is asked once.
    of_nothing = capped(rule(NOTHING_GIVEN), guards).extra
    earned = [
        of_nothing if voter.given is NOTHING_GIVEN else capped(rule(voter.given), guards).extra for voter in voters
    ]
    # G6: whoever is exempt gets what is usual among those who gave, or what they gave themselves if that is more.
    usual = usual_extra(extra for voter, extra in zip(voters, earned, strict=True) if not voter.is_exempt)
    extras = [max(usual, extra) if voter.is_exempt else extra for voter, extra in zip(voters, earned, strict=True)]
    factor = _factor(sum(extras, Fraction(0)), len(voters), guards.total_bonus_percent_max)
    notes = []
    if factor < 1:
        notes.append(
            _(
                "All extra voice together may be at most %(percent)s%% of the number of voters. "
                "So everybody keeps %(kept)s%% of their extra voice, rounded down.",
                percent=guards.total_bonus_percent_max,
                kept=factor * 100 // 1,
            )
        )
    step = guards.class_step_hundredths
    steps_each = factor * 100 / step
    # G5: rounded down, so that rounding never breaks the cap or the ceiling of all bonuses.
    weights = [FLOOR_HUNDREDTHS + extra * steps_each // 1 * step for extra in extras]
    is_equal_enough = _is_equal_enough(Counter(weights), guards.effective_voters_percent_min)
    if not is_equal_enough:
        notes.append(_("The voices would differ too much. So everybody has the same voice."))
        weights = [FLOOR_HUNDREDTHS] * len(voters)
    by_person = {voter.person_id: weight for voter, weight in zip(voters, weights, strict=True)}
    return Voices(
        weights=by_person,
        usual=usual,
        factor=factor,
        is_equal_enough=is_equal_enough,
        guards=guards,
        notes=tuple(notes),
    )


def weight_of(extra: Fraction, voices: Voices) -> int:
    """Return the voice that a bonus would give beside all these voters, in hundredths."""
    if not voices.is_equal_enough:
        return FLOOR_HUNDREDTHS
    step = voices.guards.class_step_hundredths
    return FLOOR_HUNDREDTHS + extra * voices.factor * 100 // step * step


def steps_to(giver: Giver, rule: Callable[[Given], Bonus], voices: Voices) -> tuple[Text, ...]:
    """Return why the voice of one of the voters is what it is, in the order in which it was computed."""
    earned, weight = capped(rule(giver.given), voices.guards), voices.weights[giver.person_id]
    steps = [_("Everybody who may vote has a voice of %(floor_hundredths)s.", floor_hundredths=FLOOR_HUNDREDTHS)]
    steps += earned.steps
    if giver.is_exempt:
        steps.append(
            _(
                "You are exempt. So you get at least what is usual among people who gave time: "
                "%(usual_hundredths)s extra.",
                usual_hundredths=voices.usual * 100 // 1,
            )
        )
    steps += voices.notes
    if earned.extra or (giver.is_exempt and voices.usual):
        steps.append(
            _("Voices go up in steps, and are rounded down. Yours is %(voice_hundredths)s.", voice_hundredths=weight)
        )
    return tuple(steps)


def merge_classes(sizes: Mapping[int, int], minimum: int) -> Merged:
    """Return where each voice class goes, so that every class that is left has enough voters to hide in.

    From the top, a class that is too small takes the next lower voice; if the lowest is too small, the one above it
    comes down to it. So nobody's voice rises, and with one class left every voice is equal.
    Source: "Voice weights" (a weight that few share shows whose ballot it is).
    """
    left = {weight: count for weight, count in sizes.items() if count}
    target = {weight: weight for weight in left}
    steps = []
    while len(left) > 1 and min(left.values()) < minimum:
        order = sorted(left)
        small = max(weight for weight in order if left[weight] < minimum)
        place = max(order.index(small), 1)
        moved, lower = order[place], order[place - 1]
        steps.append(_merge_step(moved, lower, small, left[small], minimum))
        left[lower] += left.pop(moved)
        target = {weight: lower if now == moved else now for weight, now in target.items()}
    if not _is_equal_enough(left, EFFECTIVE_VOTERS_PERCENT_MIN):
        steps.append(_("The voices would differ too much. So everybody has the same voice."))
        target = dict.fromkeys(target, FLOOR_HUNDREDTHS)
        left = {FLOOR_HUNDREDTHS: sum(left.values())}
    mapping = {weight: target.get(weight, _at_most(weight, left)) for weight in sizes}
    return Merged(mapping=mapping, sizes=left, steps=tuple(steps))


def _factor(total: Fraction, voters: int, percent_max: int) -> Fraction:
    """Return by what every bonus is multiplied, so that all together stay under their ceiling (G3)."""
    ceiling = Fraction(voters * percent_max, 100)
    return min(Fraction(1), ceiling / total) if total else Fraction(1)


def _is_equal_enough(counts: Mapping[int, int], percent_min: int) -> bool:
    """Return whether the voices are worth enough equal voters: (sum w)^2 / sum w^2 against their number (G4)."""
    weights = sum(weight * count for weight, count in counts.items())
    squares = sum(weight * weight * count for weight, count in counts.items())
    return weights * weights * 100 >= percent_min * squares * sum(counts.values())


def _at_most(weight: int, left: Mapping[int, int]) -> int:
    """Return the class for a voice that nobody has: the next lower one that is left, or none lower, one."""
    return max((other for other in left if other <= weight), default=FLOOR_HUNDREDTHS)


def _merge_step(moved: int, lower: int, small: int, count: int, minimum: int) -> Text:
    """Return why one class comes down to the next lower one: it is too small itself, or that one is."""
    values = {"count": count, "minimum": minimum, "moved_hundredths": moved, "lower_hundredths": lower}
    if small == moved:
        return _(
            "Too few voters have a voice of %(moved_hundredths)s: %(count)s, and %(minimum)s are needed. "
            "To keep their votes secret they get a voice of %(lower_hundredths)s.",
            **values,
        )
    return _(
        "Too few voters have a voice of %(lower_hundredths)s: %(count)s, and %(minimum)s are needed. "
        "To keep their votes secret voters with %(moved_hundredths)s get that voice too.",
        **values,
    )
