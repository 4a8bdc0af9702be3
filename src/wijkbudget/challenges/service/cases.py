# SPDX-License-Identifier: EUPL-1.2
"""What an official does with a bid that was sent in: takes it on, asks for what is missing, or puts it aside."""

from uuid import UUID

from wijkbudget.challenges import access
from wijkbudget.challenges.events import ChallengePutAside, ChallengeTakenOn, CompletionAsked
from wijkbudget.challenges.models import Challenge, CompletionRequest, MissingPart
from wijkbudget.challenges.queries import challenge, rows
from wijkbudget.challenges.rules import clock, group, states
from wijkbudget.challenges.rules.bids import Part
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.schemas import AskToComplete, ChallengeView, PutAside
from wijkbudget.challenges.service.moving import move_on
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.HANDLE)
def take_on(work: Work, place: str, challenge_id: UUID) -> ChallengeView:
    """Become the case worker of a bid, even if it was not completed. Raises ChallengeNotFound, OwnBid or WrongState."""
    row = _case(work, place, challenge_id)
    move_on(work, row, Move.TAKE_ON, case_worker=work.actor.id)
    decide_on = rows.clock_of(work, row).decide_on
    work.record(ChallengeTakenOn(place=place, subject=str(row.id), decide_on=decide_on.isoformat()))
    return challenge(work, place, challenge_id)


@verb(access.HANDLE)
def ask_to_complete(work: Work, place: str, challenge_id: UUID, command: AskToComplete) -> ChallengeView:
    """Ask for what is missing, and become the case worker; from tomorrow the time to decide stands still.

    Source: Awb art. 4:5 lid 1 and 4:15 lid 1 sub a.

    Raises ChallengeNotFound, OwnBid, WrongState, NotArranged or CompletionTooShort.
    """
    row = _case(work, place, challenge_id)
    states.demand_step(State(row.state), Move.ASK_TO_COMPLETE)
    policy = group.demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    last_on = clock.complete_until(policy, command.days, work.today)
    missing = [part for part in Part if part in command.missing]
    work.session.add(CompletionRequest(challenge_id=row.id, place=place, asked_on=work.today, last_on=last_on))
    work.session.flush()
    work.session.add_all(MissingPart(challenge_id=row.id, part=part, place=place) for part in missing)
    move_on(work, row, Move.ASK_TO_COMPLETE, command.reason, case_worker=work.actor.id)
    work.record(
        CompletionAsked(place=place, subject=str(row.id), last_on=last_on.isoformat(), parts=[*map(str, missing)])
    )
    return challenge(work, place, challenge_id)


@verb(access.HANDLE)
def put_aside(work: Work, place: str, challenge_id: UUID, command: PutAside) -> ChallengeView:
    """Leave a bid unhandled, because it was not completed in time.

    Source: Awb art. 4:5 lid 1 and 4.

    Raises ChallengeNotFound, OwnBid, WrongState, CompletionNotOver or PutAsideTooLate.
    """
    row = _case(work, place, challenge_id)
    states.demand_step(State(row.state), Move.PUT_ASIDE)
    clock.demand_unused(rows.pauses(work, place)[row.id].last_on, work.today)
    move_on(work, row, Move.PUT_ASIDE, command.reason)
    work.record(ChallengePutAside(place=place, subject=str(row.id)))
    return challenge(work, place, challenge_id)


def _case(work: Work, place: str, challenge_id: UUID) -> Challenge:
    """Return a bid in which whoever acts has no part. Raises ChallengeNotFound or OwnBid."""
    row = rows.challenge_row(work, place, challenge_id)
    group.demand_no_interest(work.actor.id, rows.interested_in(work, row))
    return row
