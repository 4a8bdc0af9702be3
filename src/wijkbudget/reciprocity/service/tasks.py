# SPDX-License-Identifier: EUPL-1.2
"""Opens tasks, for whoever asks for help, and ends them."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Role
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import access, queries
from wijkbudget.reciprocity.events import TaskEnded, TaskOpened
from wijkbudget.reciprocity.models import Task, TaskConfirmer
from wijkbudget.reciprocity.rows import asking_side, task_row
from wijkbudget.reciprocity.rules import entries, tasks
from wijkbudget.reciprocity.rules.entries import TaskState, UnknownConfirmer
from wijkbudget.reciprocity.rules.tasks import CONFIRMERS_MAX, Asked, Asker, Needs
from wijkbudget.reciprocity.schemas import AskForHelp, DescribeTask, OpenTask, TaskView
from wijkbudget.trail.work import NotYours, Work, verb


@verb(access.OPEN)
def open_task(work: Work, place: str, command: OpenTask) -> TaskView:
    """Open a task, for the council, a neighbour or an organisation.

    Raises NeighbourhoodNotFound, AskerWrong, OrganisationNotFound, UnknownConfirmer, UnknownTheme, UnknownQuarter,
    DayWrong or NeedsWrong.
    """
    tasks.demand_named(command.asked_by, names_organisation=command.organisation_id is not None)
    if command.organisation_id is not None:
        identity.organisation(work, place, command.organisation_id)
    confirmers = tuple(str(person_id) for person_id in command.confirmers)
    _demand_confirmers(work, place, confirmers)
    about = str(command.organisation_id) if command.organisation_id else None
    return open_for(work, place, command, Asked(asked_by=command.asked_by, about=about, confirmers=confirmers))


@verb(access.ASK)
def ask_for_help(work: Work, place: str, command: AskForHelp) -> TaskView:
    """Ask for help for yourself, or for an organisation that you are a member of.

    Who asks may confirm the time, and so may the guides: somebody of the same household never can.
    Raises OrganisationNotFound, NotYours, UnknownTheme, UnknownQuarter, DayWrong or NeedsWrong.
    """
    if command.organisation_id is None:
        guides = [guide.id for guide in identity.holders(work, place, Role.GUIDE)]
        asked_by, about, confirmers = Asker.NEIGHBOUR, work.actor.id, [work.actor.id, *guides]
    else:
        members = identity.organisation(work, place, command.organisation_id).members
        if work.actor.id not in members:
            raise NotYours(_("Only members of an organisation ask for help for it."))
        others = [member for member in members if member != work.actor.id]
        asked_by, about, confirmers = Asker.ORGANISATION, str(command.organisation_id), [work.actor.id, *others]
    asked = Asked(asked_by=asked_by, about=about, confirmers=tuple(confirmers[:CONFIRMERS_MAX]))
    return open_for(work, place, command, asked)


@verb(access.END)
def end_task(work: Work, place: str, task_id: UUID) -> TaskView:
    """Take no more time on a task; what was logged goes on. Raises TaskNotFound, NotYours or WrongState."""
    task = task_row(work, place, task_id)
    work.demand_own(asking_side(work, task))
    entries.demand_open(TaskState(task.state))
    _end(work, task)
    return queries.task(work, place, task_id)


def open_for(work: Work, place: str, command: DescribeTask, asked: Asked) -> TaskView:
    """Open a task for whoever asks, for the verb that knows who that is.

    Raises NeighbourhoodNotFound, UnknownTheme, UnknownQuarter, DayWrong or NeedsWrong.
    """
    quarters = {quarter.code for quarter in neighbourhoods.neighbourhood(work, place).quarters}
    policy = neighbourhoods.policy(work, place).rules.initiatives
    tasks.demand_askable(_needs(command), policy, quarters, work.today)
    task = Task(
        id=work.new_id(),
        place=place,
        title=command.title,
        explanation=command.explanation,
        state=TaskState.OPEN,
        opened_by=UUID(work.actor.id),
        opened_on=work.today,
        asked_by=asked.asked_by,
        about=asked.about,
        theme=command.theme,
        quarter=command.quarter,
        on_day=command.on_day,
        age_min=command.age_min,
        norm_minutes=command.norm_minutes,
        needed_minutes=command.needed_minutes,
        needed_by=command.needed_by,
    )
    work.session.add(task)
    work.session.flush()
    confirmers = sorted(set(asked.confirmers))
    work.session.add_all(TaskConfirmer(task_id=task.id, person_id=UUID(person_id)) for person_id in confirmers)
    work.record(TaskOpened(place=place, subject=str(task.id), confirmers=confirmers))
    return queries.task(work, place, task.id)


def end_for(work: Work, place: str, asked_by: Asker, about: str) -> None:
    """End the open tasks of a plan or organisation, for the verb that stops it."""
    of_it = (col(Task.place) == place, col(Task.asked_by) == asked_by, col(Task.about) == about)
    for task in work.session.exec(select(Task).where(*of_it, col(Task.state) == TaskState.OPEN)).all():
        _end(work, task)


@verb(access.SETTLE)
def end_passed(work: Work, place: str) -> int:
    """End the tasks whose day is so long ago that no time can be logged on them, and return how many."""
    is_passed = (col(Task.state) == TaskState.OPEN, col(Task.on_day) < work.today)
    passed = work.session.exec(select(Task).where(col(Task.place) == place, *is_passed)).all()
    if not passed:
        return 0
    days = neighbourhoods.policy(work, place).rules.reciprocity.entry_days_max
    ended = [task for task in passed if task.on_day and task.on_day < work.today - timedelta(days=days)]
    for task in ended:
        _end(work, task)
    return len(ended)


def _end(work: Work, task: Task) -> None:
    """End an open task today."""
    move(work.session, task, ("state",), state=TaskState.ENDED, ended_on=work.today)
    work.record(TaskEnded(place=task.place, subject=str(task.id)))


def _demand_confirmers(work: Work, place: str, confirmers: Iterable[str]) -> None:
    """Do nothing if everybody who may confirm lives or serves in the neighbourhood. Raises UnknownConfirmer."""
    serving = {who.id for who in queries.candidates(work, place)}
    for person_id in confirmers:
        if person_id not in serving and not identity.is_resident(work, place, person_id, work.today):
            raise UnknownConfirmer(_("Somebody on the list does not live or serve in this neighbourhood."))


def _needs(command: DescribeTask) -> Needs:
    """Return what a task asks, for its rules."""
    return Needs(
        theme=command.theme,
        quarter=command.quarter,
        on_day=command.on_day,
        norm_minutes=command.norm_minutes,
        needed_minutes=command.needed_minutes,
        needed_by=command.needed_by,
    )
