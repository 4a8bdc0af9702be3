# SPDX-License-Identifier: EUPL-1.2
"""What the statistics of time show."""

from datetime import date

from wijkbudget.kit.fields import View


class GroupView(View):
    """A group in a table of statistics."""

    name: str | None
    """A theme, a small area or an age; None for what has none."""
    is_rest: bool
    """Whether this is all groups together that are too small to show."""


class TimeGroupView(GroupView):
    """Time that came to count, and how many people gave it."""

    giver_count: int
    minutes: int


class ReachGroupView(GroupView):
    """How many who may vote gave time that counts on the last day, are exempt, or neither."""

    resident_count: int
    gave_count: int
    exempt_count: int | None
    """None where they are too few to show: they are in `nothing_count` then."""
    nothing_count: int


class PairingGroupView(GroupView):
    """How often somebody who offers help was brought together with a task."""

    started_count: int
    finished_count: int


class PeriodView(View):
    """All time that came to count in a quarter; both None if few people gave it."""

    period: str
    giver_count: int | None
    minutes: int | None


class StatisticsView(View):
    """The time of one quarter that is over; every number is about no people, or about so many that it tells nobody."""

    period: str
    first_on: date
    last_on: date
    people_min: int
    """The fewest people that a number is about."""
    giver_count: int | None
    """How many people gave this time; None if they are few."""
    minutes: int | None
    periods: list[PeriodView]
    """The last eight quarters that are over, from the first one with time on, the oldest first."""
    by_theme: list[TimeGroupView]
    by_quarter: list[TimeGroupView]
    """By the small area where it was done."""
    reached_by_quarter: list[ReachGroupView]
    """By the small area where people live."""
    reached_by_age: list[ReachGroupView]
    pairings_by_theme: list[PairingGroupView]
    pairings_by_quarter: list[PairingGroupView]
