# SPDX-License-Identifier: EUPL-1.2
"""Reads one holder: what they hold, whether it counts, what can be handed back, and what happened to it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.council import queries as council
from wijkbudget.council.rules import Kind
from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import SharesPolicy
from wijkbudget.shares import access
from wijkbudget.shares.models import HandBackStop, Share, ShareEnding, ShareHandBack, ShareSuspension
from wijkbudget.shares.queries.holdings import held, holdings, rules_of, suspended
from wijkbudget.shares.rules import Ending, HolderNotFound, Holding, NoPrice, Reason, ShareNotFound
from wijkbudget.shares.schemas import ContractChoice, HoldingView, PastShareView, SuspensionView
from wijkbudget.trail.work import Look, question


@question(access.SEE_REGISTER)
def holder(look: Look, place: str, person_id: UUID) -> HoldingView:
    """Return all that happened to the shares of a holder, and what the reader may decide. Raises HolderNotFound."""
    holding_of(look, place, person_id)
    suspensions = select(ShareSuspension).where(
        col(ShareSuspension.place) == place, col(ShareSuspension.person_id) == person_id
    )
    ordered = suspensions.order_by(col(ShareSuspension.suspended_on), col(ShareSuspension.id))
    is_own = look.actor.id in identity.housemates(look, [str(person_id)])
    found = rules_of(look, place)
    gives = access.CARRY_OUT.allows(look.roles) and found is not None and found[1].contract_article is not None
    return HoldingView(
        person=identity.name_of(look, person_id),
        shares=past_shares(look, place, person_id),
        suspensions=[
            SuspensionView(reason=row.reason, suspended_on=row.suspended_on, lifted_on=row.lifted_on)
            for row in look.session.exec(ordered)
        ],
        is_suspended=is_suspended(look, place, person_id),
        may_review=access.REVIEW.allows(look.roles) and not is_own,
        contract_choices=_choices(look, place) if gives and not is_own else [],
    )


def holding_of(look: Look, place: str, person_id: UUID) -> Holding:
    """Return what somebody holds. Raises HolderNotFound."""
    found = holdings(look, place, [person_id]).get(person_id)
    if found is None:
        raise HolderNotFound(_("Nobody with this name holds shares here."))
    return found


def is_suspended(look: Look, place: str, person_id: UUID) -> bool:
    """Return whether the shares of a holder do not count now."""
    return bool(suspended(look, place, [person_id]))


def open_suspension(look: Look, place: str, person_id: UUID) -> ShareSuspension | None:
    """Return why the shares of somebody are looked into, if they are."""
    rows = select(ShareSuspension).where(
        col(ShareSuspension.place) == place,
        col(ShareSuspension.person_id) == person_id,
        col(ShareSuspension.lifted_on).is_(None),
    )
    return look.session.exec(rows).first()


def share_of(look: Look, place: str, person_id: UUID, share_id: UUID) -> Share:
    """Return a share that somebody holds now. Raises ShareNotFound."""
    row = look.session.exec(
        held(select(Share), place).where(col(Share.id) == share_id, col(Share.person_id) == person_id)
    ).first()
    if row is None:
        raise ShareNotFound(_("This person has no such share any more."))
    return row


def years_held(look: Look, place: str, person_id: UUID) -> list[UUID]:
    """Return the shares for years of residence that somebody holds, in the order of the years."""
    rows = held(select(col(Share.id)), place).where(
        col(Share.person_id) == person_id, col(Share.reason) == Reason.YEAR_OF_RESIDENCE
    )
    return list(look.session.exec(rows.order_by(col(Share.year))).all())


def hand_back_row(look: Look, place: str, hand_back_id: UUID) -> ShareHandBack:
    """Return the row of shares that the reader handed back. Raises ShareNotFound."""
    rows = select(ShareHandBack).where(
        col(ShareHandBack.id) == hand_back_id,
        col(ShareHandBack.place) == place,
        col(ShareHandBack.person_id) == UUID(look.actor.id),
    )
    row = look.session.exec(rows).first()
    if row is None:
        raise ShareNotFound(_("You handed no such shares back here."))
    return row


def is_hand_back_closed(look: Look, place: str) -> bool:
    """Return whether a vote is on the way today, so that no share is handed back."""
    rows = select(HandBackStop.about).where(
        col(HandBackStop.place) == place,
        col(HandBackStop.first_on) <= look.today,
        col(HandBackStop.last_on) >= look.today,
    )
    return look.session.exec(rows).first() is not None


def handed_back_by(look: Look, things: Collection[str]) -> frozenset[str]:
    """Return who handed back the shares that are among these things, for who asks whose account it is."""
    ids = [UUID(thing) for thing in things]
    rows = select(ShareHandBack.person_id).where(col(ShareHandBack.id).in_(ids))
    return frozenset(str(person_id) for person_id in look.session.exec(rows).all())


def stop_of(look: Look, place: str, about: str) -> tuple[date, date] | None:
    """Return from when to when no share is handed back because of a thing, for who said so."""
    row = look.session.get(HandBackStop, about)
    return (row.first_on, row.last_on) if row and row.place == place else None


def demand_rules(found: tuple[int, SharesPolicy] | None) -> tuple[int, SharesPolicy]:
    """Return what the policy says about shares, with its version. Raises NoPrice if it says nothing."""
    if found is None:
        raise NoPrice(_("The rules of your neighbourhood pay nothing for a share."))
    return found


def past_shares(look: Look, place: str, person_id: UUID) -> list[PastShareView]:
    """Return the shares of a holder, those that ended among them, in the order they were granted."""
    holding = holdings(look, place, [person_id]).get(person_id)
    spell = holding.spell if holding else 0
    rows = (
        select(Share, ShareEnding)
        .outerjoin(ShareEnding, col(ShareEnding.share_id) == col(Share.id))
        .where(col(Share.place) == place, col(Share.person_id) == person_id, col(Share.spell) == spell)
        .order_by(col(Share.granted_on), col(Share.year), col(Share.reason))
    )
    return [
        PastShareView(
            id=share.id,
            reason=Reason(share.reason),
            year=share.year,
            granted_on=share.granted_on,
            policy_version=share.policy_version,
            decision_id=share.decision_id,
            ending=Ending(ending.ending) if ending else None,
            ended_on=ending.ended_on if ending else None,
            ending_reason=ending.reason if ending else None,
            may_correct=ending is None and share.reason != Reason.RESIDENT,
        )
        for share, ending in look.session.exec(rows).all()
    ]


def _choices(look: Look, place: str) -> list[ContractChoice]:
    """Return the decisions of this year that a share can follow from, newest first."""
    return [
        ContractChoice(id=decision.id, title=decision.title, decided_on=decision.decided_on)
        for decision in council.decisions(look, place)
        if decision.decided_on.year == look.today.year and decision.kind is Kind.OTHER
    ]
