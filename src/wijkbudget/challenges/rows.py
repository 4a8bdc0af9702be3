# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows that questions and verbs begin with, always within one neighbourhood."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import col, or_, select

from wijkbudget.challenges.models import (
    Bid,
    BidCost,
    Challenge,
    ChallengeMove,
    CompletionRequest,
    GroupMember,
    MunicipalTask,
)
from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.challenges.rules.clock import Clock, Pause, read_clock
from wijkbudget.challenges.rules.group import Consent, InvitationNotFound
from wijkbudget.challenges.rules.states import RUNNING, State
from wijkbudget.challenges.schemas import ChallengeLine, ClockView
from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look

INVITATION = "challenge invitation"
"""The purpose of the keyed hash that the link of an invitation carries."""


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


def visible(look: Look, place: str) -> Sequence[Challenge]:
    """Return the bids that were sent in, and those of whoever asks, the newest first."""
    mine = exists().where(col(GroupMember.challenge_id) == col(Challenge.id), col(GroupMember.person) == look.actor.id)
    rows = select(Challenge).where(col(Challenge.place) == place, or_(col(Challenge.received_on).is_not(None), mine))
    return look.session.exec(rows.order_by(col(Challenge.started_at).desc(), col(Challenge.id))).all()


def running(look: Look, place: str) -> Sequence[Challenge]:
    """Return the bids that wait for an answer."""
    return look.session.exec(
        select(Challenge).where(col(Challenge.place) == place, col(Challenge.state).in_(sorted(RUNNING)))
    ).all()


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


def moves_of(look: Look, row: Challenge) -> Sequence[ChallengeMove]:
    """Return every move of a bid, the first one first."""
    moves = select(ChallengeMove).where(col(ChallengeMove.challenge_id) == row.id).order_by(col(ChallengeMove.number))
    return look.session.exec(moves).all()


def pauses(look: Look, place: str) -> Mapping[UUID, Pause]:
    """Return how the time to decide stood still, for each bid of a neighbourhood that was found incomplete."""
    ended = {
        move.challenge_id: day_of(move.moved_at)
        for move in look.session.exec(
            select(ChallengeMove).where(
                col(ChallengeMove.place) == place, col(ChallengeMove.from_state) == State.INCOMPLETE
            )
        )
    }
    requests = look.session.exec(select(CompletionRequest).where(col(CompletionRequest.place) == place))
    return {
        request.challenge_id: Pause(
            asked_on=request.asked_on, last_on=request.last_on, ended_on=ended.get(request.challenge_id)
        )
        for request in requests
    }


def clock_of(look: Look, row: Challenge) -> Clock:
    """Return where the time to decide about a bid stands; it was sent in."""
    assert row.received_on is not None
    return read_clock(row.received_on, pauses(look, row.place).get(row.id), look.today)


def lines(look: Look, place: str, rows: Iterable[Challenge]) -> list[ChallengeLine]:
    """Return bids as they stand in the register."""
    titles = dict(
        look.session.exec(select(MunicipalTask.id, MunicipalTask.title).where(col(MunicipalTask.place) == place)).all()
    )
    mine = set(
        look.session.exec(
            select(GroupMember.challenge_id).where(
                col(GroupMember.place) == place, col(GroupMember.person) == look.actor.id
            )
        )
    )
    paused = pauses(look, place)
    return [
        ChallengeLine(
            id=row.id,
            title=row.title,
            municipal_task_id=row.municipal_task_id,
            task_title=titles[row.municipal_task_id],
            state=State(row.state),
            received_on=row.received_on,
            clock=_clock(look, row, paused.get(row.id)),
            is_mine=row.id in mine,
        )
        for row in rows
    ]


def _clock(look: Look, row: Challenge, pause: Pause | None) -> ClockView | None:
    """Return where the time to decide stands, while the municipality owes an answer."""
    if row.received_on is None or row.state not in RUNNING:
        return None
    return ClockView.model_validate(read_clock(row.received_on, pause, look.today), from_attributes=True)
