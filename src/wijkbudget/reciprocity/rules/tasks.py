# SPDX-License-Identifier: EUPL-1.2
"""Who may ask for help, and what a task may ask of whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, NotAllowed, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import InitiativesPolicy
from wijkbudget.reciprocity.rules.limits import STEP_MINUTES

AGE_MIN, AGE_MIN_MAX = 12, 21
"""Choice: nobody under twelve gives time; a task can ask for somebody older, up to the age for driving a bus."""

AHEAD_DAYS_MAX = 366
"""Choice: help is asked at most a year ahead."""

CONFIRMERS_MAX = 20

NEEDED_MINUTES_MAX = 600_000
"""Choice: ten thousand hours; whoever types more made a mistake."""


class UnknownTheme(RuleBroken):
    """Not a theme of this neighbourhood."""


class UnknownQuarter(RuleBroken):
    """Not a part of this neighbourhood."""


class DayWrong(BadInput):
    """A day that has passed, or is more than a year ahead."""


class NeedsWrong(BadInput):
    """Time that is not in quarters, or hands that are needed without a last day."""


class AskerWrong(BadInput):
    """It is not said for whom help is asked, or somebody is named who does not ask."""


class NotForThisAge(RuleBroken):
    """Somebody is too young for a task."""


class OwnHouseholdsTask(NotAllowed):
    """Nobody earns time by helping at their own address."""


class Asker(StrEnum):
    """Who asks for help."""

    INITIATIVE = "initiative"
    """The group of a plan."""
    COUNCIL = "council"
    """The neighbourhood council."""
    NEIGHBOUR = "neighbour"
    """A resident. Choice: a guide who asks for somebody keeps no name."""
    ORGANISATION = "organisation"
    """An organisation of the neighbourhood."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks for help, about what, and who may confirm the time."""

    asked_by: Asker
    about: str | None = None
    """Which plan, organisation or neighbour, by id."""
    confirmers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a task asks: its theme, small area and days, and how much time."""

    theme: str | None
    quarter: str | None
    on_day: date | None
    norm_minutes: int | None
    needed_minutes: int | None
    needed_by: date | None


def demand_here(
    themes: Collection[str], quarter: str | None, policy: InitiativesPolicy, quarters: Collection[str]
) -> None:
    """Do nothing if themes and a small area are of this neighbourhood. Raises UnknownTheme or UnknownQuarter."""
    if set(themes) - set(policy.themes):
        raise UnknownTheme(_("Choose one of the themes of this neighbourhood."), article=policy.article)
    if quarter is not None and quarter not in quarters:
        raise UnknownQuarter(_("Choose a part of this neighbourhood."))


def demand_ahead(today: date, **days: date | None) -> None:
    """Do nothing if each day, by the name of its field, is today or within a year. Raises DayWrong."""
    sentence = _("Choose a day from today on, within a year.")
    wrong = {
        name: sentence for name, day in days.items() if day and not today <= day <= days_after(today, AHEAD_DAYS_MAX)
    }
    if wrong:
        raise DayWrong(sentence, fields=wrong)


def demand_askable(needs: Needs, policy: InitiativesPolicy, quarters: Collection[str], today: date) -> None:
    """Do nothing if a task may ask this. Raises UnknownTheme, UnknownQuarter, DayWrong or NeedsWrong."""
    demand_here([needs.theme] if needs.theme else [], needs.quarter, policy, quarters)
    demand_ahead(today, on_day=needs.on_day, needed_by=needs.needed_by)
    wrong = {
        name: _("Fill in quarters of an hour, such as 1:30.")
        for name in ("norm_minutes", "needed_minutes")
        if (getattr(needs, name) or 0) % STEP_MINUTES
    }
    if (needs.needed_minutes is None) is not (needs.needed_by is None):
        wrong["needed_by" if needs.needed_by is None else "needed_minutes"] = _(
            "Say both: how much time is needed, and until which day."
        )
    if wrong:
        raise NeedsWrong(next(iter(wrong.values())), fields=wrong)


def demand_named(asked_by: Asker, *, names_organisation: bool) -> None:
    """Do nothing if whoever opens a task says for whom, in a way they can. Raises AskerWrong."""
    if asked_by is Asker.INITIATIVE:
        raise AskerWrong(_("The group of a plan asks for help from the page of its plan."))
    if (asked_by is Asker.ORGANISATION) is not names_organisation:
        sentence = (
            _("Choose an organisation only if it is the one that asks.")
            if names_organisation
            else _("Choose the organisation that asks.")
        )
        raise AskerWrong(sentence, fields={"organisation_id": sentence})


def demand_giver(*, is_old_enough: bool, age_min: int, lives_with_asker: bool) -> None:
    """Do nothing if somebody may give time to a task. Raises NotForThisAge or OwnHouseholdsTask."""
    if not is_old_enough:
        raise NotForThisAge(_("This task is for people of %(age)s and older.", age=age_min))
    if lives_with_asker:
        raise OwnHouseholdsTask(_("Somebody at your own address asks for this help. That time does not count."))
