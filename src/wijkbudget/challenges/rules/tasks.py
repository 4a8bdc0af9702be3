# SPDX-License-Identifier: EUPL-1.2
"""Which tasks of the municipality can be challenged: what is said of each, how they are found, and read from a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, NotFound, RuleBroken
from wijkbudget.kit.sheets import BadLine, BadSheet, WrongLine, in_columns, numbered, open_sheet, sheet_of
from wijkbudget.kit.text import Text, _
from wijkbudget.kit.units import AMOUNT_MAX, cents_from_euros, euros_from_cents

FILE_BYTES_MAX = 1_000_000
LINES_MAX = 1_000
CELL_MAX, SUMMARY_MAX = 120, 4_000
YEAR_MIN, YEAR_MAX = 1900, 2999


class Decider(StrEnum):
    """Whose task it is, and so who decides about a bid on it. Source: Gemeentewet art. 147, 160 and 170 and onwards."""

    MUNICIPAL_COUNCIL = "municipal_council"
    EXECUTIVE = "executive"
    MAYOR = "mayor"


COLUMNS: Mapping[str, str] = {
    "taak": "title",
    "uitleg": "summary",
    "kosten_per_jaar": "current_cost_cents",
    "kwaliteit": "quality",
    "contract_tot": "contract_ends_on",
    "afdeling": "department",
    "wie_beslist": "decider",
}
"""The columns of a file, each with the field it fills."""

_DECIDERS = {"raad": Decider.MUNICIPAL_COUNCIL, "college": Decider.EXECUTIVE, "burgemeester": Decider.MAYOR}


class TaskNotFound(NotFound):
    """The neighbourhood has no such task."""


class TaskNotOpen(RuleBroken):
    """The task is no longer on the list."""


class TaskListedBefore(Conflict):
    """An open task has this name."""


class TaskWithdrawnBefore(Conflict):
    """A task is taken off the list once."""


class BadTasks(BadSheet):
    """A file of tasks that cannot be taken over; `lines` says which lines are wrong."""


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One task of a file."""

    number: int
    title: str
    summary: str
    current_cost_cents: int
    quality: str
    contract_ends_on: date | None
    department: str
    decider: Decider


def found_by(word: str, *texts: str) -> bool:
    """Return whether each of the words somebody looks for stands in one of the texts, in capitals or not."""
    whole = "\n".join(texts).casefold()
    return all(part in whole for part in word.casefold().split())


def demand_open(*, is_open: bool) -> None:
    """Do nothing if a task is on the list. Raises TaskNotOpen."""
    if not is_open:
        raise TaskNotOpen(_("This task is no longer on the list."))


def demand_listed(*, is_open: bool) -> None:
    """Do nothing if a task can be taken off the list. Raises TaskWithdrawnBefore."""
    if not is_open:
        raise TaskWithdrawnBefore(_("This task was taken off the list already."))


def demand_new_title(title: str, titles: Collection[str]) -> None:
    """Do nothing if no open task has this name, in capitals or not. Raises TaskListedBefore."""
    if title.casefold() in {each.casefold() for each in titles}:
        raise TaskListedBefore(_("There is an open task with this name. Take it off the list first."))


def read_tasks(text: str, titles: Collection[str]) -> list[TaskLine]:
    """Return the tasks of a file, all of them. Raises BadTasks with the first bad lines; `titles` are of open tasks."""
    if len(text.encode()) > FILE_BYTES_MAX:
        raise BadTasks(_("The file is too large: at most 1 MB."))
    header, reader = open_sheet(text)
    columns = _columns(header)
    tasks: list[TaskLine] = []
    bad: list[BadLine] = []
    taken = {title.casefold() for title in titles}
    for number, cells in numbered(reader, bad):
        if len(tasks) + len(bad) == LINES_MAX:
            raise BadTasks(_("The file is too long: at most 1,000 tasks."))
        try:
            task = _line(number, columns, cells, taken)
        except WrongLine as wrong:
            bad.append(BadLine(number, wrong.reason))
        else:
            taken.add(task.title.casefold())
            tasks.append(task)
    if bad:
        raise BadTasks(_("Nothing was imported: %(count)s lines are not right.", count=len(bad)), bad)
    if not tasks:
        raise BadTasks(_("There are no tasks in this file."))
    return tasks


def tasks_sheet(tasks: Iterable[TaskLine]) -> str:
    """Return tasks as a file with the same columns, so that it can be read again."""
    shown = {decider: word for word, decider in _DECIDERS.items()}
    return sheet_of(
        list(COLUMNS),
        (
            [
                task.title,
                task.summary,
                euros_from_cents(task.current_cost_cents),
                task.quality,
                task.contract_ends_on.isoformat() if task.contract_ends_on else "",
                task.department,
                shown[task.decider],
            ]
            for task in tasks
        ),
    )


def _columns(header: Sequence[str]) -> list[str]:
    """Return the fields that the columns of a file fill, in its order. Raises BadTasks."""
    if sorted(header) != sorted(COLUMNS):
        raise BadTasks(_("The first line must name these columns once: %(columns)s.", columns=", ".join(COLUMNS)))
    return [COLUMNS[name] for name in header]


def _line(number: int, columns: Sequence[str], cells: Sequence[str], taken: Collection[str]) -> TaskLine:
    """Return one task. Raises WrongLine."""
    values = {name: cell.strip() for name, cell in in_columns(columns, cells).items()}
    title = _text(values["title"], CELL_MAX, _("The name of the task is not filled in or too long."))
    if title.casefold() in taken:
        raise WrongLine(_("There is an open task with this name, on the list or in this file."))
    decider = _DECIDERS.get(values["decider"].lower())
    if decider is None:
        raise WrongLine(_("Write raad, college or burgemeester for who decides."))
    return TaskLine(
        number=number,
        title=title,
        summary=_text(values["summary"], SUMMARY_MAX, _("The explanation is not filled in or too long."), lines=True),
        current_cost_cents=_cents(values["current_cost_cents"]),
        quality=_text(values["quality"], CELL_MAX, _("The quality is not filled in or too long.")),
        contract_ends_on=_day(values["contract_ends_on"]),
        department=_text(values["department"], CELL_MAX, _("The department is not filled in or too long.")),
        decider=decider,
    )


def _text(value: str, most: int, reason: Text, *, lines: bool = False) -> str:
    """Return a text that is there, printable and not too long. Raises WrongLine."""
    printable = (value.replace("\r\n", "\n").replace("\n", "") if lines else value).isprintable()
    if not value or len(value) > most or not printable:
        raise WrongLine(reason)
    return value.replace("\r\n", "\n")


def _cents(value: str) -> int:
    """Return an amount of more than nothing. Raises WrongLine."""
    cents = cents_from_euros(value)
    if not cents or cents > AMOUNT_MAX:
        raise WrongLine(_("Write what the task costs a year, such as 12.500 or 12.500,00."))
    return cents


def _day(value: str) -> date | None:
    """Return a day, or None where there is no contract. Raises WrongLine."""
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = date.min
    if not YEAR_MIN <= day.year <= YEAR_MAX:
        raise WrongLine(_("Write the end of the contract as 2027-12-31, or leave it empty."))
    return day
