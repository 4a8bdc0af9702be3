# SPDX-License-Identifier: EUPL-1.2
"""Reads what was pledged, what becomes of it, and what it counts for; and proves that the sums are right."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import days_after, months_after
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.models import Task, TimeEntry
from wijkbudget.reciprocity.pledges import access, rules
from wijkbudget.reciprocity.pledges.models import TimePledge
from wijkbudget.reciprocity.pledges.rules import (
    BARRED_MONTHS,
    PLEDGED_MINUTES_MAX,
    Need,
    PledgeNotFound,
    PledgeState,
    Progress,
)
from wijkbudget.reciprocity.pledges.schemas import PledgedTaskView, PledgeView
from wijkbudget.reciprocity.rows import confirmers_of, shown_task_row
from wijkbudget.reciprocity.rules.entries import EntryState, TaskState
from wijkbudget.reciprocity.rules.voices import Pledged
from wijkbudget.trail.work import Look, question

_OF_IT = (
    col(TimeEntry.task_id) == col(TimePledge.task_id),
    col(TimeEntry.person_id) == col(TimePledge.person_id),
    col(TimeEntry.given_on) >= col(TimePledge.pledged_on),
    col(TimeEntry.given_on) <= col(Task.needed_by),
)
"""What makes time that somebody gave a part of what they pledged."""


class Found(NamedTuple):
    """A pledge with its task, and the time that was given of it."""

    pledge: TimePledge
    task: Task
    settled_minutes: int
    waits: bool

    @property
    def progress(self) -> Progress:
        """Return how far it is."""
        assert self.task.needed_by is not None, "only a task that asks for pledges has them"
        return Progress(
            state=PledgeState(self.pledge.state),
            minutes=self.pledge.minutes,
            needed_by=self.task.needed_by,
            has_started=self.task.started_on is not None,
            has_ended=self.task.state == TaskState.ENDED,
            settled_minutes=self.settled_minutes,
            waits=self.waits,
        )


@question(access.LOOK)
def pledged_to(look: Look, place: str, task_id: UUID) -> PledgedTaskView:
    """Return how much time is pledged to a task; by name only for whoever needs that. Raises TaskNotFound."""
    task = shown_task_row(look, place, task_id)
    need = need_of(task)
    rows = found(look, place, col(TimePledge.task_id) == task_id, col(TimePledge.state) != PledgeState.WITHDRAWN)
    own = next((row for row in rows if str(row.pledge.person_id) == look.actor.id), None)
    most = min(need.missing_minutes, PLEDGED_MINUTES_MAX)
    return PledgedTaskView(
        task_id=task_id,
        task_title=task.title,
        needed_minutes=task.needed_minutes,
        pledged_minutes=task.pledged_minutes,
        missing_minutes=need.missing_minutes,
        giver_count=len(rows),
        needed_by=task.needed_by,
        started_on=task.started_on,
        own=_view(look, own, None) if own else None,
        pledges=_named(look, rows) if _sees_names(look, task_id) else [],
        may_pledge=access.PLEDGE.allows(look.roles) and own is None and need.takes_pledges(look.today),
        most_minutes=most,
    )


@question(access.SEE_OWN)
def pledges_of(look: Look, place: str, person_id: str) -> list[PledgeView]:
    """Return the time that somebody pledged: first what is not over, and then the newest. Raises NotYours."""
    look.demand_own({person_id})
    rows = found(look, place, col(TimePledge.person_id) == UUID(person_id))
    views = [_view(look, row, None) for row in rows]
    return sorted(
        views, key=lambda view: (bool(view.closed_on), -view.pledged_on.toordinal(), view.task_title, str(view.id))
    )


@question(access.LIFT)
def liftable(look: Look, place: str) -> list[PledgeView]:
    """Return the pledges that bind or were not kept, by name: those that a person can be asked to lift."""
    binds = and_(col(TimePledge.state) == PledgeState.OPEN, col(Task.started_on).is_not(None))
    return _named(look, found(look, place, or_(binds, col(TimePledge.state) == PledgeState.UNKEPT)))


def pledged(look: Look, place: str, on: date) -> dict[str, Pledged]:
    """Return what open pledges count for each person on a day, and whether an unkept one bars theirs.

    Open is what was pledged to a task that started, so that it binds, and can still be given, less what of it is
    settled, so that nothing counts twice. An unkept pledge bars for six months, or until it is kept or lifted.
    """
    stood = or_(col(TimePledge.closed_on).is_(None), col(TimePledge.closed_on) > on)
    began = and_(col(Task.started_on) <= on, col(Task.needed_by) >= on)
    rows = (
        select(col(TimePledge.person_id), col(TimePledge.minutes), _settled(on), col(TimePledge.unkept_on))
        .join(Task, col(Task.id) == col(TimePledge.task_id))
        .where(
            col(TimePledge.place) == place,
            col(TimePledge.pledged_on) <= on,
            stood,
            or_(began, col(TimePledge.unkept_on) <= on),
        )
    )
    counts: dict[str, Pledged] = {}
    for person_id, minutes, given, unkept_on in look.session.exec(rows).all():
        before = counts.get(str(person_id), Pledged())
        if unkept_on is not None and unkept_on <= on:
            bars, left = on < months_after(unkept_on, BARRED_MONTHS), 0
        else:
            bars, left = False, max(0, minutes - int(given))
        counts[str(person_id)] = Pledged(open_minutes=before.open_minutes + left, is_barred=before.is_barred or bars)
    return counts


def promised_minutes(look: Look, person_id: str) -> int:
    """Return all that somebody promised and is still to give, in every neighbourhood."""
    rows = select(func.coalesce(func.sum(col(TimePledge.minutes)), 0)).where(
        col(TimePledge.person_id) == UUID(person_id), col(TimePledge.state) == PledgeState.OPEN
    )
    return int(look.session.exec(rows).one())


def undecided(look: Look, place: str) -> list[Found]:
    """Return the pledges of which it can change by itself what becomes of them."""
    return found(look, place, col(TimePledge.state).in_((PledgeState.OPEN, PledgeState.UNKEPT)))


def found(look: Look, place: str, *which: ColumnElement[bool]) -> list[Found]:
    """Return pledges of a neighbourhood with their tasks and the time that was given of them, in order of their ids.

    Choice: time that nobody confirmed waits no longer than time can be logged; else nobody would ever break a pledge.
    """
    rows = (
        select_columns(
            TimePledge,
            Task,
            _settled(look.today),
            _is_there(EntryState.CONFIRMED, EntryState.DISPUTED),
            _is_there(EntryState.LOGGED),
        )
        .join(Task, col(Task.id) == col(TimePledge.task_id))
        .where(col(TimePledge.place) == place, *which)
        .order_by(col(TimePledge.id))
    )
    pledges = look.session.execute(rows).all()
    # A neighbourhood without a policy has no tasks either, so it is asked only then.
    entry_days = neighbourhoods.policy(look, place).rules.reciprocity.entry_days_max if pledges else 0
    last = days_after(look.today, -entry_days)
    return [
        Found(pledge, task, int(given), bool(confirmed or (logged and task.needed_by and task.needed_by >= last)))
        for pledge, task, given, confirmed, logged in pledges
    ]


def one(look: Look, place: str, pledge_id: UUID) -> Found:
    """Return a pledge of this neighbourhood. Raises PledgeNotFound."""
    rows = found(look, place, col(TimePledge.id) == pledge_id)
    if not rows:
        raise PledgeNotFound(_("There is no such pledge here, or it is not for you to see."))
    return rows[0]


def pledge_view(look: Look, place: str, pledge_id: UUID) -> PledgeView:
    """Return a pledge as a verb leaves it, without a name. Raises PledgeNotFound."""
    return _view(look, one(look, place, pledge_id), None)


def need_of(task: Task) -> Need:
    """Return how much time a task needs, and how far that is."""
    return Need(
        needed_minutes=task.needed_minutes,
        needed_by=task.needed_by,
        pledged_minutes=task.pledged_minutes,
        is_open=task.state == TaskState.OPEN,
    )


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each task whose pledges are not what it says, and each pledge that its task does not bear."""
    stands = col(TimePledge.state) != PledgeState.WITHDRAWN
    sums = select(col(TimePledge.task_id), func.sum(col(TimePledge.minutes))).where(stands)
    given = {task_id: int(total) for task_id, total in look.session.exec(sums.group_by(col(TimePledge.task_id)))}
    for task in look.session.exec(select(Task).where(or_(col(Task.pledged_minutes) > 0, col(Task.id).in_(given)))):
        if task.pledged_minutes != given.get(task.id, 0):
            shows = f"says {task.pledged_minutes} minutes are pledged, its pledges say {given.get(task.id, 0)}"
            yield Fault("what is pledged to a task is the sum of its pledges", f"task {task.id}", shows)
    binding = (PledgeState.KEPT, PledgeState.UNKEPT, PledgeState.LIFTED)
    loose = (
        select(TimePledge.id)
        .join(Task, col(Task.id) == col(TimePledge.task_id))
        .where(col(TimePledge.state).in_(binding), col(Task.started_on).is_(None))
    )
    for pledge_id in look.session.exec(loose):
        yield Fault(
            "a pledge binds once its task starts", f"pledge {pledge_id}", "was judged, and its task never started"
        )


def _settled(on: date) -> Any:
    """Return, for a query of pledges with their tasks, how much was given of each and counts on a day."""
    stood = or_(col(TimeEntry.state) == EntryState.SETTLED, col(TimeEntry.reversed_on) > on)
    return (
        select(func.coalesce(func.sum(col(TimeEntry.minutes)), 0))
        .where(*_OF_IT, col(TimeEntry.settled_on) <= on, stood)
        .correlate(TimePledge, Task)
        .scalar_subquery()
    )


def _is_there(*states: EntryState) -> Any:
    """Return, for the same query, whether time of a pledge is in one of some states."""
    return exists().where(*_OF_IT, col(TimeEntry.state).in_(states)).correlate(TimePledge, Task)


def _sees_names(look: Look, task_id: UUID) -> bool:
    """Return whether whoever asks has to know who comes to help, or can be asked to lift a pledge."""
    return access.SEE_NAMES.allows(look.roles) or look.actor.id in confirmers_of(look, task_id)


def _named(look: Look, rows: list[Found]) -> list[PledgeView]:
    names = identity.names(look, {str(row.pledge.person_id) for row in rows})
    views = [_view(look, row, names.get(str(row.pledge.person_id), "")) for row in rows]
    return sorted(views, key=lambda view: (view.needed_by, view.person_name or "", str(view.id)))


def _view(look: Look, row: Found, person_name: str | None) -> PledgeView:
    progress = row.progress
    giver = str(row.pledge.person_id)
    is_own = giver == look.actor.id
    return PledgeView(
        id=row.pledge.id,
        task_id=row.task.id,
        task_title=row.task.title,
        person_name=person_name,
        minutes=row.pledge.minutes,
        settled_minutes=row.settled_minutes,
        state=progress.state,
        pledged_on=row.pledge.pledged_on,
        needed_by=progress.needed_by,
        started_on=row.task.started_on,
        unkept_on=row.pledge.unkept_on,
        closed_on=row.pledge.closed_on,
        may_withdraw=is_own
        and access.WITHDRAW.allows(look.roles)
        and progress.state is PledgeState.OPEN
        and not progress.has_started,
        may_lift=not is_own
        and access.LIFT.allows(look.roles)
        and rules.can_be_lifted(progress.state, has_started=progress.has_started),
    )
