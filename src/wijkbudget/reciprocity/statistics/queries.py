# SPDX-License-Identifier: EUPL-1.2
"""Reads how much time came to count in a quarter of a year, for what and where, and who is not reached."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import dropwhile

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.cells import PEOPLE_MIN, is_shown
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import PolicyNotFound
from wijkbudget.reciprocity.models import Task, TimeEntry
from wijkbudget.reciprocity.offers import queries as offers
from wijkbudget.reciprocity.offers.schemas import PairingCount
from wijkbudget.reciprocity.queries.voices import counting, exempt_on
from wijkbudget.reciprocity.rules.entries import EntryState
from wijkbudget.reciprocity.rules.periods import Period, before, demand_over, period_of, read_period
from wijkbudget.reciprocity.statistics import access
from wijkbudget.reciprocity.statistics.rules import (
    REST,
    UNNAMED,
    PairingGroup,
    Reached,
    ReachGroup,
    TimeGroup,
    age_group,
    pairing_groups,
    reach_groups,
    time_groups,
)
from wijkbudget.reciprocity.statistics.schemas import (
    PairingGroupView,
    PeriodView,
    ReachGroupView,
    StatisticsView,
    TimeGroupView,
)
from wijkbudget.trail.work import Look, question

PERIODS_SHOWN = 8
"""Choice: two years beside each other."""

Names = Mapping[str, str]


@question(access.LOOK)
def statistics(look: Look, place: str, period: str | None = None) -> StatisticsView:
    """Return the time of a quarter, the last one that is over if none is named.

    Choice: time is counted in the quarter in which it began to count, and only when that is over. So what is shown of a
    quarter never changes, and nobody learns anything by looking today and tomorrow.
    Raises NeighbourhoodNotFound, NoSuchPeriod or PeriodNotOver.
    """
    names = {each.code: each.name for each in neighbourhoods.neighbourhood(look, place).quarters}
    shown = read_period(period) if period is not None else before(period_of(look.today))
    demand_over(shown, look.today)
    by_quarter, by_age = _reached(look, place, shown)
    total = _total(look, place, shown)
    pairings = offers.pairing_counts(look, place, shown.first_on, shown.until_on)
    return StatisticsView(
        period=shown.key,
        first_on=shown.first_on,
        last_on=shown.last_on,
        people_min=PEOPLE_MIN,
        giver_count=total.giver_count,
        minutes=total.minutes,
        periods=_periods(look, place),
        by_theme=_time_views(time_groups(_times(look, place, shown, col(Task.theme))), {}),
        by_quarter=_time_views(time_groups(_times(look, place, shown, col(Task.quarter))), names),
        reached_by_quarter=_reach_views(reach_groups(by_quarter), names),
        reached_by_age=_reach_views(reach_groups(by_age), {}),
        pairings_by_theme=_pairing_views((_pairing(each.theme, each) for each in pairings), {}),
        pairings_by_quarter=_pairing_views((_pairing(each.quarter, each) for each in pairings), names),
    )


def _periods(look: Look, place: str) -> list[PeriodView]:
    """Return what was given in all in the last quarters that are over, from the first one with time on."""
    periods = [before(period_of(look.today))]
    while len(periods) < PERIODS_SHOWN:
        periods.append(before(periods[-1]))
    return list(dropwhile(lambda each: each.giver_count == 0, (_total(look, place, each) for each in periods[::-1])))


def _total(look: Look, place: str, period: Period) -> PeriodView:
    """Return what was given in all in a quarter."""
    rows = select(func.count(func.distinct(col(TimeEntry.person_id))), func.sum(col(TimeEntry.minutes)))
    giver_count, minutes = look.session.exec(rows.where(_began_in(place, period))).one()
    if not is_shown(giver_count):
        return PeriodView(period=period.key, giver_count=None, minutes=None)
    return PeriodView(period=period.key, giver_count=giver_count, minutes=int(minutes or 0))


def _times(look: Look, place: str, period: Period, group: Mapped[str | None]) -> dict[str, dict[str, int]]:
    """Return how much each person gave to each group of tasks."""
    rows = (
        select(group, col(TimeEntry.person_id), func.sum(col(TimeEntry.minutes)))
        .join(Task, col(Task.id) == col(TimeEntry.task_id))
        .where(_began_in(place, period))
        .group_by(group, col(TimeEntry.person_id))
    )
    found: dict[str, dict[str, int]] = {}
    for name, person_id, minutes in look.session.connection().execute(rows):
        found.setdefault(name or UNNAMED, {})[str(person_id)] = int(minutes)
    return found


def _began_in(place: str, period: Period) -> ColumnElement[bool]:
    """Return what makes time of a place count in a period: it began to count in it, and was not undone in it."""
    settled_on = col(TimeEntry.settled_on)
    stood = (col(TimeEntry.state) == EntryState.SETTLED) | (col(TimeEntry.reversed_on) >= period.until_on)
    return and_(col(TimeEntry.place) == place, settled_on >= period.first_on, settled_on < period.until_on, stood)


def _reached(look: Look, place: str, period: Period) -> tuple[Counter[Reached], Counter[Reached]]:
    """Return who may vote on the last day, by small area and by age, as numbers; nobody before there were rules."""
    by_quarter, by_age = Counter[Reached](), Counter[Reached]()
    try:
        policy = neighbourhoods.policy(look, place, period.last_on).rules
    except PolicyNotFound:
        return by_quarter, by_age
    counted = select(TimeEntry.person_id).where(*counting(place, period.last_on, policy.reciprocity)).distinct()
    givers = {str(person_id) for person_id in look.session.exec(counted).all()}
    exempt = exempt_on(look, place, period.last_on)
    for who in identity.residents(look, place, period.last_on, policy.voting.voter_age_min):
        gave, is_exempt = who.person_id in givers, who.person_id in exempt
        by_quarter[Reached(who.quarter, gave, is_exempt)] += 1
        by_age[Reached(age_group(who.birth_year, period.year), gave, is_exempt)] += 1
    return by_quarter, by_age


def _pairing(group: str | None, each: PairingCount) -> PairingGroup:
    return PairingGroup(name=group or UNNAMED, started=each.started, finished=each.finished)


def _time_views(groups: Iterable[TimeGroup], names: Names) -> list[TimeGroupView]:
    return [
        TimeGroupView(
            name=_name(each.name, names),
            is_rest=each.name == REST,
            giver_count=each.giver_count,
            minutes=each.minutes,
        )
        for each in groups
    ]


def _reach_views(groups: Iterable[ReachGroup], names: Names) -> list[ReachGroupView]:
    return [
        ReachGroupView(
            name=_name(each.name, names),
            is_rest=each.name == REST,
            resident_count=each.resident_count,
            gave_count=each.gave_count,
            exempt_count=each.exempt_count,
            nothing_count=each.nothing_count,
        )
        for each in groups
    ]


def _pairing_views(pairings: Iterable[PairingGroup], names: Names) -> list[PairingGroupView]:
    return [
        PairingGroupView(
            name=_name(each.name, names),
            is_rest=each.name == REST,
            started_count=each.started,
            finished_count=each.finished,
        )
        for each in pairing_groups(pairings)
    ]


def _name(group: str, names: Names) -> str | None:
    """Return how a group is called; neither what has no name nor what is taken together is called anything."""
    return None if group in {REST, UNNAMED} else names.get(group, group)
