# SPDX-License-Identifier: EUPL-1.2
"""What an accepted register file changes: who is new, who moved, who left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wijkbudget.identity.rules.register import Address, RegisterLine


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where somebody is registered now."""

    residence_id: UUID
    place: str
    quarter: str
    address: Address
    since_on: date


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody who stood in an earlier file."""

    person_id: UUID
    name: str
    birth_year: int
    home: Home | None
    left_on: date | None
    """When an earlier stay in one of the neighbourhoods ended."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A stay that begins; `person_id` is None for somebody who was not known."""

    line: RegisterLine
    person_id: UUID | None
    place: str
    quarter: str
    since_on: date


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A stay that goes on at another address of the same neighbourhood, or from another day."""

    person_id: UUID
    residence_id: UUID
    line: RegisterLine
    place: str
    quarter: str
    since_on: date
    is_move: bool


@dataclass
class Changes:
    """Everything one file changes."""

    arrivals: list[Arrival] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    renamed: dict[UUID, RegisterLine] = field(default_factory=dict)
    ended: dict[UUID, UUID] = field(default_factory=dict)
    """The stays that end, each with whose it was."""
    unchanged_count: int = 0

    @property
    def new_count(self) -> int:
        """Return how many people were not known before."""
        return sum(arrival.person_id is None for arrival in self.arrivals)

    @property
    def moved(self) -> set[UUID]:
        """Return who is no longer at the address where they were: a letter sent there must open nothing."""
        return {change.person_id for change in self.corrections if change.is_move} | set(self.ended.values())


def compare(
    located: Iterable[tuple[RegisterLine, str, str]], known: Mapping[str, Known], today: date, *, is_full: bool
) -> Changes:
    """Return what a file changes; each line comes with the neighbourhood and quarter of its address.

    Choice: somebody who moved to another neighbourhood lives there from the day of the file, not from the day the file
    names, because until then they counted in the old one. Within a neighbourhood no earlier address is kept.
    """
    changes = Changes()
    named: set[str] = set()
    for line, place, quarter in located:
        named.add(line.pseudonym)
        person = known.get(line.pseudonym)
        if person is None:
            changes.arrivals.append(
                Arrival(line=line, person_id=None, place=place, quarter=quarter, since_on=line.since_on)
            )
        else:
            _compare_one(changes, line, person, (place, quarter), today)
    if is_full:
        for pseudonym, person in known.items():
            if person.home and pseudonym not in named:
                changes.ended[person.home.residence_id] = person.person_id
    return changes


def _compare_one(changes: Changes, line: RegisterLine, person: Known, where: tuple[str, str], today: date) -> None:
    """Add what one line changes for somebody who is known."""
    place, quarter = where
    is_renamed = (line.name, line.birth_year) != (person.name, person.birth_year)
    if is_renamed:
        changes.renamed[person.person_id] = line
    home, since_on = person.home, max(line.since_on, person.left_on or line.since_on)
    if home is None or home.place != place:
        if home:
            changes.ended[home.residence_id] = person.person_id
            since_on = today
        changes.arrivals.append(
            Arrival(line=line, person_id=person.person_id, place=place, quarter=quarter, since_on=since_on)
        )
        return
    is_move = line.address != home.address
    if is_move or (quarter, since_on) != (home.quarter, home.since_on):
        changes.corrections.append(
            Correction(
                person_id=person.person_id,
                residence_id=home.residence_id,
                line=line,
                place=place,
                quarter=quarter,
                since_on=since_on,
                is_move=is_move,
            )
        )
    elif not is_renamed:
        changes.unchanged_count += 1
