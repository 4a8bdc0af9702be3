# SPDX-License-Identifier: EUPL-1.2
"""How many people voted, never so finely that it tells who; and whom to ask whether they really did."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import _

ASKED = 59
"""How many marked voters are asked. Source: 0.95^59 < 0.05, so five false marks in a hundred are hardly ever missed."""


class Answer(StrEnum):
    """What somebody said who was asked whether they voted."""

    VOTED = "voted"
    """The mark in the register is right."""
    DID_NOT_VOTE = "did_not_vote"
    """Somebody else is behind the mark."""
    NO_ANSWER = "no_answer"
    """Not found, or would not say."""


class NobodyThere(BadInput):
    """An answer of somebody who was not drawn, or two answers of one."""


class ClassTurnout(View):
    """How many could vote and how many did, of everybody whose ballot counts with one voice."""

    voice_hundredths: int
    voters: int
    voted: int


class DayTurnout(View):
    """How many voted on some days in a row."""

    first_on: date
    last_on: date
    voted: int


class Turnout(View):
    """How many voted: in all, with each voice and by day; kept when it is forgotten who."""

    voters: int
    voted: int
    least: int
    """No number about a part of the voters is smaller: voices and days are taken together until it is not."""
    classes: list[ClassTurnout]
    days: list[DayTurnout]


class AskedView(View):
    """Somebody on whom the lot fell, to be asked whether they voted."""

    number: int
    """Their place in the draw, from 1."""
    person_id: str
    name: str
    address: list[str]
    answer: Answer


class AskingView(View):
    """Everybody to ask, and from which seed they were drawn."""

    seed: str
    marked: int
    """How many are marked as having voted."""
    asked: list[AskedView]


class InquiryView(View):
    """What the voters said who were drawn by lot; never who."""

    asked: int
    voted: int
    did_not_vote: int
    no_answer: int


def demand_drawn_once(numbers: Iterable[int], asked: int) -> None:
    """Do nothing if each answer is of another voter who was drawn. Raises NobodyThere."""
    found = Counter(numbers)
    if any(times > 1 or number > asked for number, times in found.items()):
        raise NobodyThere(_("This is not an answer of somebody who was drawn, or there are two of the same person."))


def turnout(
    register: Iterable[tuple[int, date | None]], days: tuple[date, date], counted_as: Mapping[int, int], least: int
) -> Turnout:
    """Return the turnout from the voice and the day of everybody on the register.

    Choice: parts are as small as voices may be in the published box (`least`), and smaller ones are taken together with
    their neighbours, never left out: what is left out could be found by subtraction.
    """
    cells = Counter(register)
    voters: Counter[int] = Counter()
    voted: Counter[int] = Counter()
    by_day: Counter[date] = Counter()
    for (voice, day), size in cells.items():
        counted = counted_as.get(voice, voice)
        voters[counted] += size
        if day is not None:
            voted[counted] += size
            by_day[day] += size
    return Turnout(
        voters=voters.total(),
        voted=voted.total(),
        least=least,
        classes=[
            ClassTurnout(voice_hundredths=voice, voters=voters[voice], voted=voted[voice]) for voice in sorted(voters)
        ],
        days=_together(by_day, days, least),
    )


def drawn(marked: Iterable[str], seed: str) -> list[str]:
    """Return whom to ask, of everybody who is marked as having voted: the lowest hashes of the seed and the person."""
    ordered = sorted(marked, key=lambda person: hashlib.sha256(f"{seed}|asked|{person}".encode()).digest())
    return ordered[:ASKED]


def _together(by_day: Mapping[date, int], days: tuple[date, date], least: int) -> list[DayTurnout]:
    """Return the days in groups that are large enough; the last group takes what is left."""
    first, last = days
    groups: list[DayTurnout] = []
    begins, held = first, 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        held += by_day.get(day, 0)
        if held >= least:
            groups.append(DayTurnout(first_on=begins, last_on=day, voted=held))
            begins, held = day + timedelta(days=1), 0
    if begins <= last:
        begun = groups.pop() if groups else None
        held += begun.voted if begun else 0
        groups.append(DayTurnout(first_on=begun.first_on if begun else begins, last_on=last, voted=held))
    return groups
