# SPDX-License-Identifier: EUPL-1.2
"""Reads what was decided about bids, the public list of it, and until when somebody can object."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.assessment.schemas import GroundName
from wijkbudget.challenges.decisions import access
from wijkbudget.challenges.decisions.models import ChallengeDecision, DecisionGround
from wijkbudget.challenges.decisions.rules import NO, OUTCOMES, Decided, DecisionNotFound
from wijkbudget.challenges.decisions.schemas import DecisionLine, DecisionListView, DecisionView
from wijkbudget.challenges.models import Challenge, ChallengeMove, MunicipalTask
from wijkbudget.challenges.rules import characters
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.challenges.rules.grounds import GROUNDS, Ground
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of, new_year
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers.grants.rules import Way

Key = tuple[UUID, int]
"""A bid, and the number of the move by which it was decided."""

_WITH_ITS_MOVE = (
    col(ChallengeMove.challenge_id) == col(ChallengeDecision.challenge_id),
    col(ChallengeMove.number) == col(ChallengeDecision.number),
)


@question(access.READ)
def decisions_of(look: Look, place: str, challenge_id: UUID) -> list[DecisionView]:
    """Return what was decided about a bid, the newest first. Raises ChallengeNotFound."""
    row = rows.challenge_row(look, place, challenge_id)
    of_it = col(ChallengeDecision.challenge_id) == row.id
    found = look.session.exec(select(ChallengeDecision, ChallengeMove).where(of_it, *_WITH_ITS_MOVE)).all()
    if not found:
        return []
    grounds = _grounds(look, col(DecisionGround.challenge_id) == row.id)
    collects = access.COLLECT.allows(look.roles) and look.actor.id in rows.group_of(look, row)
    makes_known = access.MAKE_KNOWN.allows(look.roles) and look.actor.id not in rows.interested_in(look, row)
    views = [
        _view(
            decision,
            move,
            grounds[row.id, move.number],
            may_collect=collects and decision.known_on is None,
            may_make_known=makes_known and decision.known_on is None,
        )
        for decision, move in found
    ]
    return sorted(views, key=lambda view: -view.number)


@question(access.READ)
def decision_list(look: Look, place: str, year: int | None = None) -> DecisionListView:
    """Return the decisions of a year, or of this one where there are none of it. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    here = col(ChallengeDecision.place) == place
    first = look.session.exec(select(func.min(col(ChallengeMove.moved_at))).where(here, *_WITH_ITS_MOVE)).one()
    oldest = day_of(first).year if first else look.today.year
    years = list(range(look.today.year, oldest - 1, -1))
    asked = year if year in years else look.today.year
    within = new_year(asked) <= col(ChallengeMove.moved_at), col(ChallengeMove.moved_at) < new_year(asked + 1)
    found = look.session.exec(
        select(ChallengeDecision, ChallengeMove, Challenge.title, MunicipalTask.title)
        .join(Challenge, col(Challenge.id) == col(ChallengeDecision.challenge_id))
        .join(MunicipalTask, col(MunicipalTask.id) == col(Challenge.municipal_task_id))
        .where(here, *_WITH_ITS_MOVE, *within)
        .order_by(col(ChallengeMove.moved_at).desc(), col(ChallengeDecision.challenge_id))
    ).all()
    grounds = _grounds(look, col(DecisionGround.place) == place)
    lines = [
        DecisionLine(
            challenge_id=decision.challenge_id,
            decided_on=day_of(move.moved_at),
            task_title=task_title,
            title=title,
            outcome=Move(move.move),
            body=Decider(decision.body),
            grounds=_named(grounds[decision.challenge_id, decision.number]),
        )
        for decision, move, title, task_title in found
    ]
    return DecisionListView(year=asked, years=years, lines=lines)


def decision_at(look: Look, place: str, challenge_id: UUID, number: int) -> DecisionView:
    """Return the decision about a bid by one move. Raises ChallengeNotFound or DecisionNotFound."""
    found = (view for view in decisions_of(look, place, challenge_id) if view.number == number)
    view = next(found, None)
    if view is None:
        raise DecisionNotFound(_("There is no such decision about this bid."))
    return view


def latest(look: Look, challenge_id: UUID) -> Decided | None:
    """Return the last decision about a bid, or None before there is one."""
    of_it = col(ChallengeDecision.challenge_id) == challenge_id
    found = look.session.exec(
        select(ChallengeDecision, ChallengeMove)
        .where(of_it, *_WITH_ITS_MOVE)
        .order_by(col(ChallengeDecision.number).desc())
    ).first()
    if found is None:
        return None
    decision, move = found
    return Decided(
        number=decision.number,
        move=Move(move.move),
        body=Decider(decision.body),
        legal_character=LegalCharacter(decision.legal_character),
        part=decision.part,
        granted_cents=decision.granted_cents,
        decided_on=day_of(move.moved_at),
        decided_by=move.actor,
        known_on=decision.known_on,
        is_revised=move.from_state == State.REVISED,
    )


def objectable_until(look: Look, challenge_id: UUID) -> date | None:
    """Return the last day on which somebody can object to the last decision; None if nobody can, or not yet."""
    found = latest(look, challenge_id)
    return found.objection_until if found else None


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every move that decides without its decision, and every decision that cannot be so."""
    decided = {
        (move.challenge_id, move.number): move
        for move in look.session.exec(select(ChallengeMove).where(col(ChallengeMove.move).in_(list(OUTCOMES))))
    }
    kept = {(row.challenge_id, row.number): row for row in look.session.exec(select(ChallengeDecision))}
    grounds = _grounds(look)
    handlers = _handlers(look, {key[0] for key in decided})
    for key in sorted(decided.keys() | kept.keys()):
        for shows in _wrong(decided.get(key), kept.get(key), grounds[key], handlers[key[0]]):
            yield Fault("a decision about a bid is whole", f"bid {key[0]}, move {key[1]}", shows)


def _wrong(
    move: ChallengeMove | None, row: ChallengeDecision | None, grounds: Sequence[Ground], handlers: Collection[str]
) -> Iterator[str]:
    """Yield what is wrong with one decision."""
    if move is None or row is None:
        yield "was decided without a decision" if row is None else "has a decision that no move took"
        return
    if move.actor in handlers:
        yield "was decided by somebody who worked on it"
    if bool(grounds) != (move.move in NO):
        yield f"{move.move} rests on {', '.join(grounds) or 'no ground'}"
    if bool(row.part) != (move.move == Move.AWARD_PARTLY):
        yield f"{move.move} is about the part “{row.part}”"
    if row.granted_cents and move.move in {Move.REFUSE, Move.PUT_ASIDE}:
        yield f"{move.move} grants {row.granted_cents} cents"
    if row.known_on and row.known_on < day_of(move.moved_at):
        yield f"was known on {row.known_on}, before it was taken"


def _handlers(look: Look, challenge_ids: Collection[UUID]) -> Mapping[UUID, set[str]]:
    """Return who ever was the case worker of each of these bids."""
    found = defaultdict[UUID, set[str]](set)
    by_them = col(ChallengeMove.move).in_(list(rows.CASE_WORKER_MOVES))
    for move in look.session.exec(select(ChallengeMove).where(by_them)):
        if move.challenge_id in challenge_ids:
            found[move.challenge_id].add(move.actor)
    return found


def _grounds(look: Look, *of_them: ColumnElement[bool]) -> Mapping[Key, list[Ground]]:
    """Return the grounds of decisions, in the order of the list of grounds."""
    found = defaultdict[Key, list[Ground]](list)
    ordered = select(DecisionGround).where(*of_them).order_by(col(DecisionGround.ground))
    for row in look.session.exec(ordered):
        found[row.challenge_id, row.number].append(Ground(row.ground))
    return found


def _named(grounds: Iterable[Ground]) -> list[GroundName]:
    return [GroundName(ground=ground, name=GROUNDS[ground].name) for ground in grounds]


def _view(
    row: ChallengeDecision, move: ChallengeMove, grounds: Sequence[Ground], *, may_collect: bool, may_make_known: bool
) -> DecisionView:
    character, is_revised = LegalCharacter(row.legal_character), move.from_state == State.REVISED
    return DecisionView(
        challenge_id=row.challenge_id,
        number=row.number,
        move=Move(move.move),
        body=Decider(row.body),
        power_article=row.power_article,
        article=move.base,
        legal_character=character,
        part=row.part,
        granted_cents=row.granted_cents,
        grounds=_named(grounds),
        motivation=move.reason,
        is_revised=is_revised,
        decided_on=day_of(move.moved_at),
        known_on=row.known_on,
        known_way=Way(row.known_way) if row.known_way else None,
        objection_until=characters.objectable_until(character, row.known_on, is_revised=is_revised),
        may_collect=may_collect,
        may_make_known=may_make_known,
    )
