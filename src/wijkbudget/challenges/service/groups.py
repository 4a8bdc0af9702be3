# SPDX-License-Identifier: EUPL-1.2
"""Gathers the people who stand behind a bid; each joins of their own will, by a link that the group hands on."""

from uuid import UUID

from wijkbudget.challenges import access, rows
from wijkbudget.challenges.events import (
    InvitationCancelled,
    InvitationDeclined,
    MemberInvited,
    MemberJoined,
    MemberLeftBid,
)
from wijkbudget.challenges.models import Challenge, GroupMember
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.rules import group
from wijkbudget.challenges.rules.group import Consent, InvitationNotFound
from wijkbudget.challenges.rules.states import State, demand_concept
from wijkbudget.challenges.schemas import AnswerInvitation, ChallengeView, InviteMember
from wijkbudget.db.moving import move
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb


@verb(access.GROUP)
def invite(work: Work, place: str, challenge_id: UUID, command: InviteMember) -> ChallengeView:
    """Make a link with which one person can join. Raises ChallengeNotFound, NotYours, WrongState or GroupFull.

    Choice: a link, so that nobody can look up in the register who lives where to invite them.
    """
    row = _own_concept(work, place, challenge_id)
    group.demand_room(len(rows.members_of(work, row)))
    member = GroupMember(
        id=work.new_id(),
        challenge_id=row.id,
        place=place,
        called=command.called,
        consent=Consent.INVITED,
        invited_at=work.now,
    )
    work.session.add(member)
    row.written_on = work.today
    work.session.flush()
    work.record(MemberInvited(place=place, subject=str(row.id), invitation_id=str(member.id)))
    return challenge(work, place, challenge_id)


@verb(access.ANSWER)
def accept(work: Work, place: str, challenge_id: UUID, command: AnswerInvitation) -> ChallengeView:
    """Stand behind a bid, by the link of an invitation.

    Raises InvitationNotFound, WrongState, JoinedBefore or NotOfThisOrganisation.
    """
    row, member = rows.invitation_row(work, place, challenge_id, command.code)
    demand_concept(State(row.state))
    people = rows.group_of(work, row)
    group.demand_new(work.actor.id, people)
    group.demand_member(work.actor.id, rows.organisation_members(work, row))
    _answer(work, member, Consent.ACCEPTED, person=work.actor.id)
    row.written_on = work.today
    work.session.flush()
    work.record(MemberJoined(place=place, subject=str(row.id), person=work.actor.id, count=len(people) + 1))
    return challenge(work, place, challenge_id)


@verb(access.ANSWER)
def decline(work: Work, place: str, challenge_id: UUID, command: AnswerInvitation) -> None:
    """Say no to an invitation; it is not kept who did. Raises InvitationNotFound."""
    row, member = rows.invitation_row(work, place, challenge_id, command.code)
    _answer(work, member, Consent.DECLINED)
    work.record(InvitationDeclined(place=place, subject=str(row.id), invitation_id=str(member.id)))


@verb(access.GROUP)
def cancel_invitation(work: Work, place: str, challenge_id: UUID, invitation_id: UUID) -> ChallengeView:
    """Take back an invitation that nobody answered.

    Raises ChallengeNotFound, NotYours, WrongState or InvitationNotFound.
    """
    row = _own_concept(work, place, challenge_id)
    member = work.session.get(GroupMember, invitation_id)
    if member is None or member.challenge_id != row.id or member.consent != Consent.INVITED:
        raise InvitationNotFound(_("There is no such open invitation."))
    _answer(work, member, Consent.CANCELLED)
    work.record(InvitationCancelled(place=place, subject=str(row.id), invitation_id=str(member.id)))
    return challenge(work, place, challenge_id)


@verb(access.GROUP)
def leave(work: Work, place: str, challenge_id: UUID) -> None:
    """Stop standing behind a bid before it is sent in.

    Raises ChallengeNotFound, NotYours, WrongState or LastOfGroup.
    """
    row = _own_concept(work, place, challenge_id)
    group.demand_others(rows.group_of(work, row))
    mine = next(member for member in rows.members_of(work, row) if member.person == work.actor.id)
    move(work.session, mine, ("consent",), consent=Consent.LEFT, person=None, answered_at=work.now)
    work.record(MemberLeftBid(place=place, subject=str(row.id), person=work.actor.id))


def _own_concept(work: Work, place: str, challenge_id: UUID) -> Challenge:
    """Return an own bid that was not sent in. Raises ChallengeNotFound, NotYours or WrongState."""
    row = rows.challenge_row(work, place, challenge_id)
    work.demand_own(rows.group_of(work, row))
    demand_concept(State(row.state))
    return row


def _answer(work: Work, member: GroupMember, consent: Consent, person: str | None = None) -> None:
    """Answer an open invitation, once. Raises ChangedMeanwhile."""
    move(work.session, member, ("consent",), consent=consent, person=person, answered_at=work.now)
