# SPDX-License-Identifier: EUPL-1.2
"""Finds which tasks fit what somebody offers, and which offers fit a task, the best first."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.errors import Refusal
from wijkbudget.reciprocity.models import Task
from wijkbudget.reciprocity.offers import rules
from wijkbudget.reciprocity.offers.models import Pairing, TimeOffer
from wijkbudget.reciprocity.offers.queries.offers import offered_by, open_rows
from wijkbudget.reciprocity.offers.rules import FITS_MAX, LIVE, Reason, Wanted
from wijkbudget.reciprocity.rows import asking_side, demand_giver
from wijkbudget.reciprocity.rules.entries import TaskState
from wijkbudget.trail.work import Look


def fitting_tasks(look: Look, place: str, helper_id: str) -> list[tuple[Task, tuple[Reason, ...]]]:
    """Return the open tasks that fit what somebody offers, each once by its best fit, the best first.

    Of equal fits the one with the nearest day comes first, then the one that was asked first.
    """
    wishes = [offered_by(row) for row in open_rows(look, place, UUID(helper_id))]
    open_tasks = select(Task).where(col(Task.place) == place, col(Task.state) == TaskState.OPEN)
    found = []
    for task in look.session.exec(open_tasks).all():
        fits = [fit for wish in wishes if (fit := rules.fit(wanted_by(task), wish)) is not None]
        if fits:
            found.append((task, min(fits, key=rules.fit_order)))
    found.sort(
        key=lambda one: (rules.fit_order(one[1]), one[0].on_day or date.max, one[0].opened_on, one[0].title, one[0].id)
    )
    best: list[tuple[Task, tuple[Reason, ...]]] = []
    for task, reasons in found:
        if len(best) < FITS_MAX and can_pair(look, task, helper_id):
            best.append((task, reasons))
    return best


def fitting_offers(look: Look, task: Task) -> list[tuple[TimeOffer, tuple[Reason, ...]]]:
    """Return the offers that fit a task and that the reader may see, the best first; one of each person.

    Of equal fits the one that was offered first comes first.
    """
    found = []
    for row in open_rows(look, task.place):
        reasons = rules.fit(wanted_by(task), offered_by(row))
        if reasons is not None:
            found.append((row, reasons))
    found.sort(key=lambda one: (rules.fit_order(one[1]), one[0].offered_on, one[0].id))
    best: dict[UUID, tuple[TimeOffer, tuple[Reason, ...]]] = {}
    for row, reasons in found:
        if len(best) < FITS_MAX and row.person_id not in best and can_pair(look, task, str(row.person_id)):
            best[row.person_id] = row, reasons
    return list(best.values())


def can_pair(look: Look, task: Task, helper_id: str) -> bool:
    """Return whether a task and a helper can be brought together now."""
    with suppress(Refusal):
        demand_pairable(look, task, helper_id)
        return True
    return False


def demand_pairable(look: Look, task: Task, helper_id: str) -> None:
    """Do nothing if a task and a helper can be brought together now.

    Raises OwnTask, PairedAlready, TaskDayPassed, NotForThisAge or OwnHouseholdsTask.
    """
    rules.demand_pairable(
        is_on_asking_side=helper_id in asking_side(look, task),
        is_paired=live_pairing(look, task.id, helper_id) is not None,
        on_day=task.on_day,
        today=look.today,
    )
    demand_giver(look, task, helper_id)


def live_pairing(look: Look, task_id: UUID, helper_id: str) -> Pairing | None:
    """Return the pairing of a task and a helper that is not over, if there is one."""
    found = select(Pairing).where(
        col(Pairing.task_id) == task_id, col(Pairing.person_id) == UUID(helper_id), col(Pairing.state).in_(LIVE)
    )
    return look.session.exec(found).first()


def wanted_by(task: Task) -> Wanted:
    """Return what of a task says whether an offer fits."""
    return Wanted(theme=task.theme, quarter=task.quarter, on_day=task.on_day)
