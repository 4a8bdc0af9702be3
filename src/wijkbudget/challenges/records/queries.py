# SPDX-License-Identifier: EUPL-1.2
"""Reads one bid as a case."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from wijkbudget.challenges import rows
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.decisions.schemas import DecisionView
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.records import access
from wijkbudget.challenges.records.rules import (
    BODIES,
    CASE_TYPE,
    ENDS,
    RESULTS,
    STATUS_TYPES,
    STOPS,
    TEXT_MAX,
    TITLE_MAX,
    PartyType,
    RoleType,
    last_result,
    shortened,
)
from wijkbudget.challenges.records.schemas import (
    CaseFile,
    DecisionFile,
    ResultFile,
    RoleFile,
    StatusFile,
    SuspensionFile,
)
from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, question


@question(access.READ)
def case_file(look: Look, place: str, challenge_id: UUID) -> CaseFile:
    """Return a bid that was sent in as a case; names of people only for who keeps or checks it.

    Raises ChallengeNotFound.
    """
    row = rows.challenge_row(look, place, challenge_id)
    if row.received_on is None:
        raise ChallengeNotFound(_("There is no such bid in this neighbourhood."))
    seen, moves = challenge(look, place, challenge_id), rows.moves_of(look, row)
    decided = decisions.decisions_of(look, place, challenge_id)
    clock = seen.clock
    is_still = clock is not None and clock.stands_still
    return CaseFile(
        id=row.id,
        title=shortened(row.title, TITLE_MAX),
        explanation=shortened(seen.bid.what, TEXT_MAX),
        kind=CASE_TYPE,
        registered_on=row.received_on,
        began_on=row.received_on,
        planned_on=clock.decide_on if clock else None,
        decide_on=clock.decide_on if clock else None,
        ended_on=day_of(moves[-1].moved_at) if State(row.state) in ENDS else None,
        suspension=SuspensionFile(is_suspended=is_still, reason=_why_still(moves) if is_still else ""),
        statuses=[
            StatusFile(
                kind=STATUS_TYPES[State(move.to_state)],
                set_at=move.moved_at,
                reason=shortened(move.reason, TEXT_MAX),
            )
            for move in moves
            if move.to_state not in {move.from_state, State.CONCEPT}
        ],
        result=_result(moves),
        decisions=[_decision(one) for one in reversed(decided)],
        roles=list(_roles(look, row, decided)),
    )


def _why_still(moves: Sequence[ChallengeMove]) -> str:
    """Return why the time to decide stands still, in the words of whoever let it."""
    return next((move.reason for move in reversed(moves) if move.move in STOPS), "")


def _result(moves: Sequence[ChallengeMove]) -> ResultFile | None:
    found = last_result([Move(move.move) for move in moves])
    if found is None:
        return None
    index, kind = found
    return ResultFile(kind=kind, reason=shortened(moves[index].reason, TEXT_MAX))


def _decision(one: DecisionView) -> DecisionFile:
    return DecisionFile(
        key=f"{one.challenge_id}/{one.number}",
        kind=RESULTS[one.move],
        decided_on=one.decided_on,
        body=BODIES[one.body],
        motivation=one.motivation,
        known_on=one.known_on,
        objection_until=one.objection_until,
    )


def _roles(look: Look, row: Challenge, decided: Sequence[DecisionView]) -> Iterator[RoleFile]:
    """Yield who has to do with a case; an organisation has no privacy, its members have."""
    if row.organisation_id:
        name = identity.organisation(look, row.place, row.organisation_id).name
        yield RoleFile(role=RoleType.INITIATOR, party=PartyType.ORGANISATION, name=name)
    group, handled = sorted(rows.group_of(look, row)), [row.case_worker] if row.case_worker else []
    deciding = [move.actor for move in rows.moves_of(look, row) if move.number in {one.number for one in decided}]
    is_named = access.NAMES.allows(look.roles)
    names = identity.names(look, {*group, *handled, *deciding}) if is_named else {}
    for person in group:
        yield RoleFile(role=RoleType.INITIATOR, party=PartyType.PERSON, name=names.get(person))
    for role, officials in ((RoleType.CASE_WORKER, handled), (RoleType.DECIDER, sorted(set(deciding)))):
        for official in officials:
            yield RoleFile(role=role, party=PartyType.OFFICIAL, name=names.get(official))
