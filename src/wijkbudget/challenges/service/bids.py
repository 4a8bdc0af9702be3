# SPDX-License-Identifier: EUPL-1.2
"""Starts a bid, writes it page by page, sends it in, completes it and takes it back: what its group does."""

from uuid import UUID

from sqlmodel import col, delete

from wijkbudget.challenges import access, rows
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.events import (
    ChallengeCompleted,
    ChallengeStarted,
    ChallengeSubmitted,
    ChallengeWithdrawn,
    ChallengeWritten,
)
from wijkbudget.challenges.models import Bid, BidCost, BidIndicator, Challenge, GroupMember
from wijkbudget.challenges.moving import bid_for, move_on, write_move
from wijkbudget.challenges.queries import challenge, municipal_task
from wijkbudget.challenges.rules import group, states
from wijkbudget.challenges.rules.bids import Chapter, Gain
from wijkbudget.challenges.rules.group import Consent
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.table import demand_step
from wijkbudget.challenges.rules.tasks import demand_open
from wijkbudget.challenges.schemas import (
    ChallengeView,
    StartChallenge,
    WithdrawChallenge,
    WriteCosts,
    WriteIdea,
    WriteNeighbourhood,
    WritePlanning,
    WriteQuality,
)
from wijkbudget.identity import queries as identity
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.START)
def start(work: Work, place: str, command: StartChallenge) -> ChallengeView:
    """Begin a bid on a task, as the first of its group.

    Raises NotArranged, OnlyOrganisations, TaskNotFound, TaskNotOpen, OrganisationNotFound or NotOfThisOrganisation.
    """
    policy = group.demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    group.demand_challenger(policy, has_organisation=command.organisation_id is not None)
    demand_open(is_open=municipal_task(work, place, command.municipal_task_id).is_open)
    if command.organisation_id:
        group.demand_member(work.actor.id, identity.organisation(work, place, command.organisation_id).members)
    row = Challenge(
        id=work.new_id(),
        place=place,
        municipal_task_id=command.municipal_task_id,
        organisation_id=command.organisation_id,
        title=command.title,
        state=State.CONCEPT,
        move_count=1,
        written_on=work.today,
        started_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    first = GroupMember(
        id=work.new_id(),
        challenge_id=row.id,
        place=place,
        called="",
        person=work.actor.id,
        consent=Consent.ACCEPTED,
        invited_at=work.now,
        answered_at=work.now,
    )
    work.session.add_all([Bid(challenge_id=row.id, place=place), first])
    write_move(work, row, demand_step(None, Move.START), 1)
    work.record(ChallengeStarted(place=place, subject=str(row.id), task_id=str(row.municipal_task_id)))
    return challenge(work, place, row.id)


@verb(access.GROUP)
def write_idea(work: Work, place: str, challenge_id: UUID, command: WriteIdea) -> ChallengeView:
    """Say what the group wants to do and why it gets better. Raises ChallengeNotFound, NotYours or WrongState."""
    row, bid = _writable(work, place, challenge_id)
    bid.what, bid.task_part = command.what, command.task_part
    bid.why_better, bid.goal = command.why_better, command.goal
    bid.gains = " ".join(gain for gain in Gain if gain in command.gains)
    return _written(work, row, Chapter.IDEA)


@verb(access.GROUP)
def write_neighbourhood(work: Work, place: str, challenge_id: UUID, command: WriteNeighbourhood) -> ChallengeView:
    """Say what the neighbourhood has to do with it. Raises ChallengeNotFound, NotYours or WrongState."""
    row, bid = _writable(work, place, challenge_id)
    bid.area_bond, bid.added_value, bid.audience = command.area_bond, command.added_value, command.audience
    bid.expected_reach, bid.recruitment = command.expected_reach, command.recruitment
    work.session.exec(delete(BidIndicator).where(col(BidIndicator.challenge_id) == row.id))
    work.session.add_all(
        BidIndicator(challenge_id=row.id, position=position, place=place, what=line.what, target=line.target)
        for position, line in enumerate(command.indicators, 1)
    )
    return _written(work, row, Chapter.NEIGHBOURHOOD)


@verb(access.GROUP)
def write_costs(work: Work, place: str, challenge_id: UUID, command: WriteCosts) -> ChallengeView:
    """Say what it costs a year; dearer than now is noted, never refused.

    Raises ChallengeNotFound, NotYours or WrongState.
    """
    row, bid = _writable(work, place, challenge_id)
    work.session.exec(delete(BidCost).where(col(BidCost.challenge_id) == row.id))
    work.session.add_all(
        BidCost(challenge_id=row.id, position=position, place=place, what=line.what, amount_cents=line.amount_cents)
        for position, line in enumerate(command.cost_lines, 1)
    )
    bid.own_cents, bid.other_cents = command.own_cents, command.other_cents
    return _written(work, row, Chapter.COSTS)


@verb(access.GROUP)
def write_quality(work: Work, place: str, challenge_id: UUID, command: WriteQuality) -> ChallengeView:
    """Say how it stays good and safe. Raises ChallengeNotFound, NotYours or WrongState."""
    row, bid = _writable(work, place, challenge_id)
    bid.experience, bid.quality, bid.continuity = command.experience, command.quality, command.continuity
    bid.safety, bid.harm = command.safety, command.harm
    return _written(work, row, Chapter.QUALITY)


@verb(access.GROUP)
def write_planning(work: Work, place: str, challenge_id: UUID, command: WritePlanning) -> ChallengeView:
    """Say when it begins, for how long, with whom and as what; sooner than the policy asks is told, never refused.

    Raises ChallengeNotFound, NotYours or WrongState.
    """
    row, bid = _writable(work, place, challenge_id)
    bid.starts_on, bid.duration_months = command.starts_on, command.duration_months
    bid.collaboration, bid.help_wanted = command.collaboration, command.help_wanted
    bid.running_contracts = command.running_contracts
    bid.legal_form, bid.registration_number = command.legal_form, command.registration_number
    return _written(work, row, Chapter.PLANNING)


@verb(access.GROUP)
def submit(work: Work, place: str, challenge_id: UUID) -> ChallengeView:
    """Send a bid in; it counts as received today, whatever is missing in it.

    Source: Awb art. 4:1 and 4:5: what is missing is asked for, not refused at the door.

    Raises ChallengeNotFound, NotYours, WrongState, NotArranged or GroupTooSmall.
    """
    row = bid_for(work, place, challenge_id, Move.SUBMIT)
    policy = group.demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    people = rows.group_of(work, row)
    here = [person for person in people if identity.is_resident(work, place, person, work.today)]
    group.demand_enough(policy, len(here))
    move_on(work, row, Move.SUBMIT, received_on=work.today)
    work.session.refresh(row)
    view = challenge(work, place, challenge_id)
    work.record(
        ChallengeSubmitted(
            place=place,
            subject=str(row.id),
            task_id=str(row.municipal_task_id),
            decide_on=clocks.clock_of(work, row).decide_on.isoformat(),
            asked_cents=view.bid.comparison.asked_cents,
        )
    )
    return view


@verb(access.GROUP)
def complete(work: Work, place: str, challenge_id: UUID) -> ChallengeView:
    """Send what was missing to the official who asked for it; from today the time to decide runs again.

    Raises ChallengeNotFound, NotYours or WrongState.
    """
    row = bid_for(work, place, challenge_id, Move.COMPLETE)
    move_on(work, row, Move.COMPLETE)
    decide_on = clocks.clock_of(work, row).decide_on
    work.record(ChallengeCompleted(place=place, subject=str(row.id), decide_on=decide_on.isoformat()))
    return challenge(work, place, challenge_id)


@verb(access.GROUP)
def withdraw(work: Work, place: str, challenge_id: UUID, command: WithdrawChallenge) -> ChallengeView:
    """Take a bid back, until there is an agreement. Raises ChallengeNotFound, NotYours or WrongState."""
    row = bid_for(work, place, challenge_id, Move.WITHDRAW)
    move_on(work, row, Move.WITHDRAW, command.reason)
    work.record(ChallengeWithdrawn(place=place, subject=str(row.id)))
    return challenge(work, place, challenge_id)


def _writable(work: Work, place: str, challenge_id: UUID) -> tuple[Challenge, Bid]:
    """Return an own bid that can be written. Raises ChallengeNotFound, NotYours or WrongState."""
    row = rows.challenge_row(work, place, challenge_id)
    work.demand_own(rows.group_of(work, row))
    states.demand_writable(State(row.state))
    return row, rows.bid_of(work, row)


def _written(work: Work, row: Challenge, chapter: Chapter) -> ChallengeView:
    """Say that a page was saved."""
    row.written_on = work.today
    work.session.flush()
    work.record(ChallengeWritten(place=row.place, subject=str(row.id), chapter=chapter))
    return challenge(work, row.place, row.id)
