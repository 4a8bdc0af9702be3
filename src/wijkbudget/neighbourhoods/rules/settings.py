# SPDX-License-Identifier: EUPL-1.2
"""What a council can set of each rule by which time earns a voice; guards, forms and docs are made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wijkbudget.kit.text import Text, _

BONUS_HUNDREDTHS_MAX = 100
"""Choice: no voice counts more than twice another, so the bonus on a voice of one is one at most (guard G2)."""
TOTAL_BONUS_PERCENT_MAX = 25
"""Choice: all bonuses together are at most a quarter of the voters (guard G3)."""
EFFECTIVE_VOTERS_PERCENT_MIN = 90
"""Choice: weighted voices must be worth at least nine tenths of the voters, or the round counts equally (guard G4)."""
CLASS_STEP_HUNDREDTHS = 25
"""Choice: voices are 1, 1.25, 1.5 and so on, so that many people share one (guard G5)."""
PERCENT_MAX = 100


class Unit(StrEnum):
    """In what a setting is told."""

    VOICE = "voice"
    """Hundredths of a voice."""
    PERCENT = "percent"
    HOURS = "hours"
    DAYS = "days"


@dataclass(frozen=True, kw_only=True)
class RuleSetting:
    """One thing that a council sets of a rule: what it is, and from where to where it may go."""

    name: str
    sentence: Text
    unit: Unit
    least: int
    most: int
    default: int
    """Choice: a safe beginning. It fills in a form; a policy says every setting itself."""
    guard: Text | None = None
    """What is said of any other value, where it would break a guard."""

    def broken(self, value: int) -> Iterator[Text]:
        """Yield why a value may not stand here."""
        if not self.least <= value <= self.most:
            yield self.guard or _(
                "“%(name)s” is at least %(least)s and at most %(most)s.",
                name=self.name,
                least=self.least,
                most=self.most,
            )


_PER_HOUR = RuleSetting(
    name="per_hour_hundredths",
    sentence=_("What each hour adds to a voice"),
    unit=Unit.VOICE,
    least=0,
    most=BONUS_HUNDREDTHS_MAX,
    default=5,
)
_FOR_EACH = (
    RuleSetting(
        name="bonus_hundredths_max",
        sentence=_("The most that time adds to a voice"),
        unit=Unit.VOICE,
        least=0,
        most=BONUS_HUNDREDTHS_MAX,
        default=50,
        guard=_("No voice may count more than twice another (guard G2)."),
    ),
    RuleSetting(
        name="class_step_hundredths",
        sentence=_("The steps in which voices go up"),
        unit=Unit.VOICE,
        least=CLASS_STEP_HUNDREDTHS,
        most=BONUS_HUNDREDTHS_MAX,
        default=CLASS_STEP_HUNDREDTHS,
        guard=_("Voices go up in steps of a quarter at least, or a voice shows whose ballot it is (guard G5)."),
    ),
    RuleSetting(
        name="total_bonus_percent_max",
        sentence=_("All extra voice together, as a part of the number of voters"),
        unit=Unit.PERCENT,
        least=0,
        most=TOTAL_BONUS_PERCENT_MAX,
        default=TOTAL_BONUS_PERCENT_MAX,
        guard=_("All extra voice together may be at most a quarter of the voters (guard G3)."),
    ),
    RuleSetting(
        name="effective_voters_percent_min",
        sentence=_("How many equal voters the voices must be worth, or everybody counts the same"),
        unit=Unit.PERCENT,
        least=EFFECTIVE_VOTERS_PERCENT_MIN,
        most=PERCENT_MAX,
        default=EFFECTIVE_VOTERS_PERCENT_MIN,
        guard=_("The voices must be worth at least nine tenths of the voters (guard G4)."),
    ),
)
_FIRST_HOURS = RuleSetting(
    name="first_hours",
    sentence=_("The first hours, for which one gets the next amount"),
    unit=Unit.HOURS,
    least=1,
    most=1_000,
    default=10,
)
_FOR_FIRST_HOURS = RuleSetting(
    name="first_hours_hundredths",
    sentence=_("What the first hours add to a voice; four times as many hours add twice as much"),
    unit=Unit.VOICE,
    least=0,
    most=BONUS_HUNDREDTHS_MAX,
    default=25,
)
_HALF_LIFE = RuleSetting(
    name="half_life_days",
    sentence=_("After how many days an hour counts for half"),
    unit=Unit.DAYS,
    least=30,
    most=1_096,
    default=180,
)
_PLEDGED = RuleSetting(
    name="pledged_percent",
    sentence=_("For how much an hour counts that somebody promised and did not give yet"),
    unit=Unit.PERCENT,
    least=0,
    most=PERCENT_MAX,
    default=50,
    guard=_("An hour that was promised never counts for more than one that was given."),
)

RULES: Mapping[str, tuple[RuleSetting, ...]] = {
    "equal": (),
    "bonus": (_PER_HOUR, *_FOR_EACH),
    "root": (_FIRST_HOURS, _FOR_FIRST_HOURS, *_FOR_EACH),
    "decay": (_PER_HOUR, _HALF_LIFE, *_FOR_EACH),
    "pledge": (_PER_HOUR, _PLEDGED, *_FOR_EACH),
}
"""The rules for voices that a policy can name, and all that each must be given, in the order in which a form asks it.

They are built in a domain above, and a test compares this with theirs: what may stand in a policy is said here.
"""

VOICE_CLASSES_MAX = 3
"""Choice: few classes, or a voice tells whose ballot it is (guard G5)."""
MONEY_WORDS = frozenset({"cent", "cents", "euro", "euros", "eur", "money", "amount"})
"""What no setting of a rule for voices may be about (guard G7)."""


def broken_voice_guards(rule: str, parameters: Mapping[str, int]) -> Iterator[Text]:
    """Yield why a council may not choose a rule with these parameters, naming the guard that it would break."""
    for name in parameters:
        if MONEY_WORDS & set(name.lower().split("_")):
            yield _("Money never buys a voice, so no amount can stand here (guard G7).")
    if rule not in RULES:
        yield _("There is no rule for voices called “%(name)s”.", name=rule)
        return
    for name in sorted(parameters.keys() ^ {setting.name for setting in RULES[rule]}):
        yield _("The rule for voices needs other settings: look at “%(name)s”.", name=name)
        return
    for setting in RULES[rule]:
        yield from setting.broken(parameters[setting.name])
    most, step = parameters.get("bonus_hundredths_max", 0), parameters.get("class_step_hundredths", 0)
    if 1 + most // max(1, step) > VOICE_CLASSES_MAX:
        yield _("There may be at most three voice classes, or a voice shows whose ballot it is (guard G5).")


def words_of(rule: str, parameters: Mapping[str, int]) -> tuple[Text, ...]:
    """Return what a rule does with these parameters, in plain sentences for residents."""
    if rule == "equal":
        return (_("Every voice counts the same, however much time somebody gave."),)
    most = parameters["bonus_hundredths_max"]
    if rule == "root":
        return (
            _(
                "The first %(first)s hours you give add %(first_hundredths)s to your voice, and four times as much "
                "time adds twice as much, up to %(most_hundredths)s more.",
                first=parameters["first_hours"],
                first_hundredths=parameters["first_hours_hundredths"],
                most_hundredths=most,
            ),
        )
    each = _(
        "Each hour you give adds %(hour_hundredths)s to your voice, up to %(most_hundredths)s more.",
        hour_hundredths=parameters["per_hour_hundredths"],
        most_hundredths=most,
    )
    if rule == "decay":
        return (each, _("An hour counts for half after %(days)s days.", days=parameters["half_life_days"]))
    if rule == "pledge":
        promised = _(
            "An hour you promised counts for %(percent)s%% until you give it. "
            "If you break a promise, what you promise counts for nothing for half a year.",
            percent=parameters["pledged_percent"],
        )
        return (each, promised)
    return (each,)
