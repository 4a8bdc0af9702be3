# SPDX-License-Identifier: EUPL-1.2
"""Which people confirm mostly each other, and which time is looked at again, by lot."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wijkbudget.kit.canonical import digest
from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.periods import Period

ENTRIES_MIN = 4
"""Choice: fewer entries than four say nothing about who confirms whom."""
INSIDE_PERCENT_MIN = 50
"""Choice: people are a ring if more than this part of their entries was confirmed among themselves."""
PAIR, PEOPLE_MAX = 2, 5
"""Choice: more than five people who confirm each other are a group that does much together."""
MOST_CONFIRMERS = 4
"""Choice: whoever confirms less than one in four of somebody's entries joins no ring, and hides none."""
RING_MONTHS = 12
"""Choice: what was given in the last year is looked at."""

Confirmed = Mapping[tuple[str, str], int]
"""By giver and confirmer: how many entries."""


class RingNotFound(NotFound):
    """No people confirm mostly each other under this name."""


class SampleNotFound(NotFound):
    """No sample was drawn of this period."""


class NotDrawn(NotFound):
    """Time on which no lot fell."""


class NoTimeChecks(RuleBroken):
    """The policy does not say how much settled time is looked at again."""


class NothingSettled(RuleBroken):
    """No time was settled in the period, so there is nothing to draw."""


class DrawnBefore(Conflict):
    """The sample of this period was drawn before."""


class OwnPart(NotAllowed):
    """Nobody judges time that they gave or confirmed, or a ring that they are in."""


class Finding(StrEnum):
    """What somebody found who looked at drawn time again."""

    RIGHT = "right"
    """It was given as it was written down."""
    NOT_RIGHT = "not_right"
    """It was not; the chair or an official decides what follows."""


@dataclass(frozen=True, kw_only=True)
class Ring:
    """People who confirm mostly each other, in the order of their ids."""

    people: tuple[str, ...]
    inside_count: int
    """How many of their entries were confirmed among themselves."""
    entry_count: int
    """How many entries of them were confirmed by anybody."""

    @property
    def key(self) -> str:
        """Return the name of this ring, the same as long as the people are."""
        return digest(list(self.people))[:16]


def rings(confirmed: Confirmed) -> list[Ring]:
    """Return who confirms mostly each other, those with most entries first.

    Two people who confirmed each other are one if more than half of the entries of both together was confirmed by the
    other; three to five people if everybody's time leads back to everybody (the strongly connected parts of who
    confirms whom) and more than half of all their entries stays among them. Two within a larger ring are not told
    twice. Nothing follows by itself: people who garden together confirm each other too.
    """
    given = Counter[str]()
    for (giver, _confirmer), count in confirmed.items():
        given[giver] += count
    pairs = {tuple(sorted(pair)) for pair in confirmed if (pair[1], pair[0]) in confirmed and pair[0] != pair[1]}
    onward: dict[str, list[str]] = {}
    for (giver, confirmer), count in confirmed.items():
        if count * MOST_CONFIRMERS >= given[giver]:
            onward.setdefault(giver, []).append(confirmer)
    larger = [tuple(sorted(part)) for part in connected(onward) if PAIR < len(part) <= PEOPLE_MAX]
    found = [ring for people in larger if (ring := _ring(people, confirmed, given))]
    within = {tuple(sorted((one, other))) for ring in found for one in ring.people for other in ring.people}
    found += [ring for people in pairs - within if (ring := _ring(people, confirmed, given))]
    return sorted(found, key=lambda ring: (-ring.inside_count, ring.people))


def connected(onward: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """Yield the strongly connected parts of a graph: in each, every one is reached from every other.

    Source: Tarjan 1972, Depth-first search and linear graph algorithms; without recursion, as a chain can be long.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    is_waiting: set[str] = set()
    for root in onward:
        path = [(root, iter(onward[root]))] if root not in order else []
        while path:
            one, rest = path[-1]
            if one not in order:
                order[one] = lowest[one] = len(order)
                waiting.append(one)
                is_waiting.add(one)
            for other in rest:
                if other not in order:
                    path.append((other, iter(onward.get(other, ()))))
                    break
                if other in is_waiting:
                    lowest[one] = min(lowest[one], order[other])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[one])
                if lowest[one] == order[one]:
                    part = [waiting.pop()]
                    while part[-1] != one:
                        part.append(waiting.pop())
                    is_waiting.difference_update(part)
                    yield part


def seed(place: str, period: Period, value: str) -> str:
    """Return the seed of a sample: a hash of the place, the period, and the value that everybody can look up."""
    return hashlib.sha256(f"{place}|{period.key}|{value}".encode()).hexdigest()


def sample_size(entry_count: int, percent: int) -> int:
    """Return how many entries are drawn: a part of them, rounded up, so that it is at least one."""
    return -(-entry_count * percent // 100)


def drawn(entry_ids: Iterable[str], from_seed: str, count: int) -> list[str]:
    """Return the entries on which the lot falls: those with the lowest SHA-256 of `seed|id`."""
    ordered = sorted(entry_ids, key=lambda entry_id: hashlib.sha256(f"{from_seed}|{entry_id}".encode()).digest())
    return ordered[:count]


def demand_no_part(actor_id: str, people: Collection[str | None]) -> None:
    """Do nothing if somebody is not one of these people. Raises OwnPart."""
    if actor_id in people:
        raise OwnPart(_("You have a part in this. Somebody else of the audit committee must look at it."))


def _ring(people: tuple[str, ...], confirmed: Confirmed, given: Mapping[str, int]) -> Ring | None:
    """Return some people as a ring, or None if they confirm too little among themselves."""
    inside = sum(confirmed.get((giver, other), 0) for giver in people for other in people)
    entries = sum(given[person] for person in people)
    if entries < ENTRIES_MIN or inside * 100 <= entries * INSIDE_PERCENT_MIN:
        return None
    return Ring(people=people, inside_count=inside, entry_count=entries)
