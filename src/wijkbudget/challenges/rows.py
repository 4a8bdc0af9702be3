# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows that questions and verbs begin with, always within one neighbourhood."""

import hmac
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, exists, literal, tuple_
from sqlmodel import col, select

from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.models import (
    Bid,
    BidCost,
    BidIndicator,
    Challenge,
    ChallengeMove,
    CompletionRequest,
    GroupMember,
    MunicipalTask,
)
from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.challenges.rules.group import Consent, InvitationNotFound
from wijkbudget.challenges.rules.paging import PAGE_LENGTH, PageKey
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.challenges.rules.table import side_of
from wijkbudget.challenges.schemas import ChallengeLine
from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look

INVITATION = "challenge invitation"
"""The purpose of the keyed hash that the link of an invitation carries."""

CASE_WORKER_MOVES = tuple(move for move in Move if side_of(move) is Side.CASE_WORKER)


class Page(NamedTuple):
    """Some bids of a long list, and the key of the page that follows."""

    rows: Sequence[Challenge]
    next: str | None


def challenge_row(look: Look, place: str, challenge_id: UUID) -> Challenge:
    """Return the row of a bid; one that was never sent in is there for its group only. Raises ChallengeNotFound."""
    row = look.session.get(Challenge, challenge_id)
    if row is None or row.place != place or (row.received_on is None and look.actor.id not in group_of(look, row)):
        raise ChallengeNotFound(_("There is no such bid in this neighbourhood."))
    return row


def invitation_row(look: Look, place: str, challenge_id: UUID, code: str) -> tuple[Challenge, GroupMember]:
    """Return a bid and the open invitation to it that a link belongs to. Raises InvitationNotFound."""
    row = look.session.get(Challenge, challenge_id)
    if row is not None and row.place == place:
        for member in members_of(look, row):
            is_it = hmac.compare_digest(invitation_code(look, member).encode(), code.encode())
            if is_it and member.consent == Consent.INVITED:
                return row, member
    raise InvitationNotFound(_("This link does not work, or no longer. Ask for a new one."))


def invitation_code(look: Look, member: GroupMember) -> str:
    """Return what the link of an invitation carries; it is made from the key, so it is kept nowhere."""
    return look.keys.keyed_hash(INVITATION, str(member.id))[:32]


def own(look: Look, place: str) -> Sequence[Challenge]:
    """Return the bids of whoever asks, the newest first."""
    mine = exists().where(col(GroupMember.challenge_id) == col(Challenge.id), col(GroupMember.person) == look.actor.id)
    rows = select(Challenge).where(col(Challenge.place) == place, mine)
    return look.session.exec(rows.order_by(col(Challenge.started_at).desc(), col(Challenge.id))).all()


def received(look: Look, place: str, after: PageKey | None) -> Page:
    """Return a page of the bids that were sent in, the newest first."""
    rows = select(Challenge).where(col(Challenge.place) == place, col(Challenge.received_on).is_not(None))
    if after:
        rows = rows.where(
            tuple_(col(Challenge.received_on), col(Challenge.id)) < tuple_(literal(after.on), literal(after.id, Uuid()))
        )
    newest = rows.order_by(col(Challenge.received_on).desc(), col(Challenge.id).desc())
    return _page(look.session.exec(newest.limit(PAGE_LENGTH + 1)).all(), lambda row: row.received_on)


def running(look: Look, place: str, after: PageKey | None) -> Page:
    """Return a page of the bids that wait for an answer, the most urgent first."""
    rows = select(Challenge).where(col(Challenge.place) == place, col(Challenge.decide_on).is_not(None))
    if after:
        rows = rows.where(
            tuple_(col(Challenge.decide_on), col(Challenge.id)) > tuple_(literal(after.on), literal(after.id, Uuid()))
        )
    first = rows.order_by(col(Challenge.decide_on), col(Challenge.id))
    return _page(look.session.exec(first.limit(PAGE_LENGTH + 1)).all(), lambda row: row.decide_on)


def _page(found: Sequence[Challenge], day: Callable[[Challenge], date | None]) -> Page:
    """Return a page of a list in the order of a day, without the bid that only tells that there are more."""
    if len(found) <= PAGE_LENGTH:
        return Page(found, None)
    last, on = found[PAGE_LENGTH - 1], day(found[PAGE_LENGTH - 1])
    assert on is not None, "the list is in its order"
    return Page(found[:PAGE_LENGTH], str(PageKey(on, last.id)))


def members_of(look: Look, row: Challenge) -> Sequence[GroupMember]:
    """Return every invitation to a bid, the oldest first."""
    rows = select(GroupMember).where(col(GroupMember.challenge_id) == row.id)
    return look.session.exec(rows.order_by(col(GroupMember.invited_at), col(GroupMember.id))).all()


def group_of(look: Look, row: Challenge) -> frozenset[str]:
    """Return who stands behind a bid."""
    return frozenset(member.person for member in members_of(look, row) if member.person)


def interested_in(look: Look, row: Challenge) -> frozenset[str]:
    """Return who has an interest in a bid: its group, and every member of its organisation."""
    return group_of(look, row) | (organisation_members(look, row) or frozenset())


def handled_by(look: Look, row: Challenge) -> frozenset[str]:
    """Return who ever was the case worker of a bid."""
    moves = select(ChallengeMove.actor).where(
        col(ChallengeMove.challenge_id) == row.id, col(ChallengeMove.move).in_(CASE_WORKER_MOVES)
    )
    return frozenset(look.session.exec(moves))


def organisation_members(look: Look, row: Challenge) -> frozenset[str] | None:
    """Return the members of the organisation in whose name a bid is, or None if it is in nobody's."""
    if row.organisation_id is None:
        return None
    return frozenset(identity.organisation(look, row.place, row.organisation_id).members)


def bid_of(look: Look, row: Challenge) -> Bid:
    """Return what a bid says."""
    return look.session.get_one(Bid, row.id)


def costs_of(look: Look, row: Challenge) -> Sequence[BidCost]:
    """Return what a bid costs, line by line."""
    lines = select(BidCost).where(col(BidCost.challenge_id) == row.id).order_by(col(BidCost.position))
    return look.session.exec(lines).all()


def indicators_of(look: Look, row: Challenge) -> Sequence[BidIndicator]:
    """Return by what a group wants it to be seen that its work helps, in order."""
    lines = select(BidIndicator).where(col(BidIndicator.challenge_id) == row.id).order_by(col(BidIndicator.position))
    return look.session.exec(lines).all()


def moves_of(look: Look, row: Challenge) -> Sequence[ChallengeMove]:
    """Return every move of a bid, the first one first."""
    moves = select(ChallengeMove).where(col(ChallengeMove.challenge_id) == row.id).order_by(col(ChallengeMove.number))
    return look.session.exec(moves).all()


def completion_of(look: Look, row: Challenge) -> CompletionRequest | None:
    """Return what an official asked for, if something was missing."""
    return look.session.get(CompletionRequest, row.id)


def lines(look: Look, place: str, rows: Collection[Challenge]) -> list[ChallengeLine]:
    """Return bids as they stand in the register."""
    ids, tasks = [row.id for row in rows], {row.municipal_task_id for row in rows}
    titles = dict(
        look.session.exec(
            select(MunicipalTask.id, MunicipalTask.title).where(
                col(MunicipalTask.place) == place, col(MunicipalTask.id).in_(tasks)
            )
        ).all()
    )
    mine = set(
        look.session.exec(
            select(GroupMember.challenge_id).where(
                col(GroupMember.challenge_id).in_(ids), col(GroupMember.person) == look.actor.id
            )
        )
    )
    times = clocks.shown(look, rows)
    return [
        ChallengeLine(
            id=row.id,
            title=row.title,
            municipal_task_id=row.municipal_task_id,
            task_title=titles[row.municipal_task_id],
            state=State(row.state),
            received_on=row.received_on,
            clock=times.get(row.id),
            is_mine=row.id in mine,
        )
        for row in rows
    ]
