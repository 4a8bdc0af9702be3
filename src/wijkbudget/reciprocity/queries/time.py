# SPDX-License-Identifier: EUPL-1.2
"""Reads the time that people gave: with names only for whoever needs them, and with what the reader may do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.actor import May
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import Task, TimeDispute, TimeEntry
from wijkbudget.reciprocity.queries.tasks import confirmers_of, line_of, task_row, totals
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.rules.entries import COUNTED, WAITING, EntryNotFound, EntryState, Ruling, TaskState, week_of
from wijkbudget.reciprocity.schemas import Action, DisputeView, EntryView, TaskView
from wijkbudget.trail.work import Look, question

ENTRIES_MAX = 200

PUBLIC = (EntryState.CONFIRMED, EntryState.DISPUTED, EntryState.SETTLED, EntryState.REJECTED)
"""What every resident may see, without names or reasons."""


@question(access.LOOK)
def task(look: Look, place: str, task_id: UUID) -> TaskView:
    """Return a task with the time on it that is not settled yet, oldest first. Raises TaskNotFound."""
    row = task_row(look, place, task_id)
    confirmers = confirmers_of(look, task_id)
    waiting = select(TimeEntry).where(
        col(TimeEntry.task_id) == task_id, col(TimeEntry.place) == place, col(TimeEntry.state).in_(WAITING)
    )
    ordered = waiting.order_by(col(TimeEntry.given_on), col(TimeEntry.id)).limit(ENTRIES_MAX)
    shown = [found for found in look.session.exec(ordered).all() if _is_shown(look, found, confirmers)]
    names = identity.names(look, confirmers) if access.SEE.allows(look.roles) else {}
    line = line_of(row, totals(look, place, task_id).get(task_id, (0, 0, 0)))
    return TaskView(
        **line.model_dump(),
        explanation=row.explanation,
        confirmers=[PersonView(id=id_, name=name) for id_, name in sorted(names.items(), key=lambda one: one[1])],
        entries=_views(look, shown, {task_id: row.title}, {task_id: confirmers}),
        may_log=line.state is TaskState.OPEN and access.LOG.allows(look.roles),
    )


@question(access.SEE)
def entry(look: Look, place: str, entry_id: UUID) -> EntryView:
    """Return logged time. Raises EntryNotFound, also where it is not for the reader to see."""
    row = entry_row(look, place, entry_id)
    confirmers = confirmers_of(look, row.task_id)
    if not _is_shown(look, row, confirmers):
        raise EntryNotFound(_("There is no such time here, or it is not for you to see."))
    title = task_row(look, place, row.task_id).title
    return _views(look, [row], {row.task_id: title}, {row.task_id: confirmers})[0]


@question(access.SEE_OWN_TIME)
def entries_of(look: Look, place: str, person_id: str) -> list[EntryView]:
    """Return the time that somebody logged, newest first, at most 200. Raises NotYours."""
    look.demand_own({person_id})
    found = select(TimeEntry).where(col(TimeEntry.place) == place, col(TimeEntry.person_id) == UUID(person_id))
    ordered = found.order_by(col(TimeEntry.given_on).desc(), col(TimeEntry.id)).limit(ENTRIES_MAX)
    rows = look.session.exec(ordered).all()
    ids = {row.task_id for row in rows}
    titles = dict(look.session.exec(select(Task.id, Task.title).where(col(Task.id).in_(ids))).all())
    return _views(look, rows, titles, {id_: confirmers_of(look, id_) for id_ in ids})


def entry_row(look: Look, place: str, entry_id: UUID) -> TimeEntry:
    """Return the row of logged time. Raises EntryNotFound."""
    found = select(TimeEntry).where(col(TimeEntry.id) == entry_id, col(TimeEntry.place) == place)
    row = look.session.exec(found).first()
    if row is None:
        raise EntryNotFound(_("There is no such time here, or it is not for you to see."))
    return row


def dispute_row(look: Look, place: str, entry_id: UUID) -> TimeDispute | None:
    """Return the dispute about logged time, if there is or was one."""
    found = select(TimeDispute).where(col(TimeDispute.entry_id) == entry_id, col(TimeDispute.place) == place)
    return look.session.exec(found).first()


def logged_minutes(look: Look, place: str, row: TimeEntry) -> tuple[int, int]:
    """Return how much the giver of an entry logged on its day and in its week, this entry not counted."""
    monday, next_monday = week_of(row.given_on)
    week = (
        select(col(TimeEntry.given_on), func.sum(col(TimeEntry.minutes)))
        .where(
            col(TimeEntry.place) == place,
            col(TimeEntry.person_id) == row.person_id,
            col(TimeEntry.state).in_(COUNTED),
            col(TimeEntry.given_on) >= monday,
            col(TimeEntry.given_on) < next_monday,
            col(TimeEntry.id) != row.id,
        )
        .group_by(col(TimeEntry.given_on))
    )
    per_day = {day: int(total) for day, total in look.session.exec(week).all()}
    return per_day.get(row.given_on, 0), sum(per_day.values())


def _is_shown(look: Look, row: TimeEntry, confirmers: Iterable[str]) -> bool:
    """Return whether the reader may see this time at all, with or without a name."""
    if _sees_name(look, row, confirmers):
        return True
    return access.SEE.allows(look.roles) and row.state in PUBLIC


def _sees_name(look: Look, row: TimeEntry, confirmers: Iterable[str]) -> bool:
    return access.SEE_NAMES.allows(look.roles) or look.actor.id in {str(row.person_id), *confirmers}


def _views(
    look: Look, rows: Sequence[TimeEntry], titles: dict[UUID, str], confirmers: dict[UUID, list[str]]
) -> list[EntryView]:
    """Return views of entries, in the order given."""
    named = [row for row in rows if _sees_name(look, row, confirmers[row.task_id])]
    names = identity.names(look, {str(row.person_id) for row in named})
    disputes = _disputes(look, rows)
    return [
        EntryView(
            id=row.id,
            task_id=row.task_id,
            task_title=titles[row.task_id],
            person_name=names.get(str(row.person_id)) if row in named else None,
            given_on=row.given_on,
            minutes=row.minutes,
            state=EntryState(row.state),
            objections_until=row.objections_until,
            settled_on=row.settled_on,
            dispute=_dispute_view(look, disputes.get(row.id), is_named=row in named),
            actions=list(_actions(look, row, confirmers[row.task_id], disputes.get(row.id))),
        )
        for row in rows
    ]


def _disputes(look: Look, rows: Sequence[TimeEntry]) -> dict[UUID, TimeDispute]:
    ids = [row.id for row in rows]
    found = look.session.exec(select(TimeDispute).where(col(TimeDispute.entry_id).in_(ids))).all()
    return {dispute.entry_id: dispute for dispute in found}


def _dispute_view(look: Look, row: TimeDispute | None, *, is_named: bool) -> DisputeView | None:
    """Return a dispute for whoever sees the name, or raised it; its reasons can say who somebody is."""
    if row is None or not (is_named or look.actor.id == str(row.raised_by)):
        return None
    return DisputeView(
        raised_on=row.raised_on,
        reason=row.reason,
        ruled_on=row.ruled_on,
        ruling=Ruling(row.ruling) if row.ruling else None,
        ruling_reason=row.ruling_reason,
    )


def _actions(look: Look, row: TimeEntry, confirmers: Sequence[str], dispute: TimeDispute | None) -> Iterator[Action]:
    """Yield what the reader may do, by the same rules that the verbs ask; a verb can still refuse a household."""
    giver, me, now = str(row.person_id), look.actor.id, EntryState(row.state)

    def is_open(door: May, then: EntryState, demand: Callable[[], None], *, own: Iterable[str] | None = None) -> bool:
        if not door.allows(look.roles) or (own is not None and me not in own):
            return False
        with suppress(Refusal):
            rules.demand_step(now, then)
            demand()
            return True
        return False

    def disputable() -> None:
        rules.demand_disputable(
            actor_id=me,
            giver_id=giver,
            today=look.today,
            objections_until=row.objections_until,
            is_ruled=dispute is not None,
        )

    def confirmable() -> None:
        rules.demand_confirmer(actor_id=me, giver_id=giver, is_same_household=False)

    if now is EntryState.LOGGED and is_open(access.CONFIRM, EntryState.CONFIRMED, confirmable, own=confirmers):
        yield "confirm"
    if is_open(access.WITHDRAW, EntryState.WITHDRAWN, lambda: None, own=(giver,)):
        yield "withdraw"
    if is_open(access.DISPUTE, EntryState.DISPUTED, disputable):
        yield "dispute"
    if is_open(
        access.RULE, EntryState.REJECTED, lambda: rules.demand_ruler(actor_id=me, concerned=concerned(row, dispute))
    ):
        yield "rule_on"


def concerned(row: TimeEntry, dispute: TimeDispute | None) -> set[str]:
    """Return who has a part in a dispute: the giver, the confirmer and who raised it."""
    people = (row.person_id, row.confirmed_by, dispute.raised_by if dispute else None)
    return {str(person) for person in people if person}
