# SPDX-License-Identifier: EUPL-1.2
"""What people do with pledged time: pledge, take back, lift; and how the day passes judgement."""

from uuid import UUID

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import rows
from wijkbudget.reciprocity.models import Task
from wijkbudget.reciprocity.pledges import access, queries, rules
from wijkbudget.reciprocity.pledges.events import (
    PledgeLifted,
    PledgesJudged,
    PledgeWithdrawn,
    TaskStarted,
    TimePledged,
)
from wijkbudget.reciprocity.pledges.models import TimePledge
from wijkbudget.reciprocity.pledges.rules import PledgedBefore, PledgeState
from wijkbudget.reciprocity.pledges.schemas import JudgedView, PledgedTaskView, PledgeTime, PledgeView
from wijkbudget.trail.work import Work, verb

JUDGED_TOGETHER_MAX = 500
"""How many pledges one act judges, so that it never holds the writer for long; the rest waits for the next."""


@verb(access.PLEDGE, once=True)
def pledge_time(work: Work, place: str, task_id: UUID, command: PledgeTime) -> PledgedTaskView:
    """Promise time of your own to a task that waits for it; with the last of what it needs the task starts.

    Raises TaskNotFound, NotForThisAge, OwnHouseholdsTask, PledgedBefore, NoPledgesAsked, PledgedEnough, PledgingOver,
    NotInQuarters or TooMuchPledged.
    """
    task = rows.shown_task_row(work, place, task_id)
    if queries.pledged_to(work, place, task_id).own:
        raise PledgedBefore(_("You pledged time to this task already. Take that back first to change it."))
    rows.demand_giver(work, task, work.actor.id)
    promised = queries.promised_minutes(work, work.actor.id)
    rules.demand_pledgeable(queries.need_of(task), command.minutes, promised, work.today)
    pledge = TimePledge(
        id=work.new_id(),
        place=place,
        task_id=task_id,
        person_id=UUID(work.actor.id),
        minutes=command.minutes,
        state=PledgeState.OPEN,
        pledged_on=work.today,
    )
    work.session.add(pledge)
    _count(work, task, command.minutes)
    facts = {"subject": str(pledge.id), "task_id": str(task_id), "person_id": work.actor.id}
    work.record(TimePledged(place=place, amount_minutes=command.minutes, **facts))
    if task.started_on:
        work.record(TaskStarted(place=place, subject=str(task_id), amount_minutes=task.pledged_minutes))
    return queries.pledged_to(work, place, task_id)


@verb(access.WITHDRAW)
def withdraw_pledge(work: Work, place: str, pledge_id: UUID) -> PledgeView:
    """Take a pledge of your own back before the task starts.

    Raises PledgeNotFound, NotYours, WrongState or PledgeBinds.
    """
    row = queries.one(work, place, pledge_id)
    work.demand_own({str(row.pledge.person_id)})
    rules.demand_withdrawable(row.progress.state, has_started=row.progress.has_started)
    _close(work, row.pledge, PledgeState.WITHDRAWN)
    _count(work, row.task, -row.pledge.minutes)
    facts = {"subject": str(pledge_id), "task_id": str(row.task.id)}
    work.record(PledgeWithdrawn(place=place, amount_minutes=row.pledge.minutes, **facts))
    return queries.pledge_view(work, place, pledge_id)


@verb(access.LIFT)
def lift_pledge(work: Work, place: str, pledge_id: UUID) -> PledgeView:
    """Decide that a pledge of somebody else has no consequence, without keeping why.

    Raises PledgeNotFound, OwnPledge or WrongState.
    """
    row = queries.one(work, place, pledge_id)
    giver = str(row.pledge.person_id)
    rules.demand_liftable(
        row.progress.state,
        has_started=row.progress.has_started,
        actor_id=work.actor.id,
        giver_id=giver,
        is_same_household=identity.same_household(work, giver, work.actor.id),
    )
    _close(work, row.pledge, PledgeState.LIFTED, lifted_by=UUID(work.actor.id))
    work.record(PledgeLifted(place=place, subject=str(pledge_id)))
    return queries.pledge_view(work, place, pledge_id)


@verb(access.JUDGE)
def judge_pledges(work: Work, place: str) -> JudgedView:
    """Let each pledge be kept, unkept or nobody's duty, as the time given says; run twice, it does nothing more.

    At most 500 pledges at once: whoever runs it goes on until none is left.
    """
    changes: dict[PledgeState, list[TimePledge]] = {}
    for row in queries.undecided(work, place):
        then = rules.judged(row.progress, work.today)
        if then is not row.progress.state and sum(map(len, changes.values())) < JUDGED_TOGETHER_MAX:
            changes.setdefault(then, []).append(row.pledge)
    for then, pledges in changes.items():
        for pledge in pledges:
            if then is PledgeState.UNKEPT:
                _step(work, pledge, then, unkept_on=work.today)
            else:
                _close(work, pledge, then)
    if changes:
        ids = {then: [str(pledge.id) for pledge in pledges] for then, pledges in changes.items()}
        kept, unkept = ids.get(PledgeState.KEPT, []), ids.get(PledgeState.UNKEPT, [])
        lapsed = ids.get(PledgeState.LAPSED, [])
        work.record(PledgesJudged(place=place, subject=place, kept_ids=kept, unkept_ids=unkept, lapsed_ids=lapsed))
    return JudgedView(pledge_count=sum(map(len, changes.values())))


def _count(work: Work, task: Task, minutes: int) -> None:
    """Add pledged time to a task, or take it off, and start the task if that is all it needs.

    Raises ChangedMeanwhile.
    """
    total = task.pledged_minutes + minutes
    started_on = work.today if total == task.needed_minutes else None
    move(work.session, task, ("pledged_minutes",), pledged_minutes=total, started_on=started_on)


def _close(work: Work, pledge: TimePledge, then: PledgeState, **more: object) -> None:
    """Bring a pledge to the state in which it ends today."""
    _step(work, pledge, then, closed_on=work.today, **more)


def _step(work: Work, pledge: TimePledge, then: PledgeState, **more: object) -> None:
    """Bring a pledge from the state it was read in to the next. Raises ChangedMeanwhile."""
    move(work.session, pledge, ("state",), state=then, **more)
