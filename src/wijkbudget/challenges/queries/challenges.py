# SPDX-License-Identifier: EUPL-1.2
"""Answers about bids, each reader what is theirs to see."""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import access, rows
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.models import Challenge, ChallengeMove, MissingPart
from wijkbudget.challenges.queries.bids import bid_view
from wijkbudget.challenges.queries.tasks import municipal_task
from wijkbudget.challenges.rules.bids import Part, chapter_of
from wijkbudget.challenges.rules.completion import put_aside_until
from wijkbudget.challenges.rules.group import Consent
from wijkbudget.challenges.rules.idle import expires_soon
from wijkbudget.challenges.rules.officials import is_case_worker
from wijkbudget.challenges.rules.paging import read_key
from wijkbudget.challenges.rules.states import RUNNING, WRITABLE, Move, Side, State
from wijkbudget.challenges.rules.table import demand_step, moves_from
from wijkbudget.challenges.rules.timing import TIME_MOVES, doable
from wijkbudget.challenges.schemas import (
    CaseLine,
    CasePage,
    ChallengePage,
    ChallengeView,
    CompletionView,
    InvitationView,
    MemberView,
    MoveView,
    PenaltyView,
)
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Role
from wijkbudget.kit.penalty import penalty
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ)
def challenges(look: Look, place: str, after: str = "") -> ChallengePage:
    """Return a page of the bids that were sent in, the newest first, and one's own with the first page.

    Raises NeighbourhoodNotFound or NoSuchPage.
    """
    neighbourhoods.neighbourhood(look, place)
    key = read_key(after)
    found = rows.received(look, place, key)
    return ChallengePage(
        mine=[] if key else rows.lines(look, place, rows.own(look, place)),
        bids=rows.lines(look, place, found.rows),
        next=found.next,
    )


@question(access.CASES)
def cases(look: Look, place: str, after: str = "") -> CasePage:
    """Return a page of what waits for the municipality, by the day on which it must decide. Raises NoSuchPage."""
    waiting = rows.running(look, place, read_key(after))
    found = {row.id: row for row in waiting.rows}
    lines = [
        CaseLine(
            **line.model_dump(by_alias=False),
            has_case_worker=found[line.id].case_worker is not None,
            is_my_case=found[line.id].case_worker == look.actor.id,
        )
        for line in rows.lines(look, place, waiting.rows)
    ]
    return CasePage(cases=lines, next=waiting.next)


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
    untimely = _untimely(look, row, completion)
    policy = neighbourhoods.policy(look, place).rules.challenges
    asked = [part for part in bid.missing if completion is None or part in completion.missing]
    return ChallengeView(
        **line.model_dump(by_alias=False),
        task=task,
        organisation=identity.organisation(look, place, row.organisation_id).name if row.organisation_id else None,
        bid=bid,
        member_count=len(group),
        group_min=policy.group_min if policy else 0,
        members=_members(look, row, group),
        completion=completion,
        penalty=_penalty(look, row, moves),
        expires_on=expires_soon(row.written_on, look.today) if row.state == State.CONCEPT else None,
        moves=[_move(move) for move in moves],
        next_chapter=chapter_of(asked[0]) if asked else None,
        is_my_case=row.case_worker == look.actor.id,
        may_write=line.is_mine and access.GROUP.allows(look.roles) and State(row.state) in WRITABLE,
        may=[move for move in _may(look, row, group) if move not in untimely],
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


def _may(look: Look, row: Challenge, group: Collection[str]) -> Iterator[Move]:
    """Yield the moves that the table lets whoever asks make now."""
    state, me = State(row.state), look.actor.id
    if me in group and access.GROUP.allows(look.roles):
        yield from moves_from(state, Side.GROUP)
    if access.HANDLE.allows(look.roles) and me not in rows.interested_in(look, row):
        for move in moves_from(state, Side.CASE_WORKER):
            if is_case_worker(me, row.case_worker, move) and (move, row.case_worker) != (Move.TAKE_OVER, me):
                yield move
        if me not in rows.handled_by(look, row):
            yield from moves_from(state, Side.DECIDER)
    if access.OBJECT.allows(look.roles):
        yield from moves_from(state, Side.INTERESTED)


def _penalty(look: Look, row: Challenge, moves: Collection[ChallengeMove]) -> PenaltyView | None:
    """Return what the municipality owes, until it decided or the bid was taken back, if it was told to be too late."""
    told_on = clocks.timing_of(look, row).notice_on
    if told_on is None:
        return None
    answers = (day_of(move.moved_at) for move in moves if move.from_state in RUNNING and move.to_state not in RUNNING)
    owed = penalty(told_on, next(answers, look.today))
    return PenaltyView(told_on=told_on, **owed._asdict())


def _untimely(look: Look, row: Challenge, completion: CompletionView | None) -> frozenset[Move]:
    """Return the moves for which it is not the time."""
    if row.state not in RUNNING:
        return frozenset()
    happened = clocks.timing_of(look, row)
    untimely = TIME_MOVES - set(doable(happened, clocks.clock_of(look, row, happened), look.today))
    is_unused = completion is not None and completion.is_over and look.today <= completion.put_aside_until
    return untimely if is_unused else untimely | {Move.PUT_ASIDE}


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
    request = rows.completion_of(look, row)
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
