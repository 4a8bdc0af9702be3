# SPDX-License-Identifier: EUPL-1.2
"""Reads objections: everybody sees that there are some, who objected their own, and who judges them all."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.decisions.queries import latest
from wijkbudget.challenges.decisions.rules import Decided
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.objections import access
from wijkbudget.challenges.objections.models import Objection, ObjectionCase
from wijkbudget.challenges.objections.rules import PAPERS, Bar, ObjectionOutcome, decide_until, is_open
from wijkbudget.challenges.objections.schemas import ObjectionsView, ObjectionView
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.table import TABLE
from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question

_OBJECTABLE = frozenset(step.now for step in TABLE if step.move is Move.OBJECT)


@question(access.READ)
def objections(look: Look, place: str, challenge_id: UUID) -> ObjectionsView:
    """Return how it stands with the objections to the last decision about a bid. Raises ChallengeNotFound."""
    row = rows.challenge_row(look, place, challenge_id)
    decided = latest(look, row.id)
    found = objections_to(look, row.id, decided.number) if decided else []
    waiting = [each for each in found if each.outcome is None]
    case = case_of(look, row.id, decided.number) if decided else None
    decide_on = last_day(look, row, decided, waiting) if decided else None
    judges = decided is not None and may_judge(look, row, decided, found)
    mine = [each for each in found if each.objector == look.actor.id]
    can = row.state in _OBJECTABLE and decided is not None and is_open(decided)
    return ObjectionsView(
        open_count=len(waiting),
        object_until=decided.objection_until if decided else None,
        decide_on=decide_on if waiting else None,
        left_days=(decide_on - look.today).days if waiting and decide_on else None,
        was_put_off=case is not None and case.adjourned_on is not None,
        invited_on=case.invited_on if case else None,
        hearing_on=case.hearing_on if case else None,
        hearing_where=case.hearing_where if case and (mine or judges) else None,
        papers_until=PAPERS.before(case.hearing_on) if case and case.hearing_on else None,
        report=case.report if case and (mine or judges) else None,
        objections=_views(look, found if judges else mine),
        may_object=can and access.OBJECT.allows(look.roles) and all(each.outcome for each in mine),
        may_judge=judges and bool(waiting),
        may_enter=can and judges,
    )


def objections_to(look: Look, challenge_id: UUID, number: int) -> Sequence[Objection]:
    """Return the objections to a decision, the first one first."""
    found = select(Objection).where(
        col(Objection.challenge_id) == challenge_id, col(Objection.decision_number) == number
    )
    return look.session.exec(found.order_by(col(Objection.number))).all()


def case_of(look: Look, challenge_id: UUID, number: int) -> ObjectionCase | None:
    """Return how the municipality looks at the objections to a decision, if there are any."""
    found = select(ObjectionCase).where(
        col(ObjectionCase.challenge_id) == challenge_id, col(ObjectionCase.number) == number
    )
    return look.session.exec(found).first()


def last_day(look: Look, row: Challenge, decided: Decided, waiting: Sequence[Objection]) -> date | None:
    """Return the last day to decide about the objections that wait, if any do and the decision was made known."""
    case = case_of(look, row.id, decided.number)
    if not waiting or case is None:
        return None
    policy = neighbourhoods.policy(look, row.place).rules.challenges
    received_on = min(each.received_on for each in waiting)
    return decide_until(policy, decided, received_on, adjourned=case.adjourned_on is not None)


def may_judge(look: Look, row: Challenge, decided: Decided, found: Sequence[Objection]) -> bool:
    """Return whether whoever asks can judge objections: no part in the bid, in the decision or in an objection."""
    kept_away = {
        decided.decided_by,
        *rows.interested_in(look, row),
        *rows.handled_by(look, row),
        *(each.objector for each in found),
    }
    return access.JUDGE.allows(look.roles) and look.actor.id not in kept_away


def upheld_on(look: Look, challenge_id: UUID) -> date | None:
    """Return the day on which objections to the last decision were last not followed, if they were."""
    upheld = select(ChallengeMove.moved_at).where(
        col(ChallengeMove.challenge_id) == challenge_id, col(ChallengeMove.move) == Move.UPHOLD
    )
    moved_at = look.session.exec(upheld.order_by(col(ChallengeMove.number).desc()).limit(1)).first()
    return day_of(moved_at) if moved_at else None


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every objection that its moves do not bear out, and every judge who is not fresh."""
    for bid in look.session.exec(select(Challenge).where(col(Challenge.id).in_(select(Objection.challenge_id)))).all():
        for shows in _wrong(look, bid):
            yield Fault("objections", f"bid {bid.id}", shows)


def _wrong(look: Look, bid: Challenge) -> Iterator[str]:
    found = look.session.exec(select(Objection).where(col(Objection.challenge_id) == bid.id)).all()
    moves = rows.moves_of(look, bid)
    if sorted(each.number for each in found) != [move.number for move in moves if move.move == Move.OBJECT]:
        yield "has objections without a move, or moves without an objection"
    actors = {move.number: move.actor for move in moves}
    judged = [move for move in moves if move.move in {Move.UPHOLD, Move.REVISE}]
    for objection in found:
        answers = [move for move in judged if move.number > objection.number]
        if objection.outcome in {None, ObjectionOutcome.WITHDRAWN}:
            if objection.outcome is None and answers:
                yield f"objection {objection.id} was left open"
            continue
        if not answers or day_of(answers[0].moved_at) != objection.decided_on:
            yield f"objection {objection.id} has an answer that no move gave"
        elif answers[0].actor in {actors.get(objection.decision_number), objection.objector}:
            yield f"objection {objection.id} was judged by who decided or who objected"
    if bid.state == State.OBJECTION and not found:
        yield "waits for objections that are not there"


def _views(look: Look, found: Sequence[Objection]) -> list[ObjectionView]:
    called = identity.names(look, {each.objector for each in found if each.objector})
    return [
        ObjectionView(
            id=each.id,
            called=called[each.objector] if each.objector else each.called or "",
            is_mine=each.objector == look.actor.id,
            interest=each.interest,
            words=each.words,
            received_on=each.received_on,
            is_late=each.is_late,
            why_late=each.why_late,
            outcome=ObjectionOutcome(each.outcome) if each.outcome else None,
            bar=Bar(each.bar) if each.bar else None,
            decided_on=each.decided_on,
            may_withdraw=each.outcome is None and each.objector == look.actor.id,
        )
        for each in found
    ]
