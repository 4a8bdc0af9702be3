# SPDX-License-Identifier: EUPL-1.2
"""Logs, confirms and withdraws time, and settles it."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.kit.units import clock
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.reciprocity import access, queries
from wijkbudget.reciprocity.attendance import queries as attendance
from wijkbudget.reciprocity.attendance.service import put_on
from wijkbudget.reciprocity.booking import confirm_time, log_time, step_entry, tell
from wijkbudget.reciprocity.events import TimeSettled, TimeWithdrawn
from wijkbudget.reciprocity.flows import SETTLE
from wijkbudget.reciprocity.models import TimeEntry
from wijkbudget.reciprocity.offers.service import finish_by_time
from wijkbudget.reciprocity.queries.actions import withdrawers
from wijkbudget.reciprocity.queries.time import entry_row
from wijkbudget.reciprocity.rows import confirmers_of, task_row
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.rules.entries import EntryState, Evidence, PersonNotHere, Word
from wijkbudget.reciprocity.schemas import EntryView, LogTime, LogTimeFor, SettledView
from wijkbudget.trail.work import Work, verb

SETTLED_TOGETHER_MAX = 500
"""How many entries one act settles, so that it never holds the writer for long; the rest waits for the next."""


@verb(access.LOG, once=True)
def log(work: Work, place: str, task_id: UUID, command: LogTime) -> EntryView:
    """Log time of your own on a task. Raises TaskNotFound, and as `booking.log_time` does."""
    entry = log_time(work, task_row(work, place, task_id), Word(giver_id=work.actor.id), command)
    return queries.entry(work, place, entry.id)


@verb(access.LOG_FOR, once=True)
def log_for(work: Work, place: str, task_id: UUID, command: LogTimeFor) -> EntryView:
    """Write down time of a resident who does not use a computer; they get a letter that says so.

    Where there is an attendance list for that day, it was on the paper one, so it stands on that list.
    Raises TaskNotFound, PersonNotHere, OwnLog, and as `booking.log_time` does.
    """
    task, person_id = task_row(work, place, task_id), str(command.person_id)
    rules.demand_other(actor_id=work.actor.id, person_id=person_id)
    if not identity.is_resident(work, place, person_id, work.today):
        raise PersonNotHere(_("This person does not live in this neighbourhood."))
    attended = attendance.list_on(work, task_id, command.given_on)
    evidence = Evidence.LIST if attended else Evidence.NONE
    word = Word(giver_id=person_id, logged_by=work.actor.id, evidence=evidence)
    entry = log_time(work, task, word, command)
    if attended:
        put_on(work, attended, entry)
    told = f"Voor de klus “{task.title}” is opgeschreven dat er op {entry.given_on:%d-%m-%Y} tijd is gegeven"
    lines = [
        f"{told}: {clock(entry.minutes)} uur.",
        "Dat is gedaan door een gids van de wijk of een ambtenaar.",
        "Klopt dit niet? Laat het weten bij een gids van de wijk of bij het loket van de gemeente.",
    ]
    tell(work, person_id, "Er is tijd opgeschreven", lines)
    return queries.entry(work, place, entry.id)


@verb(access.CONFIRM)
def confirm(work: Work, place: str, entry_id: UUID) -> EntryView:
    """Confirm time that somebody else gave.

    Raises EntryNotFound, NotYours, OwnTime, OwnHand, SameHousehold or WrongState.
    """
    entry = entry_row(work, place, entry_id)
    work.demand_own(confirmers_of(work, entry.task_id))
    confirm_time(work, entry)
    return queries.entry(work, place, entry_id)


@verb(access.WITHDRAW)
def withdraw(work: Work, place: str, entry_id: UUID) -> EntryView:
    """Take back time of your own that does not count yet, or that you wrote down for somebody and nobody confirmed.

    Raises EntryNotFound, NotYours or WrongState.
    """
    entry = entry_row(work, place, entry_id)
    work.demand_own(withdrawers(entry))
    rules.demand_step(EntryState(entry.state), EntryState.WITHDRAWN)
    step_entry(work, entry, EntryState.WITHDRAWN)
    work.record(TimeWithdrawn(place=place, subject=str(entry_id)))
    return queries.entry(work, place, entry_id)


@verb(access.SETTLE)
def settle(work: Work, place: str) -> SettledView:
    """Put confirmed time in the books once it can no longer be disputed; run twice, it does nothing more.

    At most 500 entries at once: whoever runs it goes on until none is left.
    """
    due = (
        select(TimeEntry)
        .where(
            col(TimeEntry.place) == place,
            col(TimeEntry.state) == EntryState.CONFIRMED,
            col(TimeEntry.objections_until) <= work.today,
        )
        .order_by(col(TimeEntry.id))
        .limit(SETTLED_TOGETHER_MAX)
    )
    entries = work.session.exec(due).all()
    if not entries:
        return SettledView(entry_count=0, amount_minutes=0)
    ledger.post(work, place, *(_transfer(place, entry) for entry in entries))
    ids = [entry.id for entry in entries]
    settled = (
        update(TimeEntry)
        .where(col(TimeEntry.id).in_(ids), col(TimeEntry.state) == EntryState.CONFIRMED)
        .values(state=EntryState.SETTLED, settled_on=work.today)
    )
    hit = work.session.connection().execute(settled).rowcount
    assert hit == len(ids), "an entry changed while it was settled"
    finish_by_time(work, ids)
    minutes = sum(entry.minutes for entry in entries)
    entry_ids = [str(id_) for id_ in ids]
    work.record(TimeSettled(place=place, subject=place, entry_ids=entry_ids, amount_minutes=minutes))
    return SettledView(entry_count=len(ids), amount_minutes=minutes)


def _transfer(place: str, entry: TimeEntry) -> Transfer:
    """Return the transfer that puts one entry in the books, once."""
    return SETTLE.transfer(chart.TIME, chart.given_time(place, str(entry.person_id)), entry.minutes, entry.id)
