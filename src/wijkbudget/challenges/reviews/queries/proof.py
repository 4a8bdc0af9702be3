# SPDX-License-Identifier: EUPL-1.2
"""Proves what was kept of the work of bids: each row has its move, both sides wrote, and answers add up."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.reviews.models import (
    AgreementExtension,
    ChallengeReview,
    EarlyEnd,
    Lesson,
    ReviewFinding,
    SurveyAnswerer,
    SurveyCount,
    Suspension,
    ThingHandover,
)
from wijkbudget.challenges.reviews.queries import rows
from wijkbudget.challenges.reviews.rules.ends import SIDES, Handover
from wijkbudget.challenges.rules.states import AGREED, Move, State
from wijkbudget.kit.faults import Fault
from wijkbudget.trail.work import Look

_Made = ChallengeReview | Suspension | AgreementExtension | EarlyEnd

_BY_MOVES: Mapping[type[_Made], frozenset[Move]] = {
    ChallengeReview: frozenset({Move.LOOK_BACK}),
    Suspension: frozenset({Move.SUSPEND}),
    AgreementExtension: frozenset({Move.EXTEND}),
    EarlyEnd: frozenset({Move.HAND_BACK, Move.END}),
}
"""Each of these rows was made by one move, and each such move made one."""

_CONCLUDES = {Move.GO_ON, Move.EXTEND, Move.FINISH}


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each row without its move, review that one side ended, and bid that was closed too soon."""
    moves: dict[UUID, list[ChallengeMove]] = defaultdict(list)
    for move in look.session.exec(select(ChallengeMove).order_by(col(ChallengeMove.number))):
        moves[move.challenge_id].append(move)
    yield from _check_moves(look, moves)
    yield from _check_reviews(look, moves)
    yield from _check_closed(look, moves)


def _check_moves(look: Look, moves: dict[UUID, list[ChallengeMove]]) -> Iterator[Fault]:
    for kind, made_by in _BY_MOVES.items():
        kept = set(look.session.exec(select(col(kind.challenge_id), col(kind.number))).all())
        asked = {(each, move.number) for each in moves for move in moves[each] if move.move in made_by}
        for challenge_id, number in sorted(kept ^ asked):
            shows = f"move {number} and what was kept of it in {kind.__tablename__} do not match"
            yield Fault("work that a group took over", f"bid {challenge_id}", shows)


def _check_reviews(look: Look, moves: dict[UUID, list[ChallengeMove]]) -> Iterator[Fault]:
    found = Counter((row.challenge_id, row.number) for row in look.session.exec(select(ReviewFinding)))
    marks = Counter((row.challenge_id, row.number) for row in look.session.exec(select(SurveyAnswerer)))
    totals: dict[tuple[UUID, int], Counter[str]] = defaultdict(Counter)
    for count in look.session.exec(select(SurveyCount)):
        totals[count.challenge_id, count.number][count.question] += count.answer_count
    ended = {(each, number): move for each in moves for number, move in rows.conclusions(moves[each])}
    for key in sorted(totals):
        of_review, counted = f"review {key[1]} of bid {key[0]}", set(totals[key].values())
        if len(counted) != 1 or (key not in ended and counted != {marks[key]}) or (key in ended and marks[key]):
            yield Fault("residents answer once", of_review, f"{marks[key]} answered, and {sorted(counted)} are counted")
        if key in ended and ended[key].move in _CONCLUDES and found[key] != len(SIDES):
            yield Fault("both sides look back", of_review, f"ended after {found[key]} wrote what they found")


def _check_closed(look: Look, moves: dict[UUID, list[ChallengeMove]]) -> Iterator[Fault]:
    """Yield a fault for each bid whose work ended, and that was closed before all was handed over and told."""
    things = Counter(row.challenge_id for row in look.session.exec(select(ThingHandover)))
    lessons = {row.challenge_id for row in look.session.exec(select(Lesson))}
    for row in look.session.exec(select(Challenge).where(col(Challenge.state) == State.CLOSED)).all():
        if any(move.from_state in AGREED for move in moves[row.id]) and (
            things[row.id] != len(Handover) or row.id not in lessons
        ):
            shows = f"was closed after {things[row.id]} things were handed over"
            yield Fault("an end is orderly", f"bid {row.id}", shows)
