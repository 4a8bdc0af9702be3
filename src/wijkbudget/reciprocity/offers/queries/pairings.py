# SPDX-License-Identifier: EUPL-1.2
"""Reads which helpers and tasks were brought together, for the two sides only; and how many, for everybody."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.models import Task, TaskConfirmer
from wijkbudget.reciprocity.offers import access, rules
from wijkbudget.reciprocity.offers.models import Pairing, PairingMessage
from wijkbudget.reciprocity.offers.queries.fitting import can_pair, fitting_offers, fitting_tasks
from wijkbudget.reciprocity.offers.queries.offers import open_rows, views_of
from wijkbudget.reciprocity.offers.rules import LIVE, MESSAGES_MAX, PairingNotFound, PairingState, Side
from wijkbudget.reciprocity.offers.schemas import (
    FittingOfferView,
    FittingTaskView,
    MessageView,
    OwnHelpView,
    PairingCount,
    PairingLineView,
    PairingView,
    TaskHelpView,
)
from wijkbudget.reciprocity.queries.tasks import lines_of, totals
from wijkbudget.reciprocity.rows import asking_side, shown_task_row
from wijkbudget.reciprocity.rules.entries import TaskState
from wijkbudget.trail.work import Look, question

PAIRINGS_MAX = 100
"""How many a page shows: those that go on, and then the newest."""


@question(access.SEE)
def own_help(look: Look, place: str) -> OwnHelpView:
    """Return what the reader offers, which tasks fit that, and all they were brought together with."""
    me = UUID(look.actor.id)
    fits = fitting_tasks(look, place, look.actor.id)
    lines = lines_of(look, place, [task for task, _reasons in fits], totals(look, place))
    answer_for = select(TaskConfirmer.task_id).where(col(TaskConfirmer.person_id) == me)
    opened = select(Task.id).where(col(Task.opened_by) == me)
    task_id = col(Pairing.task_id)
    mine = or_(col(Pairing.person_id) == me, task_id.in_(answer_for), task_id.in_(opened))
    return OwnHelpView(
        offers=views_of(look, place, open_rows(look, place, me)),
        fitting=[
            FittingTaskView(task=line, reasons=list(reasons), weekday=line.on_day and rules.weekday_of(line.on_day))
            for line, (_task, reasons) in zip(lines, fits, strict=True)
        ],
        pairings=_lines(look, _rows(look, place, mine)),
    )


@question(access.LOOK)
def help_on(look: Look, place: str, task_id: UUID) -> TaskHelpView:
    """Return who could help with a task and who does, as far as the reader may know. Raises TaskNotFound."""
    task = shown_task_row(look, place, task_id)
    is_asker = look.actor.id in asking_side(look, task)
    fits = fitting_offers(look, task) if is_asker and task.state == TaskState.OPEN else []
    offers = views_of(look, place, [row for row, _reasons in fits])
    of_task = col(Pairing.task_id) == task_id
    if is_asker:
        rows = _rows(look, place, of_task)
    elif access.OFFER.allows(look.roles):
        rows = _rows(look, place, and_(of_task, col(Pairing.person_id) == UUID(look.actor.id)))
    else:
        rows = []
    is_free = task.state == TaskState.OPEN and access.OFFER.allows(look.roles)
    return TaskHelpView(
        weekday=task.on_day and rules.weekday_of(task.on_day),
        may_propose=is_free and can_pair(look, task, look.actor.id),
        fitting=[
            FittingOfferView(offer=offer, reasons=list(reasons))
            for offer, (_row, reasons) in zip(offers, fits, strict=True)
        ],
        pairings=_lines(look, rows),
    )


@question(access.SIDES)
def pairing(look: Look, place: str, pairing_id: UUID) -> PairingView:
    """Return a task and a helper, with what they wrote each other. Raises PairingNotFound or NotYours."""
    row = pairing_row(look, place, pairing_id)
    sides = sides_of(look, row)
    look.demand_own(sides)
    written = select(PairingMessage).where(col(PairingMessage.pairing_id) == pairing_id)
    ordered = written.order_by(col(PairingMessage.sent_at), col(PairingMessage.id)).limit(MESSAGES_MAX)
    messages = look.session.exec(ordered).all()
    names = identity.names(look, sides)
    (line,) = _lines(look, [row])
    return PairingView(
        **line.model_dump(),
        messages=[
            MessageView(
                name=names.get(str(message.sender_id), ""),
                words=message.words,
                sent_at=message.sent_at,
                is_own=str(message.sender_id) == look.actor.id,
            )
            for message in messages
        ],
        may_write=row.state == PairingState.ACCEPTED and len(messages) < MESSAGES_MAX,
        readers=sorted(names.values()) if row.accepted_on else [],
    )


def pairing_counts(look: Look, place: str, since: date, until: date) -> list[PairingCount]:
    """Return how many helpers and tasks were brought together from a day on until before another.

    By theme and small area, in that order; what is of no theme or of the whole neighbourhood comes first.
    """
    started = and_(col(Pairing.accepted_on) >= since, col(Pairing.accepted_on) < until)
    finished = and_(
        col(Pairing.state) == PairingState.FINISHED, col(Pairing.ended_on) >= since, col(Pairing.ended_on) < until
    )
    rows = (
        select(
            col(Task.theme),
            col(Task.quarter),
            func.sum(case((started, 1), else_=0)),
            func.sum(case((finished, 1), else_=0)),
        )
        .join(Pairing, col(Pairing.task_id) == col(Task.id))
        .where(col(Pairing.place) == place, or_(started, finished))
        .group_by(col(Task.theme), col(Task.quarter))
    )
    counts = [
        PairingCount(theme=theme, quarter=quarter, started=int(started_), finished=int(finished_))
        for theme, quarter, started_, finished_ in look.session.exec(rows).all()
    ]
    return sorted(counts, key=lambda count: (count.theme or "", count.quarter or ""))


def pairing_row(look: Look, place: str, pairing_id: UUID) -> Pairing:
    """Return the row of a pairing. Raises PairingNotFound."""
    found = select(Pairing).where(col(Pairing.id) == pairing_id, col(Pairing.place) == place)
    row = look.session.exec(found).first()
    if row is None:
        raise PairingNotFound(_("Nothing was agreed here under this address."))
    return row


def sides_of(look: Look, row: Pairing) -> frozenset[str]:
    """Return everybody on the two sides of a pairing."""
    task = look.session.get(Task, row.task_id)
    assert task is not None
    return asking_side(look, task) | {str(row.person_id)}


def side_of(look: Look, row: Pairing) -> Side:
    """Return on which side the reader is, who is on one of them."""
    return Side.HELPER if look.actor.id == str(row.person_id) else Side.ASKER


def _rows(look: Look, place: str, which: Any) -> Sequence[Pairing]:
    """Return pairings, those that go on first and then the newest."""
    is_over = case((col(Pairing.state).in_(LIVE), 0), else_=1)
    found = select(Pairing).where(col(Pairing.place) == place, which)
    ordered = found.order_by(is_over, col(Pairing.proposed_on).desc(), col(Pairing.id)).limit(PAIRINGS_MAX)
    return look.session.exec(ordered).all()


def _lines(look: Look, rows: Sequence[Pairing]) -> list[PairingLineView]:
    """Return pairings as a list shows them to the reader, in the order given."""
    ids = {row.task_id for row in rows}
    tasks = {task.id: task for task in look.session.exec(select(Task).where(col(Task.id).in_(ids))).all()}
    names = identity.names(look, {str(row.person_id) for row in rows} | {str(one.opened_by) for one in tasks.values()})
    lines = []
    for row in rows:
        side, task, state = side_of(look, row), tasks[row.task_id], PairingState(row.state)
        lines.append(
            PairingLineView(
                id=row.id,
                task_id=row.task_id,
                task_title=task.title,
                state=state,
                side=side,
                proposed_by=Side(row.proposed_by),
                proposed_on=row.proposed_on,
                name=_name(row, task, side, names),
                next_states=list(rules.next_states(state, is_proposer=side == row.proposed_by)),
            )
        )
    return lines


def _name(row: Pairing, task: Task, side: Side, names: dict[str, str]) -> str | None:
    """Return who the other is, as far as the reader may know: all of it once both said yes."""
    if side is Side.ASKER:
        name = names.get(str(row.person_id), "")
        return name if row.accepted_on else rules.first_name(name)
    return names.get(str(task.opened_by), "") if row.accepted_on else None
