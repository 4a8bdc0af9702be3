# SPDX-License-Identifier: EUPL-1.2
"""What people do with time: open a task, log, confirm, dispute, rule, withdraw, exempt; and how it settles."""

from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import access, queries
from wijkbudget.reciprocity.events import (
    DisputeRuledOn,
    PersonExempted,
    TaskEnded,
    TaskOpened,
    TimeConfirmed,
    TimeDisputed,
    TimeLogged,
    TimeSettled,
    TimeWithdrawn,
)
from wijkbudget.reciprocity.flows import SETTLE
from wijkbudget.reciprocity.models import Exemption, Task, TaskConfirmer, TimeDispute, TimeEntry
from wijkbudget.reciprocity.queries.tasks import confirmers_of, task_row
from wijkbudget.reciprocity.queries.time import concerned, dispute_row, entry_row, logged_minutes
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.rules.entries import (
    EntryState,
    PersonNotHere,
    Ruling,
    TaskState,
    TimeDraft,
    UnknownConfirmer,
)
from wijkbudget.reciprocity.schemas import (
    DisputeTime,
    EntryView,
    ExemptionView,
    GrantExemption,
    LogTime,
    OpenTask,
    RuleOnDispute,
    SettledView,
    TaskView,
)
from wijkbudget.trail.work import Work, verb

SETTLED_TOGETHER_MAX = 500
"""How many entries one act settles, so that it never holds the writer for long; the rest waits for the next."""


@verb(access.OPEN)
def open_task(work: Work, place: str, command: OpenTask) -> TaskView:
    """Open a task. Raises NeighbourhoodNotFound or UnknownConfirmer."""
    neighbourhoods.neighbourhood(work, place)
    confirmers = sorted({str(person_id) for person_id in command.confirmers})
    serving = {who.id for who in queries.candidates(work, place)}
    for person_id in confirmers:
        if person_id not in serving and not identity.is_resident(work, place, person_id, work.today):
            raise UnknownConfirmer(_("Somebody on the list does not live or serve in this neighbourhood."))
    task = Task(
        id=work.new_id(),
        place=place,
        title=command.title,
        explanation=command.explanation,
        state=TaskState.OPEN,
        opened_by=UUID(work.actor.id),
        opened_on=work.today,
    )
    work.session.add(task)
    work.session.flush()
    work.session.add_all(TaskConfirmer(task_id=task.id, person_id=UUID(person_id)) for person_id in confirmers)
    work.record(TaskOpened(place=place, subject=str(task.id), confirmers=confirmers))
    return queries.task(work, place, task.id)


@verb(access.OPEN)
def end_task(work: Work, place: str, task_id: UUID) -> TaskView:
    """Take no more time on a task; what was logged goes on. Raises TaskNotFound or WrongState."""
    task = task_row(work, place, task_id)
    rules.demand_open(TaskState(task.state))
    task.state = TaskState.ENDED
    work.record(TaskEnded(place=place, subject=str(task_id)))
    work.session.flush()
    return queries.task(work, place, task_id)


@verb(access.LOG, once=True)
def log(work: Work, place: str, task_id: UUID, command: LogTime) -> EntryView:
    """Log time of your own on a task.

    Raises TaskNotFound, WrongState, NotInQuarters, NotGivenYet, GivenTooLongAgo or TooMuchTime.
    """
    rules.demand_open(TaskState(task_row(work, place, task_id).state))
    entry = TimeEntry(
        id=work.new_id(),
        place=place,
        task_id=task_id,
        person_id=UUID(work.actor.id),
        given_on=command.given_on,
        minutes=command.minutes,
        state=EntryState.LOGGED,
    )
    day_minutes, week_minutes = logged_minutes(work, place, entry)
    draft = TimeDraft(
        given_on=command.given_on, minutes=command.minutes, day_minutes=day_minutes, week_minutes=week_minutes
    )
    rules.demand_loggable(neighbourhoods.policy(work, place).rules.reciprocity, draft, work.today)
    work.session.add(entry)
    work.session.flush()
    work.record(
        TimeLogged(
            place=place,
            subject=str(entry.id),
            task_id=str(task_id),
            person_id=work.actor.id,
            given_on=command.given_on.isoformat(),
            amount_minutes=command.minutes,
        )
    )
    return queries.entry(work, place, entry.id)


@verb(access.CONFIRM)
def confirm(work: Work, place: str, entry_id: UUID) -> EntryView:
    """Confirm time that somebody else gave. Raises EntryNotFound, NotYours, OwnTime, SameHousehold or WrongState."""
    entry = entry_row(work, place, entry_id)
    work.demand_own(confirmers_of(work, entry.task_id))
    giver = str(entry.person_id)
    is_same_household = identity.same_household(work, giver, work.actor.id)
    rules.demand_confirmer(actor_id=work.actor.id, giver_id=giver, is_same_household=is_same_household)
    rules.demand_step(EntryState(entry.state), EntryState.CONFIRMED)
    if entry.state != EntryState.LOGGED:
        raise WrongState(_("There is a dispute about this time. Wait for the ruling."))
    policy = neighbourhoods.policy(work, place).rules.reciprocity
    until = days_after(work.today, policy.objection_days)
    _step(work, entry, EntryState.CONFIRMED, confirmed_by=UUID(work.actor.id), objections_until=until)
    work.record(TimeConfirmed(place=place, subject=str(entry_id), objections_until=until.isoformat()))
    return queries.entry(work, place, entry_id)


@verb(access.WITHDRAW)
def withdraw(work: Work, place: str, entry_id: UUID) -> EntryView:
    """Take back time of your own that does not count yet. Raises EntryNotFound, NotYours or WrongState."""
    entry = entry_row(work, place, entry_id)
    work.demand_own({str(entry.person_id)})
    rules.demand_step(EntryState(entry.state), EntryState.WITHDRAWN)
    _step(work, entry, EntryState.WITHDRAWN)
    work.record(TimeWithdrawn(place=place, subject=str(entry_id)))
    return queries.entry(work, place, entry_id)


@verb(access.DISPUTE)
def dispute(work: Work, place: str, entry_id: UUID, command: DisputeTime) -> EntryView:
    """Say that confirmed time is not right.

    Raises EntryNotFound, OwnTime, RuledAlready, ObjectionsOver or WrongState.
    """
    queries.entry(work, place, entry_id)
    entry = entry_row(work, place, entry_id)
    rules.demand_step(EntryState(entry.state), EntryState.DISPUTED)
    rules.demand_disputable(
        actor_id=work.actor.id,
        giver_id=str(entry.person_id),
        today=work.today,
        objections_until=entry.objections_until,
        is_ruled=dispute_row(work, place, entry_id) is not None,
    )
    _step(work, entry, EntryState.DISPUTED)
    work.session.add(
        TimeDispute(
            entry_id=entry_id,
            place=place,
            raised_by=UUID(work.actor.id),
            raised_on=work.today,
            reason=command.reason,
        )
    )
    work.record(TimeDisputed(place=place, subject=str(entry_id)))
    work.session.flush()
    return queries.entry(work, place, entry_id)


@verb(access.RULE)
def rule_on(work: Work, place: str, entry_id: UUID, command: RuleOnDispute) -> EntryView:
    """Rule on disputed time: it stands, or it falls. Raises EntryNotFound, WrongState or OwnDispute."""
    entry = entry_row(work, place, entry_id)
    raised = dispute_row(work, place, entry_id)
    then = EntryState.CONFIRMED if command.ruling is Ruling.STANDS else EntryState.REJECTED
    if raised is None or entry.state != EntryState.DISPUTED:
        raise WrongState(_("There is no dispute about this time to rule on."))
    rules.demand_ruler(actor_id=work.actor.id, concerned=concerned(entry, raised))
    _step(work, entry, then)
    raised.ruled_by = UUID(work.actor.id)
    raised.ruled_on = work.today
    raised.ruling = command.ruling
    raised.ruling_reason = command.reason
    work.record(DisputeRuledOn(place=place, subject=str(entry_id), ruling=command.ruling))
    work.session.flush()
    return queries.entry(work, place, entry_id)


@verb(access.EXEMPT)
def exempt(work: Work, place: str, command: GrantExemption) -> ExemptionView:
    """Exempt a resident until a day, without keeping why. Raises PersonNotHere, OwnExemption or ExemptionTooLong."""
    person_id = str(command.person_id)
    if not identity.is_resident(work, place, person_id, work.today):
        raise PersonNotHere(_("This person does not live in this neighbourhood."))
    rules.demand_exemption(
        actor_id=work.actor.id,
        person_id=person_id,
        is_same_household=identity.same_household(work, person_id, work.actor.id),
        until_on=command.until_on,
        today=work.today,
    )
    exemption = Exemption(
        id=work.new_id(),
        place=place,
        person_id=command.person_id,
        granted_by=UUID(work.actor.id),
        granted_on=work.today,
        until_on=command.until_on,
    )
    work.session.add(exemption)
    work.record(
        PersonExempted(
            place=place, subject=str(exemption.id), person_id=person_id, until_on=command.until_on.isoformat()
        )
    )
    work.session.flush()
    return next(view for view in queries.exemptions(work, place) if view.id == exemption.id)


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
    minutes = sum(entry.minutes for entry in entries)
    entry_ids = [str(id_) for id_ in ids]
    work.record(TimeSettled(place=place, subject=place, entry_ids=entry_ids, amount_minutes=minutes))
    return SettledView(entry_count=len(ids), amount_minutes=minutes)


def _transfer(place: str, entry: TimeEntry) -> Transfer:
    """Return the transfer that puts one entry in the books, once."""
    return SETTLE.transfer(chart.TIME, chart.given_time(place, str(entry.person_id)), entry.minutes, entry.id)


def _step(
    work: Work,
    entry: TimeEntry,
    then: EntryState,
    *,
    confirmed_by: UUID | None = None,
    objections_until: date | None = None,
) -> None:
    """Bring an entry from the state it was read in to the next. Raises WrongState if somebody else was first."""
    changes: dict[str, object] = {"state": then}
    if confirmed_by is not None:
        changes |= {"confirmed_by": confirmed_by, "objections_until": objections_until}
    step = update(TimeEntry).where(col(TimeEntry.id) == entry.id, col(TimeEntry.state) == entry.state).values(**changes)
    if work.session.connection().execute(step).rowcount != 1:
        raise WrongState(_("Somebody else was just first. Load the page again."))
    work.session.refresh(entry)
