# SPDX-License-Identifier: EUPL-1.2
"""Offers time, brings a task and a helper together when both say yes, and forgets their words when it is over."""

import json
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, update
from sqlmodel import col, func, select

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.models import Task, TimeEntry
from wijkbudget.reciprocity.offers import access, queries, rules
from wijkbudget.reciprocity.offers.events import (
    HelpForgotten,
    MessageWritten,
    PairingMoved,
    PairingProposed,
    TimeOffered,
    TimeOfferWithdrawn,
)
from wijkbudget.reciprocity.offers.models import Pairing, PairingMessage, TimeOffer
from wijkbudget.reciprocity.offers.queries.fitting import demand_pairable
from wijkbudget.reciprocity.offers.queries.offers import offer_row, open_rows, views_of
from wijkbudget.reciprocity.offers.queries.pairings import pairing_row, side_of, sides_of
from wijkbudget.reciprocity.offers.rules import FORGET_DAYS, PairingState, Side
from wijkbudget.reciprocity.offers.schemas import (
    InviteToHelp,
    MovePairing,
    OfferTime,
    OfferView,
    PairingView,
    WriteMessage,
)
from wijkbudget.reciprocity.rows import asking_side, shown_task_row
from wijkbudget.reciprocity.rules import entries, tasks
from wijkbudget.reciprocity.rules.entries import TaskState
from wijkbudget.reciprocity.rules.tasks import AGE_MIN, Asker
from wijkbudget.trail.work import Work, verb


@verb(access.OFFER)
def offer_time(work: Work, place: str, command: OfferTime) -> OfferView:
    """Offer time and talents.

    Raises UnknownTheme, UnknownQuarter, DayWrong, DaysWrong, TooYoungToOffer or TooManyOffers.
    """
    me = UUID(work.actor.id)
    quarters = {quarter.code for quarter in neighbourhoods.neighbourhood(work, place).quarters}
    policy = neighbourhoods.policy(work, place).rules.initiatives
    tasks.demand_here(command.themes, command.quarter, policy, quarters)
    tasks.demand_ahead(work.today, on_day=command.on_day, last_on=command.last_on)
    rules.demand_offer(
        is_old_enough=identity.is_resident(work, place, work.actor.id, work.today, AGE_MIN),
        open_count=len(open_rows(work, place, me)),
        has_weekdays=bool(command.weekdays),
        on_day=command.on_day,
    )
    offer = TimeOffer(
        id=work.new_id(),
        place=place,
        person_id=me,
        talents=command.talents,
        themes=json.dumps(sorted(set(command.themes))),
        quarter=command.quarter,
        weekdays=json.dumps([day for day in rules.Weekday if day in command.weekdays]),
        on_day=command.on_day,
        last_on=rules.last_day(command.last_on, command.on_day, work.today),
        audience=command.audience,
        offered_on=work.today,
    )
    work.session.add(offer)
    work.session.flush()
    work.record(TimeOffered(place=place, subject=str(offer.id)))
    return views_of(work, place, [offer])[0]


@verb(access.WITHDRAW)
def withdraw_offer(work: Work, place: str, offer_id: UUID) -> OfferView:
    """Offer something no longer. Raises OfferNotFound, NotYours or WrongState."""
    offer = offer_row(work, place, offer_id)
    work.demand_own({str(offer.person_id)})
    if offer.withdrawn_on is not None or offer.last_on < work.today:
        raise WrongState(_("This offer has ended."))
    offer.withdrawn_on = work.today
    work.record(TimeOfferWithdrawn(place=place, subject=str(offer_id)))
    work.session.flush()
    return views_of(work, place, [offer])[0]


@verb(access.OFFER)
def propose_help(work: Work, place: str, task_id: UUID) -> PairingView:
    """Say that you want to help with a task; whoever asks for it answers.

    Raises TaskNotFound, WrongState, OwnTask, PairedAlready, TaskDayPassed, NotForThisAge or OwnHouseholdsTask.
    """
    task = shown_task_row(work, place, task_id)
    return _pair(work, task, work.actor.id, Side.HELPER, None)


@verb(access.INVITE)
def invite_to_help(work: Work, place: str, task_id: UUID, command: InviteToHelp) -> PairingView:
    """Ask somebody who offered time to help with a task; they answer.

    Raises TaskNotFound, NotYours, OfferNotFound, WrongState, OwnTask, PairedAlready, TaskDayPassed, NotForThisAge or
    OwnHouseholdsTask.
    """
    task = shown_task_row(work, place, task_id)
    work.demand_own(asking_side(work, task))
    offer = offer_row(work, place, command.time_offer_id)
    if offer.withdrawn_on is not None or offer.last_on < work.today:
        raise WrongState(_("This offer has ended."))
    return _pair(work, task, str(offer.person_id), Side.ASKER, offer.id)


@verb(access.SIDES)
def move_pairing(work: Work, place: str, pairing_id: UUID, command: MovePairing) -> PairingView:
    """Say yes or no to a proposal, call it off, or say that the help was given.

    Raises PairingNotFound, NotYours, WrongState or ChangedMeanwhile.
    """
    row = pairing_row(work, place, pairing_id)
    work.demand_own(sides_of(work, row))
    now, then = PairingState(row.state), command.state
    rules.demand_step(now, then, is_proposer=side_of(work, row) == row.proposed_by)
    changes: dict[str, object] = {"state": then}
    if then is PairingState.ACCEPTED:
        entries.demand_open(TaskState(shown_task_row(work, place, row.task_id).state))
        changes["accepted_on"] = work.today
    else:
        changes["ended_on"] = work.today
    move(work.session, row, ("state",), **changes)
    work.record(PairingMoved(place=place, subject=str(pairing_id), state=then))
    return queries.pairing(work, place, pairing_id)


@verb(access.SIDES)
def write_message(work: Work, place: str, pairing_id: UUID, command: WriteMessage) -> PairingView:
    """Write to the other side. Raises PairingNotFound, NotYours, WrongState or TooManyMessages."""
    row = pairing_row(work, place, pairing_id)
    work.demand_own(sides_of(work, row))
    written = select(func.count()).select_from(PairingMessage).where(col(PairingMessage.pairing_id) == pairing_id)
    rules.demand_writable(PairingState(row.state), work.session.exec(written).one())
    work.session.add(
        PairingMessage(
            id=work.new_id(),
            pairing_id=pairing_id,
            sender_id=UUID(work.actor.id),
            words=command.words,
            sent_at=work.now,
        )
    )
    work.session.flush()
    work.record(MessageWritten(place=place, subject=str(pairing_id)))
    return queries.pairing(work, place, pairing_id)


@verb(access.FORGET)
def forget_help(work: Work, place: str) -> int:
    """Wipe the words of what ended a month ago, and return of how many; run twice, it wipes no more."""
    before = work.today - timedelta(days=FORGET_DAYS)
    ended = select(Pairing.id).where(col(Pairing.place) == place, col(Pairing.ended_on) < before)
    connection = work.session.connection()
    wiped = connection.execute(delete(PairingMessage).where(col(PairingMessage.pairing_id).in_(ended))).rowcount
    offers = update(TimeOffer).where(col(TimeOffer.place) == place, col(TimeOffer.talents) != "")
    is_old = func.coalesce(col(TimeOffer.withdrawn_on), col(TimeOffer.last_on)) < before
    wiped += connection.execute(offers.where(is_old).values(talents="")).rowcount
    asked = update(Task).where(col(Task.place) == place, col(Task.asked_by) == Asker.NEIGHBOUR)
    is_over = (col(Task.ended_on) < before, col(Task.explanation) != "")
    wiped += connection.execute(asked.where(*is_over).values(explanation="")).rowcount
    if wiped:
        work.record(HelpForgotten(place=place, subject=place, count=wiped))
    return wiped


def finish_by_time(work: Work, entry_ids: Collection[UUID]) -> None:
    """Finish every pairing whose helper gave time that is settled now, for the verb that settles it."""
    given = exists().where(
        col(TimeEntry.id).in_(entry_ids),
        col(TimeEntry.task_id) == col(Pairing.task_id),
        col(TimeEntry.person_id) == col(Pairing.person_id),
        col(TimeEntry.given_on) >= col(Pairing.accepted_on),
    )
    finished = update(Pairing).where(col(Pairing.state) == PairingState.ACCEPTED, given)
    work.session.connection().execute(finished.values(state=PairingState.FINISHED, ended_on=work.today))


def _pair(work: Work, task: Task, helper_id: str, side: Side, offer_id: UUID | None) -> PairingView:
    """Bring a task and a helper together, by the word of one side.

    Raises WrongState, OwnTask, PairedAlready, TaskDayPassed, NotForThisAge or OwnHouseholdsTask.
    """
    entries.demand_open(TaskState(task.state))
    demand_pairable(work, task, helper_id)
    row = Pairing(
        id=work.new_id(),
        place=task.place,
        task_id=task.id,
        person_id=UUID(helper_id),
        offer_id=offer_id,
        proposed_by=side,
        state=PairingState.PROPOSED,
        proposed_on=work.today,
    )
    work.session.add(row)
    work.session.flush()
    facts = {"task_id": str(task.id), "person_id": helper_id}
    work.record(PairingProposed(place=task.place, subject=str(row.id), **facts))
    return queries.pairing(work, task.place, row.id)
