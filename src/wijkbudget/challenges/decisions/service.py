# SPDX-License-Identifier: EUPL-1.2
"""Decides about bids, and says when a decision was made known."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlmodel import col, update

from wijkbudget.challenges import rows
from wijkbudget.challenges.assessment import queries as assessment
from wijkbudget.challenges.decisions import access, queries
from wijkbudget.challenges.decisions.events import (
    ChallengeAwarded,
    ChallengePartlyAwarded,
    ChallengeRefused,
    DecisionMadeKnown,
)
from wijkbudget.challenges.decisions.models import ChallengeDecision, DecisionGround
from wijkbudget.challenges.decisions.rules import demand_told, power_article
from wijkbudget.challenges.decisions.schemas import (
    Award,
    AwardPartly,
    DecisionView,
    MakeDecisionKnown,
    Refuse,
)
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.moving import bid_for, move_on
from wijkbudget.challenges.queries import challenge, municipal_task
from wijkbudget.challenges.rules.characters import LegalCharacter, character_of
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.officials import demand_no_interest
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.schemas import ChallengeView
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.grants.rules import Way, demand_known_day, demand_unknown


@verb(access.DECIDE)
def award(work: Work, place: str, challenge_id: UUID, command: Award) -> ChallengeView:
    """Let a group take a task over, for what it asked.

    Source: Awb art. 3:46; 4:31 lid 1 (the decision says the most that is granted).

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState or CharacterMissing.
    """
    row = bid_for(work, place, challenge_id, Move.AWARD)
    asked_cents = challenge(work, place, challenge_id).bid.comparison.asked_cents
    number = move_on(work, row, Move.AWARD, command.reason)
    kept = write(work, row, number, command.legal_character, granted_cents=asked_cents)
    work.record(
        ChallengeAwarded(
            place=place,
            subject=str(row.id),
            number=number,
            body=kept.body,
            legal_character=kept.legal_character,
            granted_cents=kept.granted_cents,
        )
    )
    return challenge(work, place, challenge_id)


@verb(access.DECIDE)
def award_partly(work: Work, place: str, challenge_id: UUID, command: AwardPartly) -> ChallengeView:
    """Let a group take part of a task over, and say why not all of it.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState or CharacterMissing.
    """
    row = bid_for(work, place, challenge_id, Move.AWARD_PARTLY)
    number = move_on(work, row, Move.AWARD_PARTLY, command.reason)
    kept = write(
        work,
        row,
        number,
        command.legal_character,
        command.grounds,
        part=command.part,
        granted_cents=command.granted_cents,
    )
    work.record(
        ChallengePartlyAwarded(
            place=place,
            subject=str(row.id),
            number=number,
            body=kept.body,
            legal_character=kept.legal_character,
            granted_cents=kept.granted_cents,
            grounds=sorted(set(command.grounds)),
        )
    )
    return challenge(work, place, challenge_id)


@verb(access.DECIDE)
def refuse(work: Work, place: str, challenge_id: UUID, command: Refuse) -> ChallengeView:
    """Say no to a bid, after its group answered the intention or had its time to.

    Source: Awb art. 3:46 and 4:7.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState, StillHearing, GroundNotTold or CharacterMissing.
    """
    row = bid_for(work, place, challenge_id, Move.REFUSE)
    assessment.demand_heard(work, row)
    if row.state == State.INTENDED_REFUSAL and (told := assessment.last_intention(work, row.id)):
        demand_told(command.grounds, [each.ground for each in told.grounds])
    number = move_on(work, row, Move.REFUSE, command.reason)
    kept = write(work, row, number, command.legal_character, command.grounds)
    work.record(
        ChallengeRefused(
            place=place,
            subject=str(row.id),
            number=number,
            body=kept.body,
            legal_character=kept.legal_character,
            grounds=sorted(set(command.grounds)),
        )
    )
    return challenge(work, place, challenge_id)


@verb(access.MAKE_KNOWN)
def make_decision_known(
    work: Work, place: str, challenge_id: UUID, number: int, command: MakeDecisionKnown
) -> DecisionView:
    """Say on which day a decision was sent or handed over; where somebody can object, they can from the day after.

    Source: Awb art. 3:41 lid 1 and 6:8 lid 1.

    Raises ChallengeNotFound, DecisionNotFound, OwnBid, KnownBefore or KnownTooEarly.
    """
    row = rows.challenge_row(work, place, challenge_id)
    demand_no_interest(work.actor.id, rows.interested_in(work, row))
    _make_known(work, row, number, command.known_on, command.way)
    return queries.decision_at(work, place, challenge_id, number)


@verb(access.COLLECT)
def collect_decision(work: Work, place: str, challenge_id: UUID, number: int) -> DecisionView:
    """Take a decision on the page of one's own bid: from today it is known.

    Raises ChallengeNotFound, NotYours, DecisionNotFound or KnownBefore.
    """
    row = rows.challenge_row(work, place, challenge_id)
    work.demand_own(rows.group_of(work, row))
    _make_known(work, row, number, work.today, Way.COLLECTED)
    return queries.decision_at(work, place, challenge_id, number)


def write(  # noqa: PLR0913 - each says one thing of a decision
    work: Work,
    row: Challenge,
    number: int,
    character: LegalCharacter | None,
    grounds: Collection[Ground] = (),
    *,
    part: str = "",
    granted_cents: int = 0,
) -> ChallengeDecision:
    """Write what belongs to a move that decided, in its act. Raises CharacterMissing."""
    policy = neighbourhoods.policy(work, row.place).rules
    kept = ChallengeDecision(
        challenge_id=row.id,
        number=number,
        place=row.place,
        body=municipal_task(work, row.place, row.municipal_task_id).decider,
        power_article=power_article(policy),
        legal_character=character_of(character, policy.challenges),
        part=part,
        granted_cents=granted_cents,
    )
    work.session.add(kept)
    work.session.flush()
    work.session.add_all(
        DecisionGround(challenge_id=row.id, number=number, ground=ground, place=row.place)
        for ground in sorted(set(grounds))
    )
    work.session.flush()
    return kept


def _make_known(work: Work, row: Challenge, number: int, known_on: date, way: Way) -> None:
    """Say once when a decision was made known, in one step that the database decides."""
    decision = queries.decision_at(work, row.place, row.id, number)
    demand_unknown(decision.known_on)
    demand_known_day(known_on, decision.decided_on, work.today)
    of_it = col(ChallengeDecision.challenge_id) == row.id, col(ChallengeDecision.number) == number
    unknown = update(ChallengeDecision).where(*of_it, col(ChallengeDecision.known_on).is_(None))
    if work.session.exec(unknown.values(known_on=known_on, known_way=way, known_by=work.actor.id)).rowcount != 1:
        demand_unknown(known_on)
    work.record(
        DecisionMadeKnown(place=row.place, subject=str(row.id), number=number, known_on=known_on.isoformat(), way=way)
    )
