# SPDX-License-Identifier: EUPL-1.2
"""Reads the time that people gave: with names only for whoever needs them, and with what the reader may do."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import Task, TimeCorrection, TimeDispute, TimeEntry
from wijkbudget.reciprocity.queries.actions import actions_of
from wijkbudget.reciprocity.queries.tasks import lines_of, totals
from wijkbudget.reciprocity.rows import asking_side, confirmers_of, may_give, shown_task_row, task_row
from wijkbudget.reciprocity.rules.entries import (
    COUNTED,
    WAITING,
    EntryKind,
    EntryNotFound,
    EntryState,
    Evidence,
    Ruling,
    TaskState,
)
from wijkbudget.reciprocity.rules.limits import GivenTime, week_of
from wijkbudget.reciprocity.rules.tasks import Asker
from wijkbudget.reciprocity.schemas import CorrectionView, DisputeView, EntryView, TaskView
from wijkbudget.trail.work import Look, question

ENTRIES_MAX = 200

PUBLIC = (
    EntryState.CONFIRMED,
    EntryState.DISPUTED,
    EntryState.SETTLED,
    EntryState.REJECTED,
    EntryState.REVERSED,
)
"""What every resident may see, without names or reasons."""


@question(access.LOOK)
def task(look: Look, place: str, task_id: UUID) -> TaskView:
    """Return a task with the time on it that is not settled yet, oldest first. Raises TaskNotFound."""
    row = shown_task_row(look, place, task_id)
    confirmers = confirmers_of(look, task_id)
    is_asker = look.actor.id in asking_side(look, row)
    waiting = select(TimeEntry).where(
        col(TimeEntry.task_id) == task_id, col(TimeEntry.place) == place, col(TimeEntry.state).in_(WAITING)
    )
    ordered = waiting.order_by(col(TimeEntry.given_on), col(TimeEntry.id)).limit(ENTRIES_MAX)
    shown = [found for found in look.session.exec(ordered).all() if _is_shown(look, found, confirmers)]
    # A neighbour who asks confirms too, and who asks for help is told to nobody but the guides on the list.
    is_told = is_asker or (row.asked_by != Asker.NEIGHBOUR and access.SEE.allows(look.roles))
    names = identity.names(look, confirmers) if is_told else {}
    (line,) = lines_of(look, place, [row], totals(look, place, task_id))
    return TaskView(
        **line.model_dump(),
        explanation=row.explanation,
        confirmers=[PersonView(id=id_, name=name) for id_, name in sorted(names.items(), key=lambda one: one[1])],
        entries=_views(look, shown, {task_id: row.title}, {task_id: confirmers}),
        may_log=line.state is TaskState.OPEN and access.LOG.allows(look.roles) and may_give(look, row, look.actor.id),
        may_end=line.state is TaskState.OPEN and _may_end(look, is_asker=is_asker),
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


def _may_end(look: Look, *, is_asker: bool) -> bool:
    return access.END.allows(look.roles) and (is_asker or not access.END.only_own(look.roles))


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


def week_beside(look: Look, person_id: str, day: date) -> list[GivenTime]:
    """Return what somebody logged in the week of a day, in whatever neighbourhood, and what still counts of it."""
    monday, next_monday = week_of(day)
    week = select(col(TimeEntry.given_on), col(TimeEntry.minutes), col(TimeEntry.start_minutes)).where(
        col(TimeEntry.person_id) == UUID(person_id),
        col(TimeEntry.state).in_(COUNTED),
        col(TimeEntry.given_on) >= monday,
        col(TimeEntry.given_on) < next_monday,
    )
    return [
        GivenTime(given_on=given_on, minutes=minutes, start_minutes=start)
        for given_on, minutes, start in look.session.exec(week).all()
    ]


def correction_row(look: Look, place: str, entry_id: UUID) -> TimeCorrection | None:
    """Return the correction of settled time, if there is or was one."""
    found = select(TimeCorrection).where(col(TimeCorrection.entry_id) == entry_id, col(TimeCorrection.place) == place)
    return look.session.exec(found).first()


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
    disputes, corrections = _disputes(look, rows), _corrections(look, rows)
    return [
        EntryView(
            id=row.id,
            task_id=row.task_id,
            task_title=titles[row.task_id],
            person_name=names.get(str(row.person_id)) if row in named else None,
            given_on=row.given_on,
            minutes=row.minutes,
            start_minutes=row.start_minutes if row in named else None,
            kind=EntryKind(row.kind),
            note=row.note if row in named else None,
            evidence=Evidence(row.evidence),
            is_by_helper=row in named and row.logged_by is not None,
            state=EntryState(row.state),
            objections_until=row.objections_until,
            settled_on=row.settled_on,
            dispute=_dispute_view(look, disputes.get(row.id), is_named=row in named),
            correction=_correction_view(corrections.get(row.id), is_named=row in named),
            actions=list(actions_of(look, row, confirmers[row.task_id], disputes.get(row.id), corrections.get(row.id))),
        )
        for row in rows
    ]


def _disputes(look: Look, rows: Sequence[TimeEntry]) -> dict[UUID, TimeDispute]:
    ids = [row.id for row in rows]
    found = look.session.exec(select(TimeDispute).where(col(TimeDispute.entry_id).in_(ids))).all()
    return {dispute.entry_id: dispute for dispute in found}


def _corrections(look: Look, rows: Sequence[TimeEntry]) -> dict[UUID, TimeCorrection]:
    ids = [row.id for row in rows]
    found = look.session.exec(select(TimeCorrection).where(col(TimeCorrection.entry_id).in_(ids))).all()
    return {correction.entry_id: correction for correction in found}


def _correction_view(row: TimeCorrection | None, *, is_named: bool) -> CorrectionView | None:
    """Return a correction for whoever sees the name; its reasons can say who somebody is."""
    if row is None or not is_named:
        return None
    return CorrectionView(
        corrected_on=row.corrected_on,
        reason=row.reason,
        objections_until=row.objections_until,
        objection=row.objection,
        ruled_on=row.ruled_on,
        ruling=Ruling(row.ruling) if row.ruling else None,
        ruling_reason=row.ruling_reason,
    )


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
