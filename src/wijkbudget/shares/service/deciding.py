# SPDX-License-Identifier: EUPL-1.2
"""What people decide about shares of others: the council grants one, an official looks into them and corrects."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from wijkbudget.council import queries as council
from wijkbudget.council.contracts import queries as contracts
from wijkbudget.council.rules import Stance
from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.ledger import service as ledger
from wijkbudget.shares import access, queries, rules
from wijkbudget.shares.events import ShareCorrected, SharesReinstated, SharesSuspended
from wijkbudget.shares.models import ShareEnding, ShareSuspension
from wijkbudget.shares.queries import holders
from wijkbudget.shares.queries.holdings import rules_of
from wijkbudget.shares.rules import Ending, Grant, Reason
from wijkbudget.shares.schemas import CorrectShare, GrantForContract, HoldingView, SuspendShares
from wijkbudget.shares.service.reviewing import write_grants
from wijkbudget.trail.work import Work, verb


@verb(access.CARRY_OUT, once=True)
def grant_for_contract(work: Work, place: str, person_id: UUID, command: GrantForContract) -> HoldingView:
    """Give a holder a share for the neighbourhood contract, as the council decided.

    Raises HolderNotFound, Suspended, DecisionNotFound, NothingForContracts, OwnShares, NotOfThisYear,
    ContractShareGiven, CapReached or NoContract.
    """
    holding = holders.holding_of(work, place, person_id)
    rules.demand_counting(is_suspended=holders.is_suspended(work, place, person_id))
    decision = council.decision(work, place, command.decision_id)
    found = rules_of(work, place)
    if found is None or found[1].contract_article is None:
        raise rules.NothingForContracts(_("The rules of this neighbourhood give no share for the contract."))
    version, policy = found
    household = identity.housemates(work, [str(person_id)])
    for voice in decision.voices:
        if voice.stance != Stance.RECUSED:
            rules.demand_others(voice.person_id, household)
    rules.demand_others(work.actor.id, household)
    rules.demand_room(holding, decision.decided_on, work.today, policy.shares_per_holder_max)
    rules.demand_contract(is_agreed=contracts.has_agreed_contract(work, place, decision.decided_on.year))
    share = Grant(
        person_id=person_id,
        reason=Reason.NEIGHBOURHOOD_CONTRACT,
        year=decision.decided_on.year,
        spell=holding.spell,
        rests_on=holding,
    )
    write_grants(work, place, [share], version, decision.id)
    return queries.holder(work, place, person_id)


@verb(access.REVIEW)
def suspend(work: Work, place: str, person_id: UUID, command: SuspendShares) -> HoldingView:
    """Let the shares of somebody not count while they are looked into.

    Raises HolderNotFound, OwnShares or Suspended.
    """
    holders.holding_of(work, place, person_id)
    rules.demand_others(work.actor.id, identity.housemates(work, [str(person_id)]))
    rules.demand_counting(is_suspended=holders.open_suspension(work, place, person_id) is not None)
    row = ShareSuspension(
        id=work.new_id(),
        place=place,
        person_id=person_id,
        reason=command.reason,
        suspended_on=work.today,
        suspended_by=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    work.record(SharesSuspended(place=place, subject=place, suspension_id=str(row.id), person_id=str(person_id)))
    return queries.holder(work, place, person_id)


@verb(access.REVIEW)
def lift(work: Work, place: str, person_id: UUID) -> HoldingView:
    """Let the shares of somebody count again. Raises HolderNotFound, OwnShares or NotSuspended."""
    holders.holding_of(work, place, person_id)
    rules.demand_others(work.actor.id, identity.housemates(work, [str(person_id)]))
    found = holders.open_suspension(work, place, person_id)
    if found is None:
        raise rules.NotSuspended(_("These shares count already."))
    there = update(ShareSuspension).where(col(ShareSuspension.id) == found.id)
    work.session.connection().execute(there.values(lifted_on=work.today, lifted_by=work.actor.id))
    work.session.expire(found)
    work.record(SharesReinstated(place=place, subject=place, suspension_id=str(found.id), person_id=str(person_id)))
    return queries.holder(work, place, person_id)


@verb(access.REVIEW, once=True)
def correct(work: Work, place: str, person_id: UUID, command: CorrectShare) -> HoldingView:
    """Take back a share that was granted by mistake, with a transfer the other way and the reason.

    Choice: the year or the time that it was for earns no other share, so a correction stays what it is.
    Raises HolderNotFound, OwnShares, ShareNotFound or FirstShare.
    """
    holders.holding_of(work, place, person_id)
    rules.demand_others(work.actor.id, identity.housemates(work, [str(person_id)]))
    share = holders.share_of(work, place, person_id, command.share_id)
    rules.demand_extra(Reason(share.reason))
    work.session.add(
        ShareEnding(
            share_id=share.id,
            place=place,
            ending=Ending.CORRECTED,
            ended_on=work.today,
            reason=command.reason,
            corrected_by=work.actor.id,
        )
    )
    work.session.flush()
    ledger.post_shares(work, place, [rules.ended(place, share.id, person_id)])
    work.record(ShareCorrected(place=place, subject=place, share_id=str(share.id), person_id=str(person_id)))
    return queries.holder(work, place, person_id)
