# SPDX-License-Identifier: EUPL-1.2
"""Adds up time and people by group, and leaves no group so small that it tells who is in it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from wijkbudget.kit.cells import cells, is_shown

AGES = (12, 18, 30, 45, 65)
"""Choice: from which age each group is; the first is of whoever may not vote elsewhere."""
REST = ""
"""The name of all groups that are shown as one."""
UNNAMED = "-"
"""The name of time that has no theme or no small area."""

Times = Mapping[str, Mapping[str, int]]
"""By group and person: minutes."""


@dataclass(frozen=True, kw_only=True)
class TimeGroup:
    """Time of a group of tasks, and how many people gave it."""

    name: str
    giver_count: int
    minutes: int


class Reached(NamedTuple):
    """Somebody who may vote, and whether they gave time that counts."""

    group: str
    gave: bool
    is_exempt: bool


@dataclass(frozen=True, kw_only=True)
class ReachGroup:
    """How many of a group of residents gave time, are exempt, or neither."""

    name: str
    resident_count: int
    gave_count: int
    exempt_count: int | None
    """None where too few are exempt to be told apart."""
    nothing_count: int
    """Those who are exempt are in it where they are not told apart."""


@dataclass(frozen=True, kw_only=True)
class PairingGroup:
    """How often help was arranged and done, for a group of tasks."""

    name: str
    started: int
    finished: int


def time_groups(times: Times) -> list[TimeGroup]:
    """Return the time of each group, the most first; groups with few givers are one, or nothing is shown."""
    found = cells(
        {name: len(people) for name, people in times.items()}, lambda names: is_shown(len(_people(times, names)))
    )
    groups = [_time_group(name, times, [name]) for name in found.alone]
    groups.sort(key=lambda group: (-group.minutes, group.name))
    return [*groups, _time_group(REST, times, found.together)] if found.together else groups


def reach_groups(counts: Mapping[Reached, int]) -> list[ReachGroup]:
    """Return how many of each group gave time; small groups are one, or nothing is shown.

    Whoever is exempt is counted apart where that makes no more groups too small.
    """
    names = sorted({one.group for one in counts})
    apart, as_one = (_reach(counts, names, with_exempt=with_exempt) for with_exempt in (True, False))
    return apart if len(apart) >= len(as_one) else as_one


def pairing_groups(pairings: Iterable[PairingGroup]) -> list[PairingGroup]:
    """Return how often help was arranged and done for each group; small groups are one, or nothing is shown."""
    by_name: dict[str, PairingGroup] = {}
    for one in pairings:
        sofar = by_name.get(one.name, PairingGroup(name=one.name, started=0, finished=0))
        by_name[one.name] = _add(one.name, (sofar, one))
    found = cells(
        {name: each.started + each.finished for name, each in by_name.items()},
        lambda names: is_shown(*_sums(by_name[name] for name in names)),
    )
    groups = [by_name[name] for name in sorted(found.alone)]
    return [*groups, _add(REST, [by_name[name] for name in found.together])] if found.together else groups


def age_group(birth_year: int, year: int) -> str:
    """Return the group of the age that somebody reaches in a year, such as `18-29`."""
    age = year - birth_year
    for first, following in pairwise(AGES):
        if age < following:
            return f"{first}-{following - 1}"
    return f"{AGES[-1]}+"


def _time_group(name: str, times: Times, names: Collection[str]) -> TimeGroup:
    minutes = sum(sum(times[each].values()) for each in names)
    return TimeGroup(name=name, giver_count=len(_people(times, names)), minutes=minutes)


def _people(times: Times, names: Collection[str]) -> set[str]:
    """Return everybody who gave time to one of these groups."""
    return {person for name in names for person in times[name]}


def _reach(counts: Mapping[Reached, int], names: Collection[str], *, with_exempt: bool) -> list[ReachGroup]:
    def group(name: str, within: Collection[str]) -> ReachGroup:
        gave = sum(count for one, count in counts.items() if one.group in within and one.gave)
        neither = {True: 0, False: 0}
        for one, count in counts.items():
            if one.group in within and not one.gave:
                neither[one.is_exempt and with_exempt] += count
        return ReachGroup(
            name=name,
            resident_count=gave + sum(neither.values()),
            gave_count=gave,
            exempt_count=neither[True] if with_exempt else None,
            nothing_count=neither[False],
        )

    def may_show(within: Collection[str]) -> bool:
        found = group(REST, within)
        return is_shown(found.gave_count, found.exempt_count or 0, found.nothing_count)

    found = cells({name: group(name, [name]).resident_count for name in names}, may_show)
    groups = [group(name, [name]) for name in found.alone]
    return [*groups, group(REST, found.together)] if found.together else groups


def _add(name: str, pairings: Iterable[PairingGroup]) -> PairingGroup:
    started, finished = _sums(pairings)
    return PairingGroup(name=name, started=started, finished=finished)


def _sums(pairings: Iterable[PairingGroup]) -> tuple[int, int]:
    all_ = list(pairings)
    return sum(one.started for one in all_), sum(one.finished for one in all_)
