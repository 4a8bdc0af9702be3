# SPDX-License-Identifier: EUPL-1.2
"""Answers about bids, each reader what is theirs to see."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import access
from wijkbudget.challenges.models import Challenge, ChallengeMove, CompletionRequest, MissingPart
from wijkbudget.challenges.queries import rows
from wijkbudget.challenges.queries.bids import bid_view
from wijkbudget.challenges.queries.tasks import municipal_task
from wijkbudget.challenges.rules.bids import Part, chapter_of
from wijkbudget.challenges.rules.clock import put_aside_until
from wijkbudget.challenges.rules.group import Consent
from wijkbudget.challenges.rules.states import WRITABLE, Move, State, can, demand_step
from wijkbudget.challenges.schemas import (
    CaseLine,
    ChallengeLine,
    ChallengeView,
    CompletionView,
    InvitationView,
    MemberView,
    MoveView,
)
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def challenges(look: Look, place: str) -> list[ChallengeLine]:
    """Return the bids that were sent in, and one's own, the newest first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    return rows.lines(look, place, rows.visible(look, place))


@question(access.CASES)
def cases(look: Look, place: str) -> list[CaseLine]:
    """Return the bids that wait for the municipality, by the day on which it must have decided."""
    found = {row.id: row for row in rows.running(look, place)}
    waiting = [
        CaseLine(
            **line.model_dump(by_alias=False),
            has_case_worker=found[line.id].case_worker is not None,
            is_my_case=found[line.id].case_worker == look.actor.id,
        )
        for line in rows.lines(look, place, found.values())
    ]
    return sorted(
        waiting, key=lambda line: (line.clock.decide_on if line.clock else look.today, line.title, str(line.id))
    )


@question(access.READ)
def challenge(look: Look, place: str, challenge_id: UUID) -> ChallengeView:
    """Return one bid; one that was never sent in is there for its group only. Raises ChallengeNotFound."""
    row = rows.challenge_row(look, place, challenge_id)
    line = rows.lines(look, place, [row])[0]
    task = municipal_task(look, place, row.municipal_task_id)
    bid = bid_view(look, row, task.current_cost_cents)
    moves = rows.moves_of(look, row)
    group = rows.group_of(look, row)
    completion = _completion(look, row, moves)
    policy = neighbourhoods.policy(look, place).rules.challenges
    asked = [part for part in bid.missing if completion is None or part in completion.missing]
    has_interest = look.actor.id in rows.interested_in(look, row)
    state = State(row.state)

    def may(move: Move) -> bool:
        """Return whether the table lets whoever asks make this move."""
        is_group = line.is_mine and access.GROUP.allows(look.roles) and can(state, move, Role.RESIDENT)
        is_official = not has_interest and access.HANDLE.allows(look.roles) and can(state, move, Role.OFFICIAL)
        return is_group or is_official

    return ChallengeView(
        **line.model_dump(by_alias=False),
        task=task,
        organisation=identity.organisation(look, place, row.organisation_id).name if row.organisation_id else None,
        bid=bid,
        member_count=len(group),
        group_min=policy.group_min if policy else 0,
        members=_members(look, row, group),
        completion=completion,
        moves=[_move(move) for move in moves],
        next_chapter=chapter_of(asked[0]) if asked else None,
        is_my_case=row.case_worker == look.actor.id,
        may_write=line.is_mine and access.GROUP.allows(look.roles) and state in WRITABLE,
        may_submit=may(Move.SUBMIT),
        may_complete=may(Move.COMPLETE),
        may_withdraw=may(Move.WITHDRAW),
        may_take_on=not line.is_mine and may(Move.TAKE_ON),
        may_ask_to_complete=may(Move.ASK_TO_COMPLETE),
        may_put_aside=may(Move.PUT_ASIDE)
        and completion is not None
        and completion.is_over
        and look.today <= completion.put_aside_until,
    )


@question(access.READ)
def invitation(look: Look, place: str, challenge_id: UUID, code: str) -> InvitationView:
    """Return a bid to whoever has the link of an invitation to it. Raises InvitationNotFound."""
    row, _member = rows.invitation_row(look, place, challenge_id, code)
    task = municipal_task(look, place, row.municipal_task_id)
    group = rows.group_of(look, row)
    return InvitationView(
        challenge_id=row.id,
        title=row.title,
        task=task,
        organisation=identity.organisation(look, place, row.organisation_id).name if row.organisation_id else None,
        member_count=len(group),
        bid=bid_view(look, row, task.current_cost_cents),
        code=code,
        has_joined=look.actor.id in group,
    )


def _members(look: Look, row: Challenge, group: Collection[str]) -> list[MemberView]:
    """Return who stands behind a bid; a guest sees no names, and only the group sees open invitations."""
    if not look.actor.roles_in(row.place) - {Role.GUEST}:
        return []
    called = identity.names(look, group)
    sees_invited = look.actor.id in group
    return [
        MemberView(
            id=member.id,
            name=called[member.person] if member.person else member.called,
            consent=Consent(member.consent),
            code=rows.invitation_code(look, member) if member.consent == Consent.INVITED else None,
        )
        for member in rows.members_of(look, row)
        if member.consent == Consent.ACCEPTED or (sees_invited and member.consent == Consent.INVITED)
    ]


def _completion(look: Look, row: Challenge, moves: Collection[ChallengeMove]) -> CompletionView | None:
    """Return what an official asked for, while it is still missing or after a bid was put aside for it."""
    request = look.session.get(CompletionRequest, row.id)
    if request is None:
        return None
    asked = set(look.session.exec(select(MissingPart.part).where(col(MissingPart.challenge_id) == row.id)))
    return CompletionView(
        missing=[part for part in Part if part in asked],
        reason=next(move.reason for move in moves if move.move == Move.ASK_TO_COMPLETE),
        asked_on=request.asked_on,
        last_on=request.last_on,
        is_over=look.today > request.last_on,
        put_aside_until=put_aside_until(request.last_on),
    )


def _move(row: ChallengeMove) -> MoveView:
    step = demand_step(State(row.from_state) if row.from_state else None, Move(row.move))
    return MoveView(
        move=step.move, then=step.then, by=step.by, moved_on=day_of(row.moved_at), base=row.base, reason=row.reason
    )
