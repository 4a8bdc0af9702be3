# SPDX-License-Identifier: EUPL-1.2
"""Writes down what is known before a bid is decided: procurement, aid received before, and what the council advises."""

from uuid import UUID

from wijkbudget.challenges import rows
from wijkbudget.challenges.advice import access, queries
from wijkbudget.challenges.advice.events import AdviceGiven, AidDeclared, ProcurementAssessed
from wijkbudget.challenges.advice.models import AidDeclaration, CouncilAdvice, ProcurementAssessment, ReceivedAid
from wijkbudget.challenges.advice.rules import council as rules
from wijkbudget.challenges.advice.rules.procurement import demand_assessable
from wijkbudget.challenges.advice.rules.state_aid import demand_declarable
from wijkbudget.challenges.advice.schemas import (
    AssessProcurement,
    CouncilAdviceView,
    DeclareAid,
    GiveAdvice,
    SheetView,
)
from wijkbudget.challenges.queries import municipal_task
from wijkbudget.challenges.rules.group import demand_arranged
from wijkbudget.challenges.rules.officials import demand_case_worker, demand_no_interest
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.council import service as council
from wijkbudget.council.rules import Kind
from wijkbudget.council.schemas import RecordDecision
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.ASSESS)
def assess_procurement(work: Work, place: str, challenge_id: UUID, command: AssessProcurement) -> SheetView:
    """Write down what a bid is worth over its whole time, who else may want it, and whether it can be state aid.

    Nothing is refused for what it says: what reaches a threshold or a ceiling is weighed under ground W11.

    Raises ChallengeNotFound, OwnBid, NotYourCase or WrongState.
    """
    row = rows.challenge_row(work, place, challenge_id)
    demand_no_interest(work.actor.id, rows.interested_in(work, row))
    demand_assessable(State(row.state))
    # It is written down for the move that asks advice, so whoever can make that move can do this.
    demand_case_worker(work.actor.id, row.case_worker, Move.ASK_ADVICE)
    number = queries.numbers_of(work, row)[0] + 1
    work.session.add(
        ProcurementAssessment(
            challenge_id=row.id,
            number=number,
            place=place,
            form=command.form,
            kind=command.kind,
            base_cents=command.base_cents,
            options_cents=command.options_cents,
            has_market_interest=command.has_market_interest,
            has_cross_border_interest=command.has_cross_border_interest,
            is_undertaking=command.is_undertaking,
            is_general_interest=command.is_general_interest,
            reason=command.reason,
            assessor=work.actor.id,
            assessed_at=work.now,
        )
    )
    work.session.flush()
    work.record(ProcurementAssessed(place=place, subject=str(row.id), number=number))
    return queries.sheet(work, place, challenge_id)


@verb(access.DECLARE)
def declare_aid(work: Work, place: str, challenge_id: UUID, command: DeclareAid) -> SheetView:
    """Write down which small aid a group received; too much is noted, never refused.

    Raises ChallengeNotFound, NotYours or WrongState.
    """
    row = rows.challenge_row(work, place, challenge_id)
    work.demand_own(rows.group_of(work, row))
    demand_declarable(State(row.state))
    number = queries.numbers_of(work, row)[1] + 1
    work.session.add(
        AidDeclaration(challenge_id=row.id, number=number, place=place, declarer=work.actor.id, declared_at=work.now)
    )
    work.session.flush()
    work.session.add_all(
        ReceivedAid(
            challenge_id=row.id,
            number=number,
            position=position,
            place=place,
            giver=line.giver,
            amount_cents=line.amount_cents,
            granted_on=line.granted_on,
            is_general_interest=line.is_general_interest,
        )
        for position, line in enumerate(command.received, 1)
    )
    work.session.flush()
    work.record(AidDeclared(place=place, subject=str(row.id), number=number))
    return queries.sheet(work, place, challenge_id)


@verb(access.ADVISE)
def give_advice(work: Work, place: str, challenge_id: UUID, command: GiveAdvice) -> CouncilAdviceView:
    """Record what the council advised about a bid, as a decision of it; after its last day too.

    Source: Awb art. 3:6: advice that comes late can still be used.

    Raises ChallengeNotFound, WrongState, NotAsked, AdvisedBefore, ConditionsMissing, NotArranged and what
    `council.decide` raises.
    """
    row = rows.challenge_row(work, place, challenge_id)
    asked, advice = queries.asked_by(work, row), queries.advice_of(work, row)
    rules.demand_advisable(State(row.state), was_advised=advice is not None and advice.stance is not None)
    rules.demand_asked(was_asked=asked is not None)
    assert asked is not None, "it was asked"
    rules.demand_conditions(command.stance, command.conditions)
    policy = demand_arranged(neighbourhoods.policy(work, place).rules.challenges)
    record = RecordDecision(
        kind=Kind.ADVICE,
        # The task is the municipality's own words; what a group writes can be erased, a decision cannot.
        title=municipal_task(work, place, row.municipal_task_id).title,
        motivation=command.motivation,
        decided_on=command.decided_on,
        article=policy.article,
        for_=command.for_,
        against=command.against,
        recused=command.recused,
    )
    decided = council.decide(work, place, record, about=[str(row.id)], interested=rows.interested_in(work, row))
    work.session.add(
        CouncilAdvice(
            challenge_id=row.id,
            asked_number=asked.number,
            place=place,
            stance=command.stance,
            conditions=command.conditions,
            decision_id=decided.id,
            given_at=work.now,
        )
    )
    work.session.flush()
    work.record(AdviceGiven(place=place, subject=str(row.id), decision_id=str(decided.id), stance=command.stance))
    given = queries.advice_of(work, row)
    assert given is not None, "it was just written"
    return given
