# SPDX-License-Identifier: EUPL-1.2
"""What a policy says about time that people give: how it counts, what it opens and what it may earn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from annotated_types import Ge, Le, MaxLen, MinLen

from wijkbudget.kit.units import Minutes, PositiveCents
from wijkbudget.neighbourhoods.rules.section import STRICT, Days, Key, Percent, Section, Setting, Short
from wijkbudget.neighbourhoods.rules.words import Right


@dataclass(frozen=True, kw_only=True)
class ReciprocityPolicy(Section):
    """How time that somebody gave earns a voice."""

    rule: Key
    parameters: Mapping[Key, Setting]
    objection_days: Days
    window_months: Annotated[int, Ge(1), Le(36)]
    entry_days_max: Annotated[int, Ge(1), Le(366)]
    """How many days after it was given time can still be logged."""
    minutes_per_day_max: Annotated[Minutes, Ge(15), Le(720)]
    minutes_per_week_max: Annotated[Minutes, Ge(15), Le(2400)]


@dataclass(frozen=True, kw_only=True)
class RightsPolicy(Section):
    """Which rights open to somebody who gave some time, or finished some tasks, in the months before.

    Source: rule R1 of docs/rules/reciprocity.md; a safe beginning is two hours or two tasks in twelve months.
    """

    opens: Annotated[tuple[Right, ...], MinLen(1), MaxLen(len(Right))]
    minutes_min: Annotated[Minutes, Ge(15), Le(600)]
    """Choice: never more than ten hours, so that the door stays a door."""
    tasks_min: Annotated[int, Ge(1), Le(10)]
    window_months: Annotated[int, Ge(1), Le(36)]


@dataclass(frozen=True, kw_only=True)
class ProjectVotesPolicy(Section):
    """What a voice weighs in an open vote inside a project, by the time that somebody gave to that project.

    Source: rule R5 of docs/rules/reciprocity.md; a safe beginning is 0.1 an hour, at most 2, and a fifth of all voice.
    """

    per_hour_hundredths: Annotated[int, Ge(0), Le(100)]
    bonus_hundredths_max: Annotated[int, Ge(0), Le(200)]
    """Choice: in a project somebody counts for three at most."""
    share_percent_max: Annotated[int, Ge(1), Le(50)]
    """The largest part of all voice that one has. Choice: never more than half, or one decides alone."""


@dataclass(frozen=True, kw_only=True)
class TimeChecksPolicy(Section):
    """Which part of all settled time the audit committee looks at again each quarter, and from what it is drawn."""

    sample_percent: Percent
    lots_from: Short
    """What is drawn elsewhere and cannot be known before the quarter is over, such as the numbers of a lottery."""


@dataclass(frozen=True, kw_only=True)
class FeeLimit:
    """What somebody can receive for their time at most, from a year on."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    year: Annotated[int, Ge(2000), Le(2999)]
    month_cents_max: PositiveCents
    year_cents_max: PositiveCents


@dataclass(frozen=True, kw_only=True)
class VolunteerFeesPolicy(Section):
    """What somebody can receive for their time, in money and in kind together, before it counts as wages.

    Source: Wet op de loonbelasting 1964, art. 2 lid 6; the amounts are set again each year. Choice: a year that is not
    in the list follows the one before it. The fee per hour is not asked: nothing here is paid by the hour.
    """

    limits: Annotated[tuple[FeeLimit, ...], MinLen(1), MaxLen(30)]
    warn_percent: Percent
    """From which part of a limit on everybody who is concerned is told."""


@dataclass(frozen=True, kw_only=True)
class RewardsPolicy(Section):
    """How many finished tasks earn one choice from what sponsors offer, and what that is worth at most.

    Source: Hambaken, Den Bosch (two finished jobs earn one choice). It counts tasks, and never pays a rate per hour.
    """

    tasks_each: Annotated[int, Ge(1), Le(100)]
    value_cents_max: Annotated[int, Ge(1), Le(10_000)]
    """Choice: never more than EUR 100 at once: it thanks somebody, and is no wage."""
    open_days_max: Annotated[Days, Ge(1)]
    time_counts: bool = True
    """Whether the time of a task that earned a reward goes on to count as time given."""
    contract_under_age: Annotated[int, Ge(13), Le(27)] | None = None
    """Who is younger chooses a reward only with a contract with a guide; None: nobody needs one."""
    contract_article: Short | None = None
    """The article that asks for that contract."""
