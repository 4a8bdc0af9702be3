# SPDX-License-Identifier: EUPL-1.2
"""Makes the city that is measured: residents who all gave time, drawn from a seed and written straight to the tables.

By the verbs a million entries would take the better part of an hour, and nothing here is about logging time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import create_engine, insert
from sqlmodel import SQLModel

from wijkbudget.identity.models import Household, Person, Residence
from wijkbudget.reciprocity.models import Task, TaskConfirmer, TimeEntry
from wijkbudget.reciprocity.rules.entries import EntryState, TaskState

PLACE = "oost"
TASKS = 12
SEED = 6
TOGETHER = 20_000
"""How many rows are written at once."""

_NAMES = UUID(int=SEED)
_QUARTER = "BU99010101"
_HOUSEHOLD = 2


Rows = Iterator[tuple[type[SQLModel], Iterable[dict[str, Any]]]]
"""Tables with what is written to them, in this order."""


def fill(url: str, residents: int, entries_each: int, today: date) -> None:
    """Write residents and the time that each of them gave in the year before a day."""
    people = [_id("person", number) for number in range(residents)]
    given = _given(Random(SEED), people, entries_each, today)  # noqa: S311 (it must be the same everywhere)
    engine = create_engine(url)
    for table, rows in (*_residents(people), *time_of(people, given)):
        left = iter(rows)
        while some := list(islice(left, TOGETHER)):
            with engine.begin() as connection:
                connection.execute(insert(table), some)
    engine.dispose()


def time_of(people: Sequence[UUID], given: Iterable[tuple[UUID, date, int]]) -> Rows:
    """Return time that people gave and that is settled: who, on which day, and how many minutes.

    The first two of all people confirm it, each what the other gave.
    """
    one, other = people[:2]
    tasks = [_id("task", number) for number in range(TASKS)]
    yield Task, (_task(id_, one) for id_ in tasks)
    yield TaskConfirmer, ({"task_id": task, "person_id": id_} for task in tasks for id_ in (one, other))
    yield (
        TimeEntry,
        (
            {
                "id": _id("entry", number),
                "place": PLACE,
                "task_id": tasks[number % TASKS],
                "person_id": person,
                "given_on": given_on,
                "minutes": minutes,
                "state": EntryState.SETTLED,
                "confirmed_by": other if person == one else one,
                "objections_until": given_on + timedelta(days=15),
                "settled_on": given_on + timedelta(days=15),
            }
            for number, (person, given_on, minutes) in enumerate(given)
        ),
    )


def _residents(people: Sequence[UUID]) -> Rows:
    households = [_id("household", number) for number in range(-(-len(people) // _HOUSEHOLD))]
    yield Person, (_person(number, id_) for number, id_ in enumerate(people))
    yield Household, (_household(number, id_) for number, id_ in enumerate(households))
    yield Residence, (_stay(number, id_, households[number // _HOUSEHOLD]) for number, id_ in enumerate(people))


def _given(chance: Random, people: Sequence[UUID], entries_each: int, today: date) -> Iterator[tuple[UUID, date, int]]:
    """Yield what everybody gave, on any day of the year but the last month, so that all of it is settled."""
    for person in people:
        for _time in range(entries_each):
            yield person, today - timedelta(days=chance.randrange(30, 365)), 15 * chance.randint(1, 8)


def _person(number: int, id_: UUID) -> dict[str, Any]:
    return {"id": id_, "name": f"Bewoner {number}", "pseudonym": f"{PLACE}-{number:06}", "birth_year": 1980}


def _household(number: int, id_: UUID) -> dict[str, Any]:
    return {"id": id_, "place": PLACE, "postcode": "9901AA", "house_number": number + 1, "addition": ""}


def _stay(number: int, id_: UUID, household: UUID) -> dict[str, Any]:
    return {
        "id": _id("stay", number),
        "person_id": id_,
        "place": PLACE,
        "quarter": _QUARTER,
        "household_id": household,
        "since_on": date(2020, 1, 1),
    }


def _task(id_: UUID, opener: UUID) -> dict[str, Any]:
    return {
        "id": id_,
        "place": PLACE,
        "title": "Moestuin",
        "explanation": "",
        "state": TaskState.OPEN,
        "opened_by": opener,
        "opened_on": date(2020, 1, 1),
    }


def _id(what: str, number: int) -> UUID:
    return uuid5(_NAMES, f"{what} {number}")
