# SPDX-License-Identifier: EUPL-1.2
"""What residents are asked when both sides look back, and what is shown of their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.cells import cells, is_shown
from wijkbudget.kit.errors import Conflict, NotAllowed
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _


class Question(StrEnum):
    """One of three short questions, the same at every review, so that years can be compared."""

    DONE_WELL = "done_well"
    """Whether the task is done well."""
    NOTICED = "noticed"
    """Whether the neighbourhood is better for it."""
    GO_ON = "go_on"
    """Whether the group should go on."""


class Answer(StrEnum):
    """What a resident answers."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"
    """They do not know, or would rather not say."""


class AnsweredBefore(Conflict):
    """Everybody answers once."""


class SurveyOver(WrongState):
    """Residents cannot answer now."""


class OwnWork(NotAllowed):
    """The group does not answer about its own work."""


class StillAnswering(WrongState):
    """Residents can still answer."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How often residents gave one of these answers."""

    answers: tuple[Answer, ...]
    """More than one where each alone would be about too few people."""
    count: int


def shown(counts: Mapping[Answer, int]) -> list[Shown]:
    """Return what is shown of the answers to one question; nothing where all of them would be shown as one."""
    sizes = {str(answer): count for answer, count in counts.items()}
    found = cells(sizes, lambda answers: is_shown(sum(sizes[each] for each in answers)))
    if not found.alone:
        return []
    alone = [Shown(answers=(answer,), count=counts[answer]) for answer in Answer if answer in found.alone]
    together = tuple(answer for answer in Answer if answer in found.together)
    return [*alone, Shown(answers=together, count=sum(counts[each] for each in together))] if together else alone


def demand_open(until_on: date | None, today: date) -> None:
    """Do nothing if residents can answer today. Raises SurveyOver."""
    if until_on is None or today > until_on:
        raise SurveyOver(_("You cannot answer these questions now."))


def demand_neighbour(*, is_of_group: bool) -> None:
    """Do nothing if somebody does not answer about their own work. Raises OwnWork."""
    if is_of_group:
        raise OwnWork(_("You do this work yourself. Your group writes what it found."))


def demand_first_answer(*, has_answered: bool) -> None:
    """Do nothing if somebody did not answer yet. Raises AnsweredBefore."""
    if has_answered:
        raise AnsweredBefore(_("You answered already. Thank you."))


def demand_heard(until_on: date, today: date) -> None:
    """Do nothing if residents had their time to answer. Raises StillAnswering.

    Choice: how it goes on is decided when everybody could say what they think.
    """
    if today <= until_on:
        raise StillAnswering(_("Residents can answer until %(day)s. Decide after that.", day=until_on))
