# SPDX-License-Identifier: EUPL-1.2
"""What officials do with a bid that was sent in: take it on or over, ask for what is missing, or put it aside."""

from uuid import UUID

from wijkbudget.challenges import access, rows
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.decisions import service as decisions
from wijkbudget.challenges.events import ChallengePutAside, ChallengeTakenOn, ChallengeTakenOver, CompletionAsked
from wijkbudget.challenges.models import CompletionRequest, MissingPart
from wijkbudget.challenges.moving import bid_for, move_on
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.rules import completion, group, officials
from wijkbudget.challenges.rules.bids import Part
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.states import Move
from wijkbudget.challenges.schemas import AskToComplete, ChallengeView, PutAside, TakeOver
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.HANDLE)
def take_on(work: Work, place: str, challenge_id: UUID) -> ChallengeView:
    """Become the case worker of a bid, even if it was not completed. Raises ChallengeNotFound, OwnBid or WrongState."""
    row = bid_for(work, place, challenge_id, Move.TAKE_ON)
    move_on(work, row, Move.TAKE_ON)
    decide_on = clocks.clock_of(work, row).decide_on
    work.record(ChallengeTakenOn(place=place, subject=str(row.id), decide_on=decide_on.isoformat()))
    return challenge(work, place, challenge_id)


@verb(access.HANDLE)
def take_over(work: Work, place: str, challenge_id: UUID, command: TakeOver) -> ChallengeView:
    """Become the case worker of a bid instead of another official.

    Raises ChallengeNotFound, OwnBid, WrongState or YourCase.
    """
    row = bid_for(work, place, challenge_id, Move.TAKE_OVER)
    officials.demand_not_yet(work.actor.id, row.case_worker)
    move_on(work, row, Move.TAKE_OVER, command.reason)
    work.record(ChallengeTakenOver(place=place, subject=str(row.id)))
    return challenge(work, place, challenge_id)


@verb(access.HANDLE)
def ask_to_complete(work: Work, place: str, challenge_id: UUID, command: AskToComplete) -> ChallengeView:
    """Ask for what is missing, and become the case worker; from tomorrow the time to decide stands still.

    Source: Awb art. 4:5 lid 1 and 4:15 lid 1 sub a.

    Raises ChallengeNotFound, OwnBid, WrongState, NotArranged or CompletionTooShort.
    """
    row = bid_for(work, place, challenge_id, Move.ASK_TO_COMPLETE)
    policy = group.demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    last_on = completion.complete_until(policy, command.days, work.today)
    missing = [part for part in Part if part in command.missing]
    work.session.add(CompletionRequest(challenge_id=row.id, place=place, asked_on=work.today, last_on=last_on))
    work.session.flush()
    work.session.add_all(MissingPart(challenge_id=row.id, part=part, place=place) for part in missing)
    move_on(work, row, Move.ASK_TO_COMPLETE, command.reason)
    work.record(
        CompletionAsked(place=place, subject=str(row.id), last_on=last_on.isoformat(), parts=[*map(str, missing)])
    )
    return challenge(work, place, challenge_id)


@verb(access.HANDLE)
def put_aside(work: Work, place: str, challenge_id: UUID, command: PutAside) -> ChallengeView:
    """Leave a bid unhandled, because it was not completed in time.

    Source: Awb art. 4:5 lid 1 and 4.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState, CompletionNotOver, PutAsideTooLate or
    CharacterMissing.
    """
    row = bid_for(work, place, challenge_id, Move.PUT_ASIDE)
    request = rows.completion_of(work, row)
    assert request is not None, "what is incomplete was asked for"
    completion.demand_unused(request.last_on, work.today)
    number = move_on(work, row, Move.PUT_ASIDE, command.reason)
    decisions.write(work, row, number, command.legal_character, [Ground.W13])
    work.record(ChallengePutAside(place=place, subject=str(row.id)))
    return challenge(work, place, challenge_id)
