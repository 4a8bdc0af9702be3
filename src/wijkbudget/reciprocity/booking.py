# SPDX-License-Identifier: EUPL-1.2
"""Writes time and its steps, and uses finished tasks up, for the verbs of this domain and of those above."""

from collections.abc import Sequence
from uuid import UUID

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.events import TimeConfirmed, TimeLogged
from wijkbudget.reciprocity.models import Task, TimeEntry, UsedTask
from wijkbudget.reciprocity.queries.finished import FinishedTask
from wijkbudget.reciprocity.queries.time import week_beside
from wijkbudget.reciprocity.rows import demand_giver
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.rules import limits
from wijkbudget.reciprocity.rules.entries import EntryState, TaskState, Word
from wijkbudget.reciprocity.rules.limits import GivenTime
from wijkbudget.reciprocity.schemas import LogTime
from wijkbudget.trail.work import Work


def log_time(work: Work, task: Task, word: Word, command: LogTime) -> TimeEntry:
    """Write down time that somebody gave to a task.

    Raises WrongState, NotForThisAge, OwnHouseholdsTask, and as the limits do: LengthMissing, FixedLength,
    NotInQuarters, PastMidnight, NotGivenYet, GivenTooLongAgo, TimeOverlaps or TooMuchTime.
    """
    rules.demand_open(TaskState(task.state))
    demand_giver(work, task, word.giver_id)
    given = GivenTime(
        given_on=command.given_on,
        minutes=limits.length_of(command.minutes, task.norm_minutes),
        start_minutes=command.start_minutes,
    )
    policy = neighbourhoods.policy(work, task.place).rules.reciprocity
    limits.demand_loggable(policy, given, week_beside(work, word.giver_id, given.given_on), work.today)
    entry = TimeEntry(
        id=work.new_id(),
        place=task.place,
        task_id=task.id,
        person_id=UUID(word.giver_id),
        given_on=given.given_on,
        minutes=given.minutes,
        start_minutes=given.start_minutes,
        kind=command.kind,
        note=command.note,
        evidence=word.evidence,
        logged_by=UUID(word.logged_by) if word.logged_by else None,
        state=EntryState.LOGGED,
    )
    work.session.add(entry)
    work.session.flush()
    work.record(
        TimeLogged(
            place=task.place,
            subject=str(entry.id),
            task_id=str(task.id),
            person_id=word.giver_id,
            given_on=given.given_on.isoformat(),
            amount_minutes=given.minutes,
        )
    )
    return entry


def confirm_time(work: Work, entry: TimeEntry) -> None:
    """Confirm time that somebody else gave, for somebody on the list of its task.

    Raises OwnTime, OwnHand, SameHousehold or WrongState.
    """
    giver, hand = str(entry.person_id), str(entry.logged_by) if entry.logged_by else None
    is_same_household = identity.same_household(work, giver, work.actor.id)
    rules.demand_confirmer(actor_id=work.actor.id, giver_id=giver, logged_by=hand, is_same_household=is_same_household)
    rules.demand_step(EntryState(entry.state), EntryState.CONFIRMED)
    if entry.state != EntryState.LOGGED:
        raise WrongState(_("There is a dispute about this time. Wait for the ruling."))
    policy = neighbourhoods.policy(work, entry.place).rules.reciprocity
    until = days_after(work.today, policy.objection_days)
    step_entry(work, entry, EntryState.CONFIRMED, confirmed_by=UUID(work.actor.id), objections_until=until)
    work.record(TimeConfirmed(place=entry.place, subject=str(entry.id), objections_until=until.isoformat()))


def step_entry(work: Work, entry: TimeEntry, then: EntryState, **changes: object) -> None:
    """Bring an entry from the state it was read in to the next. Raises ChangedMeanwhile."""
    move(work.session, entry, ("state",), state=then, **changes)


def tell(work: Work, person_id: str, title: str, lines: list[str]) -> None:
    """Leave a letter for somebody, if they live here; an e-mail address is kept of nobody."""
    for address in identity.addresses_of(work, [person_id]).values():
        work.errand("letter", {"to": list(address.lines), "title": title, "lines": lines, "about": "time given"})


def use_tasks(work: Work, place: str, finished: Sequence[FinishedTask], about: str, *, still_counts: bool) -> None:
    """Let tasks that whoever acts finished earn something, each once for ever; the verb that decided so records it."""
    work.session.add_all(
        UsedTask(
            person_id=UUID(work.actor.id),
            task_id=task.task_id,
            given_on=task.given_on,
            place=place,
            about=about,
            still_counts=still_counts,
        )
        for task in finished
    )
    work.session.flush()
